package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.kernel.Blocking;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Knows the addresses of names. */
@FunctionalInterface
public interface Resolver {
    /** All of them; fails with UnknownHostException for a name that has none. An address is its own. */
    Future<List<InetAddress>> resolve(String name);

    /** The operating system's. */
    static Resolver system(Blocking blocking) {
        return name -> blocking.call(() -> List.of(InetAddress.getAllByName(name)));
    }
}

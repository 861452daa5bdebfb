package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;

/** Knows what was signed and is still on its way, so that its signer's issuer is not given up too early. */
@FunctionalInterface
public interface OpenOrders {
    /** The devices for which an instruction that one of these keys signed waits to be fetched; in order. */
    Future<List<String>> waiting(Collection<String> signerKeyIds);
}

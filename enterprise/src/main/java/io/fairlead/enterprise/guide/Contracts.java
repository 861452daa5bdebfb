package io.fairlead.enterprise.guide;

import io.fairlead.enterprise.kernel.Blocking;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services that are served, and where. Their contracts are read when they are first asked for. For several threads. */
public final class Contracts {
    private final String published;
    private final String certified;
    private final boolean shown;
    private final List<String> names;
    private final Blocking blocking;
    private @Nullable Future<List<ServiceGuide>> read;

    /**
     * @param published where callers find the people's listener, without a path
     * @param certified where they find the listener for client certificates; empty where there is none
     * @param shown whether WSDLs are given to anybody
     * @param names of the services
     */
    public Contracts(String published, String certified, boolean shown, List<String> names, Blocking blocking) {
        this.published = published;
        this.certified = certified;
        this.shown = shown;
        this.names = List.copyOf(names);
        this.blocking = blocking;
    }

    /** Where callers find the people's listener, without a path. */
    public String published() {
        return published;
    }

    /** Where they find the listener for client certificates, without a path; empty where there is none. */
    public String certified() {
        return certified;
    }

    /** Whether WSDLs are given to anybody, and not only to whoever may call. */
    public boolean shown() {
        return shown;
    }

    /** What is served. */
    public synchronized Future<List<ServiceGuide>> services() {
        Future<List<ServiceGuide>> begun = read;
        if (begun == null || begun.failed()) {
            begun = blocking.call(() -> names.stream().map(ServiceGuide::read).toList());
            read = begun;
        }
        return begun;
    }
}

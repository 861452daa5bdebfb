package io.fairlead.agent.consent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rings when something has changed that people at the instrument see: a question, or a remote session. Thread-safe. */
public final class Changes {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * Calls it from now on.
     *
     * @param listener is called by any thread, perhaps under its locks: it waits for nothing and calls nobody back
     */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** It is not called any more. */
    public void forget(Runnable listener) {
        listeners.removeIf(each -> each == listener);
    }

    /** To be called when it is so already: whoever looks then sees it. */
    public void happened() {
        listeners.forEach(Runnable::run);
    }
}

package io.fairlead.agent.app;

import java.util.logging.LogManager;

/**
 * A log manager that stays of use while the process shuts down: the JDK's own closes all files in a shutdown hook of its
 * own, beside ours, and the last words are lost.
 */
public final class KeptLogging extends LogManager {
    /** Named by a system property, made by the JDK. */
    public KeptLogging() {}

    @Override
    public void reset() {}
}

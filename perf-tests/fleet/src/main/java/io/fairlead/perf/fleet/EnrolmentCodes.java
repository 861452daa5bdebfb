package io.fairlead.perf.fleet;

import java.io.IOException;

/** Where enrolment strings come from: whoever drives the server makes them. Several threads may ask at once. */
@FunctionalInterface
public interface EnrolmentCodes {
    /**
     * Registers a device, unless it is, and makes a string to enrol it with, good for ten minutes. Blocks.
     *
     * @return {@code fairlead:1:HOST:PORT:CODEID:SECRET:ROOTSHA256}
     * @throws IOException when there is none, with the reason
     */
    String codeFor(Registration device) throws IOException;
}

package io.fairlead.agent.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The customer's word on sessions, as {@code site.conf} has it at that moment. */
public interface SessionSite {
    /** Why there can be no session now; empty when there can, or when a person is to be asked. */
    Optional<String> refusal();

    /** Whether a person at the instrument has to agree. */
    boolean asks();

    /** After how long a session ends in which nobody did anything. */
    Duration idle();

    /** Whether others may look at a desktop beside whoever asked for it, when he agrees. */
    boolean watchers();

    /** Whether a person may let text be copied between here and there. */
    boolean clipboard();

    /** A service by its name; empty when the file names none such, or cannot be believed. */
    Optional<Service> service(String name);

    /** The password of a desktop, the password or key of a log-in; empty when there is none. The caller wipes it. */
    byte[] secret(Service service) throws IOException;

    /** SHA-256 of the file as it is in force, 64 hexadecimal digits. */
    String sha256();
}

package io.fairlead.agent.link;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** An identity for a process of a test, as an enrolment would leave it. */
public final class SavedIdentity {
    private SavedIdentity() {}

    public static void save(Identity identity, Path folder) throws IOException {
        new IdentityFolder(folder, Clock.systemUTC()).adopt(identity);
    }
}

package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import picocli.CommandLine.Command;

/** {@code agent version}. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says which version this is, and which Java runs it.",
        footer = {"", "Example:", "  agent version"})
final class VersionCommand implements Runnable {
    @Override
    public void run() {
        System.out.println("fairlead-agent " + Version.current() + ", Java " + Runtime.version() + ", "
                + Host.ofThisSystem().system());
    }
}

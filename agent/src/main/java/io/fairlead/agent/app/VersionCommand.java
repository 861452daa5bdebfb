package io.fairlead.agent.app;

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
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}

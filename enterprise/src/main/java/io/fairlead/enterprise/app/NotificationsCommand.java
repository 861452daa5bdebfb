package io.fairlead.enterprise.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What other systems are told of. */
@Command(
        name = "notifications",
        description = "Says where other systems may have themselves told of what happens, and how that goes.",
        footer = {"", "Examples:", "  fairlead notifications hosts", "  fairlead notifications deliveries erp"})
final class NotificationsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what: hosts, deliveries");
    }
}

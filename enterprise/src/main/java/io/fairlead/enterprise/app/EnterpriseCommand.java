package io.fairlead.enterprise.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The server; on its own it only says what there is. */
@Command(
        name = "enterprise",
        description = "The enterprise server.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  fairlead enterprise run --config /etc/fairlead/enterprise.conf"})
final class EnterpriseCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? There are: run, forget-passwords");
    }
}

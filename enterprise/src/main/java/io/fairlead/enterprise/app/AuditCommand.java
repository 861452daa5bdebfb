package io.fairlead.enterprise.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The audit; on its own it only says what there is. */
@Command(
        name = "audit",
        description = "Who did what, when.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  fairlead audit list --limit 20",
            "  fairlead audit export --format csv --out audit.csv",
            "  fairlead audit verify"
        })
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? There are: list, export, checkpoints, verify");
    }
}

package io.fairlead.enterprise.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The authorities that agents trust; on its own it only says what there is. */
@Command(
        name = "authority",
        description = "Shows and replaces the authorities that agents trust: the root, and the issuers under it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A roll-over, step by step (docs/authorities.md has the whole):",
            "  fairlead authority roll-issuers      new issuers under the root; or: roll-root",
            "  fairlead authority sign              only when the root's key is kept elsewhere",
            "  fairlead authority show              until every device has confirmed",
            "  fairlead authority switch            from now on the new ones issue; devices renew",
            "  fairlead authority show              until no device is on the old issuer",
            "  fairlead authority retire            agents forget the old ones"
        })
final class AuthorityCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which command? There are: show, roll-issuers, roll-root, sign, switch, retire, cancel");
    }
}

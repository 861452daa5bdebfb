package io.fairlead.enterprise.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The client certificates of accounts. */
@Command(
        name = "certificate",
        description = {
            "Says with which client certificates an account may call, at the listener integration.certificates.",
            "There a certificate stands for name and password, and confirms what people need a passkey for."
        },
        footer = {"", "Example:", "  fairlead accounts certificate add erp erp.pem"})
final class AccountsCertificateCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what: add, list or remove");
    }
}

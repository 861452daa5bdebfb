package io.fairlead.enterprise.app;

import io.fairlead.enterprise.account.ClientCertificate;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a certificate for an account. */
@Command(
        name = "add",
        description = {
            "Lets an account call with a client certificate, at the listener integration.certificates; or says anew until when.",
            "This one certificate is taken, whoever issued it; it may be signed by itself. Its key is EC P-256, EC P-384 or RSA of"
                    + " 2048 bits or more; Ed25519 is not taken."
        },
        footer = {
            "",
            "Examples:",
            "  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj /CN=erp"
                    + " -keyout erp.key -out erp.pem      at the other system: the key stays there",
            "  fairlead accounts certificate add erp erp.pem",
            "  fairlead accounts certificate add erp erp.pem --until 2027-06-30"
        })
final class CertificateAddCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Which account; see fairlead accounts.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The certificate as PEM, without its key and its issuers.")
    private Path file = Path.of("");

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Not until its own end, but until an earlier one, such as 2027-11-30 or 90d.")
    private @Nullable String until;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    CertificateAddCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject asked = new JsonObject().put("name", name).put("pem", pem());
        String typed = until;
        if (typed != null) {
            String end = Moments.ahead(typed, screen.clock())
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "--until is a time such as 2027-11-30, 2027-11-30T12:00 or 90d"))
                    .toString();
            asked.put("until", end);
        }
        JsonObject answer = server.call("accounts.certificates.add", asked);
        if (json) {
            screen.print(answer.encodePrettily());
        } else {
            screen.print(TextTable.plain("Subject  " + answer.getString("subject")));
            screen.print(TextTable.plain("Key      " + answer.getString("key")));
            screen.print("SHA-256  " + answer.getString("sha256"));
            screen.print(TextTable.plain(
                    name + " may call with it until " + screen.moment(answer.getString("notAfter")) + "."));
        }
        return 0;
    }

    /** What has a private key in it does not leave this machine. */
    private String pem() {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(ClientCertificate.LONGEST + 1), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Unable(
                    Files.exists(file)
                            ? "The certificate cannot be read from " + file + "."
                            : "There is no file " + file + ".",
                    e);
        }
        if (text.contains("PRIVATE KEY")) {
            throw new Unable(
                    file + " has a private key in it, which stays with the other system: nothing was sent. Give"
                            + " a file with the certificate alone.");
        }
        return text;
    }
}

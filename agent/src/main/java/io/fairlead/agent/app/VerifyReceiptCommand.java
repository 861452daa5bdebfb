package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.KeptReceipt;
import io.fairlead.statements.Receipt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agent verify-receipt}. */
@Command(
        name = "verify-receipt",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says whether a receipt of a remote session is genuine, and what it allows. Asks nobody.",
        footer = {
            "",
            "Receipts are kept in receipts/ of the agent's data folder.",
            "",
            "Exit codes: 0 genuine, 1 not genuine or not readable, 2 wrong usage.",
            "",
            "Examples:",
            "  agent verify-receipt 17-00112233445566778899aabbccddeeff.receipt",
            "  agent verify-receipt --root enterprise-root.pem one.receipt"
        })
final class VerifyReceiptCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The receipt, as the agent has kept it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = "--root",
            paramLabel = "PEM",
            description = "The enterprise's root certificate. Default: those that the agent in --data has pinned.")
    private @Nullable Path root;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of the agent. Default: /var/lib/fairlead-agent where that is there, else"
                    + " ~/.local/share/fairlead-agent.")
    private @Nullable Path data;

    @Override
    public Integer call() {
        try {
            Receipt receipt = KeptReceipt.of(bytes()).judged(roots());
            System.out.print(text(receipt));
            return 0;
        } catch (IOException | CertificateException e) {
            System.err.println("NOT GENUINE, or it cannot be judged: " + e.getMessage());
            return 1;
        }
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(KeptReceipt.MOST_BYTES + 1);
        } catch (IOException e) {
            throw new IOException("the file cannot be read: " + e, e);
        }
    }

    private List<X509Certificate> roots() throws IOException, CertificateException {
        if (root != null) {
            byte[] pem = Files.readAllBytes(root);
            return List.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        }
        Path folder = (data == null ? Host.ofThisSystem().data() : data).toAbsolutePath();
        Identity identity = new IdentityFolder(folder.resolve("identity"), Clock.systemUTC())
                .load()
                .orElseThrow(() -> new IOException("no root is known: give --root, or the agent's folder by --data"));
        return identity.cas().roots();
    }

    private static String text(Receipt receipt) {
        String services = receipt.services().stream()
                .map(service -> service.mode().word() + " " + service.name())
                .collect(Collectors.joining(", "));
        return String.join(
                "\n",
                "GENUINE: signed by the device " + receipt.device() + ", receipt number " + receipt.number(),
                "  decision  " + (receipt.decision() == Receipt.Decision.GRANTED ? "granted" : "declined"),
                "  services  " + (services.isEmpty() ? "none" : services),
                "  clipboard " + (receipt.clipboard() ? "shared" : "not shared"),
                "  from      " + receipt.at(),
                "  until     " + receipt.until(),
                "  by        " + receipt.approver() + " (" + receipt.means().word() + ")",
                "  session   " + receipt.session(),
                "  request   " + receipt.request(),
                "  site.conf " + receipt.policy(),
                "");
    }
}

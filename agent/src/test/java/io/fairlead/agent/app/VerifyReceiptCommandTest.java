package io.fairlead.agent.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.KeptReceipt;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyReceiptCommandTest {
    private static final TestAuthority OURS = new TestAuthority("ours");

    @TempDir
    private Path folder;

    private Path receipt(Identity names, Identity signs) throws Exception {
        Receipt receipt = new Receipt(
                "device-1",
                KeptReceipt.fingerprint(names.certificate()),
                "0".repeat(32),
                "1".repeat(64),
                Receipt.Decision.GRANTED,
                List.of(new SessionService("desktop", SessionService.Mode.VIEW)),
                Instant.now(),
                Instant.now().plusSeconds(60),
                Receipt.Means.COMMAND_LINE,
                "lab3",
                "2".repeat(64),
                "3".repeat(32),
                17);
        SignedText text = new SignedText(receipt.statement(), signs.sign(receipt.statement()));
        return Files.write(folder.resolve("one.receipt"), new KeptReceipt(text, names.chain()).file());
    }

    private static Identity identity(TestAuthority authority, String device) {
        return authority.identity(new ServerAddress("localhost", 1), device);
    }

    private int verified(Path receipt, TestAuthority root) throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(root.root.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Path file = Files.writeString(folder.resolve("root.pem"), pem);
        return new CommandLine(new VerifyReceiptCommand())
                .execute(receipt.toString(), "--root", file.toString(), "--data", folder.toString());
    }

    @Test
    void a_receipt_of_the_device_is_genuine_under_its_root_only() throws Exception {
        Identity device = identity(OURS, "device-1");
        Path receipt = receipt(device, device);

        assertThat(verified(receipt, OURS)).isZero();
        assertThat(verified(receipt, new TestAuthority("ours"))).isEqualTo(1);
    }

    @Test
    void forged_ones_are_not() throws Exception {
        Identity device = identity(OURS, "device-1");
        Path receipt = receipt(device, identity(OURS, "device-1"));
        assertThat(verified(receipt, OURS)).as("signed by another key").isEqualTo(1);

        Identity other = identity(OURS, "device-2");
        assertThat(verified(receipt(other, other), OURS)).as("another device's").isEqualTo(1);

        String edited = Files.readString(receipt(device, device)).replace("desktop view", "desktop control");
        assertThat(verified(Files.write(folder.resolve("edited"), edited.getBytes(UTF_8)), OURS))
                .isEqualTo(1);
        assertThat(verified(folder.resolve("none"), OURS)).isEqualTo(1);
    }
}

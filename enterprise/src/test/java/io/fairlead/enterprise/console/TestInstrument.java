package io.fairlead.enterprise.console;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.TestEnrolments;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.remote.DeviceWord;
import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instrument whose agent and people are played by a test: it has a key and a certificate, and answers requests. */
final class TestInstrument {
    private final DeviceConsole all;
    private final DeviceId id;
    private final KeyPair key;
    private final X509Certificate certificate;
    private long receipts;

    private TestInstrument(DeviceConsole all, DeviceId id, KeyPair key, X509Certificate certificate) {
        this.all = all;
        this.id = id;
        this.key = key;
        this.certificate = certificate;
    }

    static TestInstrument of(DeviceConsole all, String name) {
        try {
            DeviceId id = all.device(name);
            KeyPair key = TestRequests.p256();
            return new TestInstrument(
                    all,
                    id,
                    key,
                    TestEnrolments.enrol(all.fleet.database, all.certificates, name, DeviceConsole.EPOCH, key));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    DeviceId id() {
        return id;
    }

    /** What its agent has reported of the site's file. */
    void policy(String lines) {
        all.values(id, io.fairlead.enterprise.status.DataItem.ofText("agent/policy", lines));
    }

    Optional<StreamCause> says(RemoteSession one, DeviceWord.Said said, String detail) {
        return say(one, said, detail, null);
    }

    /** Its people say yes. */
    Optional<StreamCause> grants(RemoteSession one, String approver, SessionService... services) {
        try {
            Instant now = all.clock.instant();
            Receipt receipt = new Receipt(
                    id.value(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())),
                    one.id(),
                    one.request(),
                    Receipt.Decision.GRANTED,
                    List.of(services),
                    now,
                    now.plus(Duration.ofMinutes(one.minutes())),
                    Receipt.Means.COMPANION,
                    approver,
                    "ab".repeat(32),
                    TestFleet.hex(99),
                    ++receipts);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(receipt.statement());
            return say(one, DeviceWord.Said.GRANTED, "", new SignedText(receipt.statement(), signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<StreamCause> say(
            RemoteSession one, DeviceWord.Said said, String detail, @Nullable SignedText receipt) {
        return await(all.deviceSessions.said(id, one.id(), new DeviceWord(said, detail, receipt)));
    }
}

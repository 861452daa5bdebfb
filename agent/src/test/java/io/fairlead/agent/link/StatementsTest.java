package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.contract.agent.SignedAnchors;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementsTest {
    private static final TestAuthority OLD = new TestAuthority("old");
    /** New issuers under the old root. */
    private static final TestAuthority ISSUERS = new TestAuthority("issuers", OLD.root);
    /** A new root and issuers under it. */
    private static final TestAuthority ROOT = new TestAuthority("root");

    private static final TestAuthority FOREIGN = new TestAuthority("foreign");

    @TempDir
    Path data;

    private IdentityFolder folder;
    private Identity first;
    private CurrentIdentity identity;
    private Statements statements;

    @BeforeEach
    void enrol() throws Exception {
        folder = new IdentityFolder(data.resolve("identity"), Clock.systemUTC());
        first = OLD.identity(new ServerAddress("localhost", 8444), "device-1");
        folder.adopt(first);
        identity = new CurrentIdentity(folder, first);
        statements = statements();
    }

    private Statements statements() {
        return new Statements(
                identity,
                new Documents(XmlReaders.ofJdk()),
                new LocalAudit(data.resolve("audit.log"), Clock.systemUTC()));
    }

    @Test
    void new_issuers_are_pinned_beside_the_old_until_a_later_statement_drops_those() throws Exception {
        statements.take(OLD.signed(TestAuthority.statement(1, both(OLD, ISSUERS))));

        assertThat(identity.get().cas().number()).isEqualTo(1);
        assertThat(folder.load()).contains(identity.get());
        assertThat(trusts(OLD.server("localhost"))).isTrue();
        assertThat(trusts(ISSUERS.server("localhost"))).isTrue();
        assertThat(identity.get().cas().signers())
                .containsExactly(OLD.signers.certificate(), ISSUERS.signers.certificate());

        // A renewal brings a certificate by the new issuer of devices; then the old one may go.
        TestAuthority.Holder next = ISSUERS.device("device-1");
        Identity renewed = identity.renewed(next.key(), next.certificate());
        identity.turn();
        statements.take(OLD.signed(TestAuthority.statement(2, ISSUERS.all())));

        assertThat(renewed.cas().number()).isEqualTo(1);
        assertThat(identity.get().cas().number()).isEqualTo(2);
        assertThat(trusts(OLD.server("localhost"))).isFalse();
        assertThat(trusts(ISSUERS.server("localhost"))).isTrue();
        assertThat(folder.load()).contains(identity.get());
        assertThat(audit())
                .contains("identity.anchors-pinned number=1 before=0")
                .contains("number=2 before=1");
    }

    @Test
    void a_new_root_is_pinned_by_the_word_of_the_old_one_which_is_remembered() throws Exception {
        statements.take(OLD.signed(TestAuthority.statement(7, both(OLD, ROOT))));

        assertThat(trusts(ROOT.server("localhost"))).isTrue();
        assertThat(trusts(OLD.server("localhost"))).isTrue();

        // From now on the new root's word counts as well.
        statements.take(ROOT.signed(TestAuthority.statement(8, both(OLD, ROOT, ISSUERS))));
        assertThat(identity.get().cas().number()).isEqualTo(8);
        PinnedCas kept = folder.load().orElseThrow().cas();
        assertThat(kept).isEqualTo(identity.get().cas());
        assertThat(kept.descendsFrom(OLD.rootKeyHash())).isTrue();
        assertThat(kept.descendsFrom(ROOT.rootKeyHash())).isTrue();
        assertThat(kept.descendsFrom(FOREIGN.rootKeyHash())).isFalse();
    }

    @Test
    void what_no_pinned_root_has_signed_is_refused() throws Exception {
        byte[] bytes = TestAuthority.statement(1, both(OLD, FOREIGN));
        refused(FOREIGN.signed(bytes), "no root that this device pins");
        SignedAnchors none = new SignedAnchors();
        none.setStatement(bytes);
        refused(none, "no root that this device pins");
        // The new root that the statement itself names has no word yet.
        refused(ROOT.signed(TestAuthority.statement(1, both(OLD, ROOT))), "no root that this device pins");
        SignedAnchors named = FOREIGN.signed(bytes);
        named.getSignature().get(0).setKey(Statements.keyId(OLD.root.certificate()));
        refused(named, "no root that this device pins");
    }

    @Test
    void a_statement_altered_by_one_bit_anywhere_is_refused() throws Exception {
        byte[] good = TestAuthority.statement(1, both(OLD, ISSUERS));
        SignedAnchors signed = OLD.signed(good);
        for (int bit = 0; bit < good.length * 8; bit += 37) {
            byte[] altered = good.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            signed.setStatement(altered);
            statements.take(signed);
            assertThat(identity.get()).as("bit %d", bit).isEqualTo(first);
        }
        byte[] signature = signed.getSignature().get(0).getValue();
        signed.setStatement(good);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] altered = signature.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            signed.getSignature().get(0).setValue(altered);
            statements.take(signed);
            assertThat(identity.get()).as("bit %d of the signature", bit).isEqualTo(first);
        }
        assertThat(folder.load()).contains(first);
    }

    @Test
    void an_old_number_is_refused() throws Exception {
        statements.take(OLD.signed(TestAuthority.statement(5, both(OLD, ISSUERS))));
        Identity pinned = identity.get();

        statements.take(OLD.signed(TestAuthority.statement(5, OLD.all())));
        statements.take(OLD.signed(TestAuthority.statement(4, OLD.all())));
        statements.take(OLD.signed(TestAuthority.statement(0, OLD.all())));

        assertThat(identity.get()).isEqualTo(pinned);
        assertThat(audit()).contains("its number 4 is not above the present one, 5");
    }

    @Test
    void what_is_signed_and_no_set_of_authorities_is_refused() throws Exception {
        List<X509Certificate> noSigners = new ArrayList<>(OLD.all());
        noSigners.remove(OLD.signers.certificate());
        refused(OLD.signed(TestAuthority.statement(1, noSigners)), "no authority \"Fairlead signers\"");
        refused(OLD.signed(TestAuthority.statement(1, both(OLD, OLD))), "there twice");
        List<X509Certificate> stranger = new ArrayList<>(OLD.all());
        stranger.add(FOREIGN.servers.certificate());
        refused(OLD.signed(TestAuthority.statement(1, stranger)), "is not signed by the root");
        List<X509Certificate> leaf = new ArrayList<>(OLD.all());
        leaf.add(OLD.server("localhost").certificate());
        refused(OLD.signed(TestAuthority.statement(1, leaf)), "neither a root nor an issuer");
        refused(OLD.signed("<order/>".getBytes()), "not one of this contract");
        refused(OLD.signed(new byte[Statements.MOST_BYTES + 1]), "larger than");
        // Its own certificate would be worth nothing then.
        refused(OLD.signed(TestAuthority.statement(1, ISSUERS.all())), "not issued by the pinned issuer of devices");
    }

    @Test
    void the_same_refusal_is_told_once() throws Exception {
        SignedAnchors foreign = FOREIGN.signed(TestAuthority.statement(1, both(OLD, FOREIGN)));
        for (int i = 0; i < 100; i++) {
            statements.take(foreign);
        }
        assertThat(audit().lines().filter(line -> line.contains("identity.anchors-refused")))
                .hasSize(1);
    }

    private void refused(SignedAnchors signed, String why) throws Exception {
        statements.take(signed);
        assertThat(identity.get()).isEqualTo(first);
        assertThat(folder.load()).contains(first);
        assertThat(audit()).contains("identity.anchors-refused").contains(why.replace('"', '\''));
    }

    private boolean trusts(TestAuthority.Holder server) {
        try {
            new ServerTrust(identity.get().cas(), Instant::now).judge(new X509Certificate[] {server.certificate()});
            return true;
        } catch (java.security.cert.CertificateException e) {
            return false;
        }
    }

    private String audit() throws IOException {
        return Files.readString(data.resolve("audit.log")).replace('"', '\'');
    }

    private static List<X509Certificate> both(TestAuthority... authorities) {
        List<X509Certificate> all = new ArrayList<>();
        for (TestAuthority one : authorities) {
            for (X509Certificate certificate : one.all()) {
                if (one == OLD || !certificate.equals(OLD.root.certificate())) {
                    all.add(certificate);
                }
            }
        }
        return all;
    }
}

package io.fairlead.agent.instruction;

import static io.fairlead.agent.instruction.Authority.DEVICE;
import static io.fairlead.agent.instruction.Authority.DOCUMENTS;
import static io.fairlead.agent.instruction.Authority.ENROLMENT;
import static io.fairlead.agent.instruction.Authority.NOON;
import static io.fairlead.agent.instruction.Authority.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.instruction.Authority.Signer;
import io.fairlead.agent.instruction.Verdict.Reason;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.Signers;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.contract.agent.Diagnose;
import io.fairlead.contract.agent.EndSession;
import io.fairlead.contract.agent.OpenSession;
import io.fairlead.contract.agent.OpenStream;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Restart;
import io.fairlead.contract.agent.SignedInstruction;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderVerifierTest {
    @TempDir
    Path folder;

    private final Authority authority = new Authority();
    private final Signer signer = authority.signer();
    private OrderVerifier verifier;

    @BeforeEach
    void pin_the_issuer() {
        verifier = verifierAt(NOON);
    }

    @Test
    void a_genuine_order_is_accepted_with_the_bytes_that_were_signed() {
        SignedInstruction signed = signer.sign(order(5));
        assertThat(verdict(signed, signer, 4)).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            assertThat(accepted.order().getSequence()).isEqualTo(5);
            assertThat(accepted.bytes()).isEqualTo(signed.getOrder());
        });
    }

    @Test
    void the_signer_is_found_among_others() {
        Signer other = authority.signer();
        assertThat(verifier.verify(signer.sign(order(1)), List.of(new byte[] {1, 2}, other.der(), signer.der()), 0))
                .isInstanceOf(Verdict.Accepted.class);
        refused(verifier.verify(signer.sign(order(1)), List.of(other.der()), 0), Reason.NO_SIGNER);
        refused(verifier.verify(signer.sign(order(1)), List.of(), 0), Reason.NO_SIGNER);
    }

    @Test
    void a_forged_certificate_of_the_same_key_does_not_hide_the_genuine_one() {
        var pair = Authority.keyPair("secp256r1");
        Signer genuine = authority.signer(pair, Signers.INSTRUCTIONS, false, NOON, Duration.ofDays(90));
        Signer forged = new Authority().signer(pair, Signers.INSTRUCTIONS, false, NOON, Duration.ofDays(90));
        assertThat(verifier.verify(genuine.sign(order(1)), List.of(forged.der(), genuine.der()), 0))
                .isInstanceOf(Verdict.Accepted.class);
        refused(verifier.verify(genuine.sign(order(1)), List.of(forged.der()), 0), Reason.SIGNER);
    }

    @Test
    void only_what_the_pinned_issuer_issued_for_instructions_may_sign() {
        var pair = Authority.keyPair("secp256r1");
        Duration life = Duration.ofDays(90);
        refuses(new Authority().signer());
        refuses(authority.signer(pair, "1.3.6.1.5.5.7.3.2", false, NOON, life));
        refuses(authority.signer(pair, null, false, NOON, life));
        refuses(authority.signer(pair, Signers.INSTRUCTIONS, true, NOON, life));
        refuses(authority.signer(pair, Signers.AUDIT, false, NOON, life));
        refuses(authority.signer(Authority.keyPair("secp384r1"), Signers.INSTRUCTIONS, false, NOON, life));
        refuses(authority.signer(pair, Signers.INSTRUCTIONS, false, NOON.plus(Duration.ofDays(2)), life));
        refuses(authority.signer(pair, Signers.INSTRUCTIONS, false, NOON.minus(Duration.ofDays(91)), life));
    }

    @Test
    void a_certificate_expires_by_the_server_s_time_when_the_pc_s_clock_stands_still() {
        TrustedTime time = time(NOON);
        time.heard(NOON.plus(Duration.ofDays(91)));
        time.heard(NOON.plus(Duration.ofDays(91)));
        OrderVerifier late = new OrderVerifier(authority.issuer(), DEVICE, ENROLMENT, time, DOCUMENTS);
        refused(late.verify(signer.sign(order(1)), List.of(signer.der()), 0), Reason.SIGNER);
    }

    @Test
    void a_signature_of_zeros_or_over_other_bytes_or_with_a_tail_is_none() {
        SignedInstruction signed = signer.sign(order(1));
        byte[] genuine = signed.getSignature();
        byte[][] bad = {
            {},
            {0x30},
            {0x30, 6, 2, 1, 0, 2, 1, 0},
            {0x30, 6, 2, 1, 1, 2, 1, 0},
            signer.sign(order(2)).getSignature(),
            Arrays.copyOf(genuine, genuine.length + 1),
            authority.signer().sign(order(1)).getSignature(),
            orderItself()
        };
        for (byte[] signature : bad) {
            signed.setSignature(signature);
            refused(verdict(signed, signer, 0), Reason.SIGNATURE);
        }
        signed.setSignature(null);
        refused(verdict(signed, signer, 0), Reason.SIGNATURE);
    }

    @Test
    void an_order_for_another_device_enrolment_or_purpose_is_refused() {
        refused(verdict(signer.sign(order(1, o -> o.setDevice("analyser-2"))), signer, 0), Reason.DEVICE);
        refused(verdict(signer.sign(order(1, o -> o.setEnrolment("f".repeat(32)))), signer, 0), Reason.ENROLMENT);
        refused(verdict(signer.sign(order(1, o -> o.setLabel("fairlead receipt 1"))), signer, 0), Reason.LABEL);
        refused(verdict(signer.sign(order(1, o -> o.setLabel(null))), signer, 0), Reason.MALFORMED);
    }

    @Test
    void a_number_that_differs_or_was_taken_is_refused() {
        SignedInstruction signed = signer.sign(order(7));
        refused(verdict(signed, signer, 7), Reason.REPLAYED);
        refused(verdict(signed, signer, 8), Reason.REPLAYED);
        signed.setSequence(8);
        refused(verdict(signed, signer, 6), Reason.SEQUENCE);
        refused(verdict(signer.sign(order(0)), signer, -1), Reason.MALFORMED);
    }

    @Test
    void an_order_out_of_date_is_told_from_a_forged_one() {
        Order order = order(1);
        verifier = verifierAt(order.getNotAfter());
        assertThat(verdict(signer.sign(order), signer, 0)).isInstanceOf(Verdict.Accepted.class);
        verifier = verifierAt(order.getNotAfter().plusMillis(1));
        assertThat(verdict(signer.sign(order), signer, 0)).isInstanceOf(Verdict.TooLate.class);
        refused(verdict(signer.sign(order), signer, 1), Reason.REPLAYED);
    }

    @Test
    void signed_bytes_that_are_no_order_of_the_contract_are_refused() {
        String good = new String(DOCUMENTS.write(order(1)), StandardCharsets.UTF_8);
        assertThat(verdict(signer.sign(1, good.getBytes(StandardCharsets.UTF_8)), signer, 0))
                .isInstanceOf(Verdict.Accepted.class);
        String[] bad = {
            "",
            "rm -rf /",
            good + good,
            "<!DOCTYPE x>" + good,
            good.replace("urn:fairlead:agent-channel:1", "urn:fairlead:agent-channel:2"),
            good.replace("collect", "explode"),
            good.replace("<collect/>", ""),
            good.replace("<collect/>", "<collect/><restart/>"),
            good.replace("<collect/>", "<collect/><collect/>"),
            good.replace("<collect/>", "<collect scope=\"all\"/>"),
            good.replace("<collect/>", "<collect>now</collect>"),
            good.replace("sequence=\"1\"", "sequence=\"one\""),
            good.replace("sequence=\"1\"", ""),
            good.replace(" device=\"analyser-1\"", ""),
            good.replace(" device=\"analyser-1\"", " device=\"analyser-1\" shell=\"sh\""),
            good.replaceAll(" notAfter=\"[^\"]*\"", ""),
            good.replaceAll(" notAfter=\"[^\"]*\"", " notAfter=\"tomorrow\"")
        };
        for (String document : bad) {
            assertThat(document).isNotEqualTo(good);
            Verdict verdict = verdict(signer.sign(1, document.getBytes(StandardCharsets.UTF_8)), signer, 0);
            assertThat(verdict).as(document).isInstanceOf(Verdict.Refused.class);
        }
        refused(verdict(signer.sign(order(1, o -> o.setRestart(new Restart()))), signer, 0), Reason.MALFORMED);
        refused(verdict(signer.sign(diagnose("../../bin/sh")), signer, 0), Reason.MALFORMED);
        refused(verdict(signer.sign(1, new byte[OrderVerifier.MAX_ORDER + 1]), signer, 0), Reason.SIZE);
    }

    @Test
    void orders_about_files_are_taken_with_all_they_need_and_words_for_people() {
        String[] good = {
            "<upload transfer=\"ID\" path=\"logs/run 1.log\"/>",
            "<receive transfer=\"ID\" name=\"m1.bin\" size=\"5\" sha256=\"SHA\"/>",
            "<diagnosticPackage transfer=\"ID\"/>",
            "<cancel transfer=\"ID\"/>"
        };
        for (String kind : good) {
            assertThat(verdict(signedFile(kind), signer, 0)).as(kind).isInstanceOf(Verdict.Accepted.class);
        }
        String[] bad = {
            "<upload transfer=\"ID\"/>",
            "<upload transfer=\"../../etc\" path=\"a\"/>",
            "<upload transfer=\"ID\" path=\"\"/>",
            "<upload transfer=\"ID\" path=\"a\" size=\"5\"/>",
            "<receive transfer=\"ID\" name=\"a\" size=\"-1\" sha256=\"SHA\"/>",
            "<receive transfer=\"ID\" name=\"a\" size=\"5\" sha256=\"none\"/>",
            "<receive transfer=\"ID\" name=\"a\" size=\"5\"/>",
            "<diagnosticPackage/>",
            "<cancel transfer=\"id\"/>"
        };
        for (String kind : bad) {
            assertThat(verdict(signedFile(kind), signer, 0)).as(kind).isInstanceOf(Verdict.Refused.class);
        }
        refused(verdict(signer.sign(order(1, o -> o.setBy("a".repeat(129)))), signer, 0), Reason.MALFORMED);
        refused(verdict(signer.sign(order(1, o -> o.setReason("a".repeat(301)))), signer, 0), Reason.MALFORMED);
    }

    private SignedInstruction signedFile(String kind) {
        Order asked = order(1, o -> {
            o.setBy("anna@vendor");
            o.setReason("drift of module 2");
        });
        String document = new String(DOCUMENTS.write(asked), StandardCharsets.UTF_8)
                .replace(
                        "<collect/>",
                        kind.replace("ID", "0123456789abcdef".repeat(2)).replace("SHA", "0123456789abcdef".repeat(4)));
        return signer.sign(1, document.getBytes(StandardCharsets.UTF_8));
    }

    private static Order diagnose(String name) {
        return order(1, order -> {
            order.setCollect(null);
            Diagnose diagnose = new Diagnose();
            diagnose.setName(name);
            order.setDiagnose(diagnose);
        });
    }

    private static byte[] orderItself() {
        byte[] n = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).toByteArray();
        byte[] der = new byte[2 + 2 * (2 + n.length)];
        der[0] = 0x30;
        der[1] = (byte) (der.length - 2);
        for (int at : new int[] {2, 4 + n.length}) {
            der[at] = 2;
            der[at + 1] = (byte) n.length;
            System.arraycopy(n, 0, der, at + 2, n.length);
        }
        return der;
    }

    private void refuses(Signer someone) {
        refused(verdict(someone.sign(order(1)), someone, 0), Reason.SIGNER);
    }

    private Verdict verdict(SignedInstruction signed, Signer by, long journaled) {
        return verifier.verify(signed, List.of(by.der()), journaled);
    }

    private static void refused(Verdict verdict, Reason reason) {
        assertThat(verdict).isEqualTo(new Verdict.Refused(reason));
    }

    private OrderVerifier verifierAt(Instant now) {
        return new OrderVerifier(authority.issuer(), DEVICE, ENROLMENT, time(now), DOCUMENTS);
    }

    private TrustedTime time(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new TrustedTime(folder.resolve("time"), clock, new LocalAudit(folder.resolve("audit.log"), clock));
    }

    @Test
    void an_order_about_a_remote_session_is_read_as_the_contract_has_it() {
        String id = "00112233445566778899aabbccddeeff";
        Order order = order(5);
        order.setCollect(null);
        OpenSession session = new OpenSession();
        session.setSession(id);
        session.setOrganisation("Acme");
        session.setMinutes(30);
        session.getServices().addAll(List.of("control/desktop", "use/shell"));
        order.setOpenSession(session);
        assertThat(verdict(signer.sign(order), signer, 4)).isInstanceOf(Verdict.Accepted.class);

        session.setMinutes(481);
        refused(verdict(signer.sign(order), signer, 4), Reason.MALFORMED);
        session.setMinutes(30);
        session.getServices().add("admire/desktop");
        refused(verdict(signer.sign(order), signer, 4), Reason.MALFORMED);

        order.setOpenSession(null);
        OpenStream stream = new OpenStream();
        stream.setSession(id);
        stream.setStream(id);
        stream.setService("view/desktop");
        stream.getRelay().add("relay.example:17002");
        stream.setTicket("YQ.Yg");
        order.setOpenStream(stream);
        assertThat(verdict(signer.sign(order), signer, 4)).isInstanceOf(Verdict.Accepted.class);
        stream.getRelay().clear();
        refused(verdict(signer.sign(order), signer, 4), Reason.MALFORMED);

        order.setOpenStream(null);
        EndSession end = new EndSession();
        end.setSession(id);
        end.setCause(4002);
        order.setEndSession(end);
        assertThat(verdict(signer.sign(order), signer, 4)).isInstanceOf(Verdict.Accepted.class);
    }
}

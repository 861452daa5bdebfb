package io.fairlead.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.statements.SessionService.Mode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final String HASH = ID + ID;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private static Receipt receipt() {
        return new Receipt(
                "analyser-7",
                HASH,
                ID,
                HASH,
                Receipt.Decision.GRANTED,
                List.of(new SessionService("desktop", Mode.CONTROL), new SessionService("shell", Mode.TERMINAL)),
                NOON,
                NOON.plusSeconds(1800),
                Receipt.Means.COMMAND_LINE,
                "Größe lab3",
                HASH,
                ID,
                17);
    }

    private static Ticket ticket(Ticket.Side side) {
        return new Ticket(
                side == Ticket.Side.AGENT ? ID : ID.replace('0', '1'),
                ID,
                ID,
                "analyser-7",
                side,
                side == Ticket.Side.AGENT ? HASH : HASH.replace('0', '1'),
                new SessionService("desktop", Mode.VIEW),
                Ticket.Kind.RFB,
                ID,
                128_000,
                true,
                NOON.plusSeconds(60),
                NOON.plusSeconds(1800),
                ID);
    }

    @Test
    void a_receipt_reads_as_it_was_written() throws Exception {
        assertThat(new String(receipt().statement(), StandardCharsets.UTF_8)).isEqualTo("""
                fairlead receipt 1
                device analyser-7
                certificate %2$s
                session %1$s
                request %2$s
                decision granted
                service desktop control
                service shell terminal
                at 2026-11-21T12:00:00.123456Z
                until 2026-11-21T12:30:00.123456Z
                means command line
                approver Größe lab3
                policy %2$s
                nonce %1$s
                number 17
                """.formatted(ID, HASH));
        assertThat(Receipt.of(receipt().statement())).isEqualTo(receipt());
    }

    private static Receipt shared(Receipt.Means means, Mode mode) {
        return new Receipt(
                "analyser-7",
                HASH,
                ID,
                HASH,
                Receipt.Decision.GRANTED,
                List.of(new SessionService("desktop", mode)),
                true,
                NOON,
                NOON.plusSeconds(1800),
                means,
                "lab3",
                HASH,
                ID,
                17);
    }

    @Test
    void a_shared_clipboard_is_a_line_of_its_own_and_goes_with_control_and_a_person() throws Exception {
        Receipt receipt = shared(Receipt.Means.COMPANION, Mode.CONTROL);
        String text = new String(receipt.statement(), StandardCharsets.UTF_8);
        assertThat(text).contains("\nservice desktop control\nclipboard shared\nat ");
        assertThat(Receipt.of(receipt.statement())).isEqualTo(receipt);
        assertThat(Receipt.of(text.replace("clipboard shared\n", "").getBytes(StandardCharsets.UTF_8))
                        .clipboard())
                .isFalse();
        for (String other : List.of(
                text.replace("clipboard shared", "clipboard Shared"),
                text.replace("clipboard shared", "clipboard kept"),
                text.replace("clipboard shared\n", "clipboard shared\nclipboard shared\n"),
                text.replace("service desktop control\nclipboard shared", "clipboard shared\nservice desktop control"),
                text.replace("desktop control", "desktop view"),
                text.replace("means companion", "means policy rule"))) {
            assertThatThrownBy(() -> Receipt.of(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isInstanceOf(NotAStatement.class);
        }
        assertThatThrownBy(() -> shared(Receipt.Means.COMPANION, Mode.USE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shared(Receipt.Means.POLICY_RULE, Mode.CONTROL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_ticket_reads_as_it_was_written() throws Exception {
        for (Ticket.Side side : Ticket.Side.values()) {
            assertThat(Ticket.of(ticket(side).statement())).isEqualTo(ticket(side));
        }
    }

    @Test
    void the_two_tickets_of_a_stream_match_and_two_of_one_side_do_not() {
        Ticket agents = ticket(Ticket.Side.AGENT);
        assertThat(agents.matches(ticket(Ticket.Side.VIEWER))).isTrue();
        assertThat(agents.matches(agents)).isFalse();
    }

    @Test
    void whatever_is_changed_in_a_statement_is_no_statement_or_says_something_else() {
        Random random = new Random(7);
        byte[] whole = receipt().statement();
        byte[] ticket = ticket(Ticket.Side.AGENT).statement();
        for (int tries = 0; tries < 20_000; tries++) {
            byte[] changed = (tries % 2 == 0 ? whole : ticket).clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                byte[] again = tries % 2 == 0
                        ? Receipt.of(changed).statement()
                        : Ticket.of(changed).statement();
                assertThat(again).isEqualTo(changed);
            } catch (NotAStatement told) {
                assertThat(told.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void a_second_way_to_write_it_is_refused() {
        String text = new String(receipt().statement(), StandardCharsets.UTF_8);
        for (String other : List.of(
                text + "number 17\n",
                text.replace("number 17", "number 017"),
                text.replace("number 17", "number +17"),
                text.replace(".123456Z", ".1234560Z"),
                text.replace("service shell terminal", "service  shell terminal"),
                text.replace("service shell terminal", "service desktop terminal"),
                text.replace("lab3", "lab\u00853"),
                text.replace("\n", "\r\n"),
                text.substring(0, text.length() - 1),
                "\uFEFF" + text,
                text.replace("decision granted", "decision declined"))) {
            assertThatThrownBy(() -> Receipt.of(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isInstanceOf(NotAStatement.class);
        }
    }

    @Test
    void a_grant_covers_what_it_names_until_its_end() {
        Receipt receipt = receipt();
        SessionService view = new SessionService("desktop", Mode.VIEW);
        assertThat(receipt.grants(view, NOON)).isTrue();
        assertThat(receipt.grants(view, NOON.plusSeconds(1800))).isTrue();
        assertThat(receipt.grants(view, NOON.plusSeconds(1801))).isFalse();
        assertThat(receipt.grants(new SessionService("database", Mode.USE), NOON))
                .isFalse();
        assertThat(receipt.grants(new SessionService("shell", Mode.CONTROL), NOON))
                .isFalse();
        assertThat(receipt.grants(new SessionService("shell", Mode.USE), NOON)).isFalse();
        assertThat(Mode.VIEW.covers(Mode.CONTROL)).isFalse();
    }

    @Test
    void a_request_is_known_by_what_was_shown() {
        SessionRequest shown = request("ticket 4711", 30);
        assertThat(shown.hash()).isEqualTo(request("ticket 4711", 30).hash());
        assertThat(shown.hash()).isNotEqualTo(request("ticket 4712", 30).hash());
        assertThat(shown.hash()).isNotEqualTo(request("ticket 4711", 31).hash());
        assertThatThrownBy(() -> request("two\nlines", 30)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("for a day", 1_440)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SessionRequest request(String reason, int minutes) {
        return new SessionRequest(
                "analyser-7",
                ID,
                "Emil (emil)",
                "Acme",
                reason,
                minutes,
                List.of(new SessionService("desktop", Mode.CONTROL)));
    }

    @Test
    void a_signed_text_travels_in_a_header_in_one_way_only() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        byte[] statement = ticket(Ticket.Side.VIEWER).statement();
        signer.update(statement);
        SignedText signed = new SignedText(statement, signer.sign());

        SignedText read = SignedText.ofHeader(signed.header(), Ticket.MOST_BYTES);
        assertThat(read).isEqualTo(signed);
        assertThat(read.isBy(pair.getPublic())).isTrue();
        assertThat(read.isBy(generator.generateKeyPair().getPublic())).isFalse();
        assertThat(signed.header()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+").hasSizeLessThan(1_200);
        for (String other :
                List.of("", ".", "a", signed.header() + "=", signed.header() + "!", "." + signed.header())) {
            assertThatThrownBy(() -> SignedText.ofHeader(other, Ticket.MOST_BYTES))
                    .as(other)
                    .isInstanceOf(NotAStatement.class);
        }
    }

    @Test
    void every_cause_has_a_close_code_of_its_own() {
        for (StreamCause cause : StreamCause.values()) {
            assertThat(StreamCause.of(cause.code())).contains(cause);
        }
        assertThat(StreamCause.of(4_999)).isEmpty();
    }
}

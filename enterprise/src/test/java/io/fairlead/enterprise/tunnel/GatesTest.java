package io.fairlead.enterprise.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.Ticket;
import io.fairlead.statements.Ticket.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom the relay lets in, and the many tries of each kind that it must not. */
class GatesTest {
    private static final int TRIES = Boolean.getBoolean("fairlead.long") ? 1_000 : 50;

    private final TestTunnel tunnel = new TestTunnel(new ManualTimers(), ticket -> StreamTap.NONE);
    private final String session = tunnel.ids.next();
    private final String bound = ReceiptGate.fingerprint(tunnel.device.certificate);
    private final TicketGate gate = new TicketGate(
            tunnel.relay.start(),
            id -> id.equals(good().key()) ? Optional.of(tunnel.enterprise.key()) : Optional.empty(),
            tunnel.clock);

    @AfterEach
    void close() {
        tunnel.close();
    }

    private Ticket good() {
        return tunnel.ticket(session, tunnel.ids.next(), Side.AGENT);
    }

    @Test
    void a_good_ticket_lets_in_once() throws Exception {
        Ticket ticket = good();
        String header = tunnel.signed(ticket);
        assertThat(gate.admit(header, Side.AGENT, bound)).isEqualTo(ticket);
        for (int i = 0; i < TRIES; i++) {
            refused(header, bound, "used before");
        }
    }

    @Test
    void no_other_ticket_lets_in() {
        String widened =
                new String(good().statement(), UTF_8).replace("desktop control", "desktop control\nservice shell use");
        String viewers = tunnel.signed(tunnel.ticket(session, tunnel.ids.next(), Side.VIEWER));
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put(new TestTunnel.Signer().sign(good().statement()), "not signed by whom it says");
        bad.put(viewers, "for the other side");
        bad.put(tunnel.enterprise.sign(widened.getBytes(UTF_8)), "no ticket");
        for (String said : List.of("", ".", "YQ.Yg", "x".repeat(5_000), "no ticket at all")) {
            bad.put(said, "no ticket");
        }
        bad.forEach((header, why) -> {
            for (int i = 0; i < TRIES; i++) {
                refused(header, bound, why);
            }
        });
        String mine = tunnel.signed(good());
        for (int i = 0; i < TRIES; i++) {
            refused(mine, "ee".repeat(32), "another's");
        }
    }

    @Test
    void a_ticket_is_good_for_a_minute_and_for_this_start_of_the_relay_only() {
        Ticket ticket = good();
        String header = tunnel.signed(ticket);
        TicketGate restarted =
                new TicketGate(tunnel.ids.next(), id -> Optional.of(tunnel.enterprise.key()), tunnel.clock);
        assertThatThrownBy(() -> restarted.admit(header, Side.AGENT, bound)).hasMessageContaining("another relay");
        tunnel.clock.advance(Ticket.LIFE);
        refused(header, bound, "out of time");
        Ticket longer = new Ticket(
                tunnel.ids.next(),
                ticket.session(),
                ticket.stream(),
                ticket.device(),
                ticket.side(),
                ticket.bound(),
                ticket.service(),
                ticket.kind(),
                ticket.relay(),
                0,
                true,
                tunnel.clock.instant().plus(Duration.ofHours(1)),
                ticket.end(),
                ticket.key());
        refused(tunnel.signed(longer), bound, "out of time");
        tunnel.clock.advance(Duration.ofMinutes(30));
        refused(tunnel.signed(good()), bound, "out of time");
    }

    @Test
    void no_ticket_of_a_session_that_was_ended_lets_in() {
        gate.withdraw(session);
        String header = tunnel.signed(good());
        for (int i = 0; i < TRIES; i++) {
            refused(header, bound, "of a session that is over");
        }
    }

    private void refused(String header, String shownBy, String why) {
        assertThatThrownBy(() -> gate.admit(header, Side.AGENT, shownBy))
                .isInstanceOf(NotAdmitted.class)
                .hasMessageContaining(why);
    }

    @Test
    void only_the_device_at_the_other_end_of_the_line_can_say_that_its_customer_agreed() throws Exception {
        ReceiptGate receipts = new ReceiptGate(tunnel.clock);
        Ticket ticket = good();
        TestTunnel.Signer replaced = new TestTunnel.Signer();
        Receipt yes = tunnel.receipt(session);
        receipts.require(tunnel.device.sign(yes.statement()), ticket, tunnel.device.certificate);

        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("a key that a database names", replaced.sign(yes.statement()));
        bad.put(
                "another session's",
                tunnel.device.sign(tunnel.receipt(tunnel.ids.next()).statement()));
        bad.put("a no", tunnel.device.sign(with(yes, Receipt.Decision.DECLINED, List.of(), yes.at(), yes.device())));
        bad.put(
                "view only",
                tunnel.device.sign(with(
                        yes,
                        Receipt.Decision.GRANTED,
                        List.of(new SessionService("desktop", Mode.VIEW)),
                        yes.until(),
                        yes.device())));
        bad.put(
                "another service",
                tunnel.device.sign(with(
                        yes,
                        Receipt.Decision.GRANTED,
                        List.of(new SessionService("shell", Mode.USE)),
                        yes.until(),
                        yes.device())));
        bad.put(
                "over",
                tunnel.device.sign(with(
                        yes, Receipt.Decision.GRANTED, yes.services(), yes.at().minusSeconds(1), yes.device())));
        bad.put(
                "another device's",
                tunnel.device.sign(with(yes, Receipt.Decision.GRANTED, yes.services(), yes.until(), "analyser-8")));
        bad.put("a ticket instead", tunnel.device.sign(ticket.statement()));
        bad.forEach((what, header) -> {
            for (int i = 0; i < TRIES; i++) {
                assertThatThrownBy(() -> receipts.require(header, ticket, tunnel.device.certificate))
                        .as(what)
                        .isInstanceOf(NotAdmitted.class);
            }
        });
    }

    private static byte[] with(
            Receipt from, Receipt.Decision decision, List<SessionService> services, Instant until, String device) {
        Instant at = until.isBefore(from.at()) ? until.minusSeconds(60) : from.at();
        return new Receipt(
                        device,
                        from.certificate(),
                        from.session(),
                        from.request(),
                        decision,
                        services,
                        at,
                        until,
                        from.means(),
                        from.approver(),
                        from.policy(),
                        from.nonce(),
                        from.number())
                .statement();
    }
}

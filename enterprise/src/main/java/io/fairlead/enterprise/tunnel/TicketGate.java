package io.fairlead.enterprise.tunnel;

import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Whether a ticket lets in: signed by the enterprise, for this start of this relay, in time, for whoever shows it, and not
 * used before. What was used and what was withdrawn is remembered for as long as a ticket lives. Thread-safe.
 */
final class TicketGate {
    private final String relay;
    private final Function<String, Optional<PublicKey>> keys;
    private final Clock clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final Map<String, Instant> withdrawn = new ConcurrentHashMap<>();

    /**
     * @param relay this start of the relay
     * @param keys the enterprise's signers of tickets, by id
     */
    TicketGate(String relay, Function<String, Optional<PublicKey>> keys, Clock clock) {
        this.relay = relay;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Takes a ticket, once.
     *
     * @param header as it came
     * @param bound who shows it, as tickets name him
     */
    Ticket admit(String header, Ticket.Side side, String bound) throws NotAdmitted {
        Instant now = clock.instant();
        Ticket ticket = signed(header);
        if (!ticket.relay().equals(relay)) {
            throw new NotAdmitted("for another relay, or another start of this one");
        }
        if (ticket.side() != side) {
            throw new NotAdmitted("for the other side");
        }
        if (!ticket.bound().equals(bound)) {
            throw new NotAdmitted("another's");
        }
        if (!now.isBefore(ticket.expires())
                || ticket.expires().isAfter(now.plus(Ticket.LIFE))
                || !now.isBefore(ticket.end())) {
            throw new NotAdmitted("out of time");
        }
        if (withdrawn.containsKey(ticket.session())) {
            throw new NotAdmitted("of a session that is over");
        }
        forget(now);
        if (used.putIfAbsent(ticket.id(), ticket.expires()) != null) {
            throw new NotAdmitted("used before");
        }
        return ticket;
    }

    private Ticket signed(String header) throws NotAdmitted {
        try {
            SignedText text = SignedText.ofHeader(header, Ticket.MOST_BYTES);
            Ticket ticket = Ticket.of(text.statement());
            PublicKey key = keys.apply(ticket.key()).orElseThrow(() -> new NotAdmitted("signed by a stranger"));
            if (!text.isBy(key)) {
                throw new NotAdmitted("not signed by whom it says");
            }
            return ticket;
        } catch (NotAStatement e) {
            throw new NotAdmitted("no ticket: " + e.getMessage());
        }
    }

    /** From now on no ticket of this session lets in. */
    void withdraw(String session) {
        Instant now = clock.instant();
        forget(now);
        Instant unusedBefore = withdrawn.put(session, now.plus(Ticket.LIFE).plus(Ticket.LIFE));
    }

    private void forget(Instant now) {
        boolean unusedTickets = used.values().removeIf(until -> !now.isBefore(until));
        boolean unusedSessions = withdrawn.values().removeIf(until -> !now.isBefore(until));
    }
}

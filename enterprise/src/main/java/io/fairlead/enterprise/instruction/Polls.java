package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Judged;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.Rolled;
import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A poll from its arrival to its answer: contact and token, journal, mailbox, signers. */
public final class Polls {
    /** As many certificates as the contract lets one answer carry. */
    private static final int MOST_SIGNERS = 4;

    private final Database database;
    private final Contacts contacts;
    private final Instructions instructions;
    private final Mailbox mailbox;

    public Polls(Database database, Contacts contacts, Instructions instructions, Mailbox mailbox) {
        this.database = database;
        this.contacts = contacts;
        this.instructions = instructions;
        this.mailbox = mailbox;
    }

    /**
     * Answers when something waits for the device, at the latest when the hold is over; at once, and with nothing, while it
     * is not certain that nobody else holds its identity. Fails with Refusal: INVALID, UNKNOWN_DEVICE, JOURNAL_BEHIND,
     * IDENTITY_HELD, CERTIFICATE_REVOKED, UNAVAILABLE. The caller judges the device's certificate before, an identity that is
     * held excepted, and again before it sends the answer.
     *
     * @param waiting for 0 to 55 seconds
     */
    public Future<PollAnswer> poll(Polled poll, Waiting waiting) {
        return database.inTransaction(connection -> contacts.polled(connection, poll, waiting.hungUp())
                        .compose(judged -> journaled(connection, poll, judged)))
                .map(Judged::rolled)
                .compose(rolled -> rolled.certain()
                        ? mailbox.park(poll.device(), poll.journaled(), rolled.renew() ? Duration.ZERO : waiting.hold())
                                .compose(orders -> answer(poll.device(), rolled, orders))
                        : Future.succeededFuture(nothing(rolled)));
    }

    /** In the transaction of the contact: what the device said is noted there and here, or said again. */
    private Future<Judged> journaled(SqlConnection connection, Polled poll, Judged judged) {
        return judged instanceof Rolled rolled && rolled.journaledRose()
                ? instructions
                        .journaled(connection, poll.device(), poll.journaled())
                        .map(judged)
                : Future.succeededFuture(judged);
    }

    private Future<PollAnswer> answer(DeviceId device, Rolled rolled, List<SignedOrder> orders) {
        List<SignedOrder> some = new ArrayList<>(orders.size());
        Set<String> keys = new LinkedHashSet<>();
        for (SignedOrder order : orders) {
            if (!keys.contains(order.keyId()) && keys.size() == MOST_SIGNERS) {
                break; // the rest comes with the next answer
            }
            keys.add(order.keyId());
            some.add(order);
        }
        if (some.isEmpty()) {
            return Future.succeededFuture(nothing(rolled));
        }
        return instructions.signers(keys).compose(certificates -> deliverable(device, rolled, some, certificates));
    }

    /** What has no signer that we know is taken back, so that it stands before nothing that has one. */
    private Future<PollAnswer> deliverable(
            DeviceId device, Rolled rolled, List<SignedOrder> orders, Map<String, byte[]> certificates) {
        Map<Boolean, List<SignedOrder>> parts =
                orders.stream().collect(Collectors.partitioningBy(order -> certificates.containsKey(order.keyId())));
        List<SignedOrder> good = parts.getOrDefault(true, List.of());
        List<SignedOrder> bad = parts.getOrDefault(false, List.of());
        Future<Void> rid = bad.isEmpty() ? Future.succeededFuture() : instructions.undeliverable(device, bad);
        PollAnswer answer = new PollAnswer(rolled.token(), good, List.copyOf(certificates.values()), rolled.renew());
        return rid.compose(gone -> good.isEmpty() ? Future.succeededFuture(false) : delivered(device, rolled, good))
                .map(newest -> newest ? answer : nothing(rolled));
    }

    private static PollAnswer nothing(Rolled rolled) {
        return new PollAnswer(rolled.token(), List.of(), List.of(), rolled.renew());
    }

    /** To the newest poll alone: an older one may be somebody else's, or nobody's any more. */
    private Future<Boolean> delivered(DeviceId device, Rolled rolled, List<SignedOrder> orders) {
        return database.inTransaction(connection -> contacts.newest(connection, device, rolled.turn())
                .compose(newest -> newest
                        ? instructions.delivered(connection, device, orders).map(true)
                        : Future.succeededFuture(false)));
    }
}

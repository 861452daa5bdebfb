package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.Rolled;
import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
     * Answers when something waits for the device, at the latest when the hold is over. Fails with Refusal: INVALID,
     * UNKNOWN_DEVICE, JOURNAL_BEHIND, UNAVAILABLE. The caller judges the device's certificate before and again before
     * it sends the answer.
     *
     * @param hold 0 to 55 seconds
     */
    public Future<PollAnswer> poll(Polled poll, Duration hold) {
        return database.inTransaction(connection ->
                        contacts.polled(connection, poll).compose(rolled -> journaled(connection, poll, rolled)))
                .compose(rolled -> mailbox.park(poll.device(), poll.journaled(), hold)
                        .compose(orders -> answer(poll.device(), rolled, orders)));
    }

    /** In the transaction of the contact: what the device said is noted there and here, or said again. */
    private Future<Rolled> journaled(SqlConnection connection, Polled poll, Rolled rolled) {
        return rolled.journaledRose()
                ? instructions
                        .journaled(connection, poll.device(), poll.journaled())
                        .map(rolled)
                : Future.succeededFuture(rolled);
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
        return instructions
                .signers(keys)
                .compose(certificates ->
                        instructions.delivered(device, some).map(new PollAnswer(rolled.token(), some, certificates)));
    }
}

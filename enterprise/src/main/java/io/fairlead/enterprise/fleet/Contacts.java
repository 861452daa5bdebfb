package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** When devices were heard, and their rolling {@link Tokens}. */
public final class Contacts {
    /** Where the id of a device is notified whose open polls are to be answered now. */
    public static final String CHANNEL = "fairlead_contact";

    private static final Duration STALE = Duration.ofSeconds(10);

    private final Clones clones;
    private final Ids ids;
    private final Clock clock;
    private final ContactStore store = new ContactStore();

    public Contacts(Clones clones, Ids ids, Clock clock) {
        this.clones = clones;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Takes note of a poll and rolls the token, in the caller's transaction, which is to be committed whatever the answer.
     * The row of the device's contact is locked from then on; who locks other rows of the device locks them after it. Fails
     * with Refusal(JOURNAL_BEHIND) when the agent's journal holds less than it said before or more than was ever made, and
     * then changes nothing; with Refusal(UNKNOWN_DEVICE); with Refusal(BUSY), which nobody hears, when who asked has hung up.
     *
     * @param hungUp whether nobody waits for the answer any more; asked when the row is locked, which may take its time
     */
    public Future<Judged> polled(SqlConnection connection, Polled poll, BooleanSupplier hungUp) {
        return store.hold(connection, poll.device()).compose(found -> {
            if (hungUp.getAsBoolean()) {
                throw new Refusal(Fault.BUSY, "device=" + poll.device() + " has hung up");
            }
            return judged(
                    connection,
                    poll,
                    found.orElseThrow(() -> new Refusal(Fault.UNKNOWN_DEVICE, "device=" + poll.device())));
        });
    }

    private Future<Judged> judged(SqlConnection connection, Polled poll, ContactStore.Known known) {
        String presented = poll.presented();
        if (known.dropped().contains(presented)) {
            return turnedAway(Fault.CERTIFICATE_REVOKED, poll, "turned away by a person");
        }
        if (known.heldSince() != null) {
            return clones.seen(connection, poll).compose(seen -> turnedAway(Fault.IDENTITY_HELD, poll, "held"));
        }
        return switch (known.tokens().judge(presented, clock.instant())) {
            case LATE ->
                store.late(connection, poll.device(), known.tokens().without(presented))
                        .compose(noted -> turnedAway(Fault.BUSY, poll, "a token of before"));
            case STRAY ->
                clones.hold(connection, poll, known)
                        .compose(held -> turnedAway(Fault.IDENTITY_HELD, poll, "two holders"));
            case REPEAT, STEP -> rolled(connection, poll, known);
        };
    }

    private static Future<Judged> turnedAway(Fault fault, Polled poll, String why) {
        return Future.succeededFuture(new TurnedAway(new Refusal(
                fault, "device=" + poll.device() + " why=\"" + why + "\" certificate=" + poll.certificate())));
    }

    private Future<Judged> rolled(SqlConnection connection, Polled poll, ContactStore.Known known) {
        if (!known.credible(poll.journaled())) {
            throw new Refusal(
                    Fault.JOURNAL_BEHIND,
                    "device=" + poll.device() + " journaled=" + poll.journaled() + " before=" + known.journaled()
                            + " newest=" + known.newest());
        }
        ContactStore.Roll roll = roll(poll, known, clock.instant());
        return store.rolled(connection, List.of(roll)).map(roll.rolled());
    }

    private ContactStore.Roll roll(Polled poll, ContactStore.Known known, Instant now) {
        boolean repeat = known.tokens().judge(poll.presented(), now) == Tokens.Verdict.REPEAT;
        String fresh = ids.next();
        return new ContactStore.Roll(
                poll,
                known.tokens().after(poll.presented(), fresh, now),
                now,
                repeat,
                new Rolled(
                        fresh,
                        known.turn() + 1,
                        !repeat && known.tokens().certain(),
                        poll.journaled() > known.journaled(),
                        known.renew() != null && known.renew().equals(poll.certificate())));
    }

    /**
     * The same for many polls, each of another device, with whether nobody waits for its answer any more. A poll is absent
     * from the answer, and nothing is noted of it, when there is more to it than to roll its token: when it would be refused, when
     * who asked has hung up, or when another transaction has locked its contact just now. Such a one is to be polled by
     * itself.
     */
    public Future<Map<DeviceId, Rolled>> polled(SqlConnection connection, Map<Polled, BooleanSupplier> polls) {
        List<DeviceId> devices = polls.keySet().stream().map(Polled::device).toList();
        return store.holdFree(connection, devices).compose(known -> {
            Instant now = clock.instant();
            List<ContactStore.Roll> rolls = new ArrayList<>();
            polls.forEach((poll, hungUp) -> {
                ContactStore.Known row = known.get(poll.device());
                if (row != null && !hungUp.getAsBoolean() && isPlain(poll, row, now)) {
                    rolls.add(roll(poll, row, now));
                }
            });
            return store.rolled(connection, rolls)
                    .map(rolls.stream()
                            .collect(Collectors.toMap(roll -> roll.poll().device(), ContactStore.Roll::rolled)));
        });
    }

    private static boolean isPlain(Polled poll, ContactStore.Known known, Instant now) {
        if (known.dropped().contains(poll.presented())
                || known.heldSince() != null
                || !known.credible(poll.journaled())) {
            return false;
        }
        return switch (known.tokens().judge(poll.presented(), now)) {
            case STEP, REPEAT -> true;
            case LATE, STRAY -> false;
        };
    }

    /**
     * Those of the polls that are still their devices' newest, their identities not held and the devices not muted. No
     * other will be until the caller's transaction ends: the contacts are locked, in order of id.
     */
    public Future<Set<Turn>> newest(SqlConnection connection, Collection<Turn> turns) {
        return store.newest(connection, turns);
    }

    /**
     * Locks the contacts of some devices until the caller's transaction ends, in order of id. Whatever else belongs to one
     * of them is then written by nobody else who asked first. Answers whose reports may be taken; a device that is not
     * registered is absent.
     */
    public Future<Map<DeviceId, Reporting>> lock(SqlConnection connection, Collection<DeviceId> wanted) {
        return store.lock(connection, wanted);
    }

    /** Takes note of reports, in the caller's transaction; each device at most once, in order of id. */
    public Future<Void> reported(SqlConnection connection, List<Reported> reports) {
        Instant now = clock.instant();
        return store.reported(connection, reports, now, now.minus(STALE));
    }
}

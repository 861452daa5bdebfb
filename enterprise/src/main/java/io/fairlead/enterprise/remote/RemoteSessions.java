package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.SessionAct;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.View;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remote sessions as people ask for them, look at them and end them. */
public final class RemoteSessions {
    /** Where the id of a session is notified of which something has changed: a hint to read it again. */
    public static final String CHANNEL = "fairlead_session";
    /** How long an instrument may take until it says what came of a request. */
    public static final Duration WAIT = Duration.ofMinutes(10);

    private static final int LONGEST_LIST = 1_000;

    private final Database database;
    private final Devices devices;
    private final Rights rights;
    private final Instructions instructions;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final SessionStore store = new SessionStore();
    private final Endings endings;

    public RemoteSessions(
            Database database,
            Devices devices,
            Rights rights,
            Instructions instructions,
            Audit audit,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.devices = devices;
        this.rights = rights;
        this.instructions = instructions;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.endings = new Endings(store, instructions, audit, clock);
    }

    /**
     * Asks an instrument for a session: row, instruction and audit in one transaction.
     *
     * @return fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN, PASSKEY_NEEDED, NOT_ENROLLED, DEVICE_MUTED, DEVICE_STOLEN,
     *     CERTIFICATE_REVOKED when no certificate of it counts any more, CONFLICT while two hold its identity
     */
    public Future<RemoteSession> request(SessionWish wish) {
        return database.inTransaction(
                connection -> devices.mayOn(connection, wish.actor(), Action.REQUEST_SESSION, wish.device())
                        .compose(may -> good(connection, wish, null)));
    }

    /**
     * The same by another system on behalf of a person: what he may is judged, his passkey confirms him when he opens it, and
     * whoever is asked reads through which account he asks.
     *
     * @param wish whose actor is that person
     * @return fails as the other does; with FORBIDDEN too when the account may not ask for others there, or whoever it names is
     *     no person or may not ask for it himself; ADDRESS_LIMIT_NEEDED
     */
    public Future<RemoteSession> request(Actor account, SessionWish wish) {
        Actor person = wish.actor();
        if (!account.isAccount() || person.kind() != Actor.Kind.PERSON) {
            return Future.failedFuture(
                    new Refusal(Fault.FORBIDDEN, "actor=" + account + ": accounts ask, and on behalf of people"));
        }
        return database.inTransaction(connection -> devices.mayOn(
                        connection, account, Action.REQUEST_SESSION_FOR, wish.device())
                .compose(may -> devices.mayOn(connection, person, Action.REQUEST_SESSION, wish.device())
                        .recover(refused -> Future.failedFuture(mayNot(refused, person))))
                .compose(may -> good(connection, wish, account)));
    }

    /** That he does not even see the device is nobody else's business. */
    private static Throwable mayNot(Throwable failure, Actor person) {
        return failure instanceof Refusal
                ? new Refusal(Fault.FORBIDDEN, "on behalf of " + person + ": " + failure.getMessage(), failure)
                : failure;
    }

    /** @param account that asks on his behalf; null when he does himself */
    private Future<RemoteSession> good(SqlConnection connection, SessionWish wish, @Nullable Actor account) {
        return mustBeGood(connection, wish.device())
                .compose(good -> organisation(connection, wish.actor()))
                .compose(organisation -> rights.inWords(connection, wish.actor())
                        .compose(requester ->
                                requested(connection, wish, requester, through(organisation, account), account)));
    }

    /** At most 128 characters, and a name. */
    private static String through(String organisation, @Nullable Actor account) {
        return account == null ? organisation : organisation + ", through the system " + account.name();
    }

    private Future<Void> mustBeGood(SqlConnection connection, DeviceId device) {
        return store.mayAsk(connection, device, clock.instant()).map(asked -> {
            if (asked.stolen()) {
                throw new Refusal(Fault.DEVICE_STOLEN, "device=" + device);
            }
            if (asked.held()) {
                throw new Refusal(
                        Fault.CONFLICT, "two hold the identity of device " + device + "; see fairlead clones");
            }
            if (asked.revoked()) {
                throw new Refusal(Fault.CERTIFICATE_REVOKED, "no certificate of device " + device + " counts");
            }
            return null;
        });
    }

    private Future<String> organisation(SqlConnection connection, Actor actor) {
        String operator = "whoever operates this server";
        String person = actor.person();
        return person == null
                ? Future.succeededFuture(operator)
                : store.organisation(connection, person).map(known -> known.orElse(operator));
    }

    private Future<RemoteSession> requested(
            SqlConnection connection,
            SessionWish wish,
            String requester,
            String organisation,
            @Nullable Actor account) {
        String id = ids.next();
        SessionAct act = new SessionAct.OpenSession(id, organisation, wish.services(), wish.minutes());
        return instructions
                .create(connection, new Wish(wish.actor(), wish.device(), act, WAIT, wish.reason(), account))
                .map(sequence -> new RemoteSession(
                        id,
                        wish.device(),
                        sequence,
                        wish.actor().audited(),
                        wish.reason(),
                        wish.services(),
                        wish.minutes(),
                        wish.request(id, requester, organisation).hash(),
                        SessionState.REQUESTED,
                        clock.instant(),
                        null,
                        null,
                        null,
                        ""))
                .compose(one -> store.insert(connection, one, account == null ? null : account.audited())
                        .compose(inserted -> audit.record(
                                connection,
                                new AuditEntry(
                                        (account == null ? wish.actor() : account).audited(),
                                        AuditCode.SESSION_REQUESTED,
                                        wish.device().value(),
                                        (account == null ? "" : "for=" + wish.actor() + " ") + "session=" + id
                                                + " services=" + act.detail() + " minutes=" + wish.minutes()
                                                + " request=" + one.request() + " reason=" + wish.reason())))
                        .map(one));
    }

    /**
     * Ends a session, or takes its request back; one that is over stays as it is and is answered.
     *
     * @param why empty when nothing is said
     * @return fails with Refusal: INVALID, NOT_FOUND, FORBIDDEN
     */
    public Future<RemoteSession> end(Actor actor, String id, String why) {
        if (!PlainText.is(why)) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "why a session ends is plain text"));
        }
        return get(actor, Action.STOP, id)
                .compose(may -> database.inTransaction(connection -> store.lock(connection, id)
                        .map(found -> found.orElseThrow(() -> none(id)))
                        .compose(one -> endings.fromHere(connection, actor, one, causeOf(actor, one), why))));
    }

    /**
     * Ends all that he may end, each in a transaction of its own; what fails does not keep the others open.
     *
     * @param device null for all
     * @param why empty when nothing is said
     * @return how many; fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN, or with what kept one of them open
     */
    public Future<Integer> endAll(Actor actor, @Nullable DeviceId device, String why) {
        Future<View> view = device == null
                ? rights.of(actor).map(may -> {
                    if (!actor.isServersOwn() && !may.hasRoleFor(Action.STOP)) {
                        throw new Refusal(Fault.FORBIDDEN, "actor=" + actor + " action=STOP");
                    }
                    return may.view(Action.STOP);
                })
                : devices.mayOn(actor, Action.STOP, device).compose(may -> devices.view(actor, Action.STOP));
        return view.compose(where -> store.ids(database.pool(), device, where)).compose(ids -> {
            Future<Integer> ended = Future.succeededFuture(0);
            List<Throwable> failures = new ArrayList<>();
            for (String id : ids) {
                ended = ended.compose(
                        count -> end(actor, id, why).map(count + 1).recover(failure -> {
                            failures.add(failure);
                            return Future.succeededFuture(count);
                        }));
            }
            return ended.compose(
                    count -> failures.isEmpty() ? Future.succeededFuture(count) : Future.failedFuture(failures.get(0)));
        });
    }

    private static StreamCause causeOf(Actor actor, RemoteSession one) {
        return actor.audited().equals(one.requestedBy())
                ? StreamCause.ENDED_BY_ENGINEER
                : StreamCause.ENDED_BY_OPERATOR;
    }

    /** One; Refusal(NOT_FOUND) when it never was, is forgotten, or is of a device that he may not see; FORBIDDEN. */
    public Future<RemoteSession> get(Actor actor, String id) {
        return get(actor, Action.SEE_DATA, id);
    }

    /** One that he asked for himself; another's is Refusal(NOT_FOUND), FORBIDDEN what he may ask for no longer. */
    public Future<RemoteSession> own(Actor actor, String id) {
        return store.find(database.pool(), id)
                .map(found -> found.filter(one -> one.requestedBy().equals(actor.audited()))
                        .orElseThrow(() -> none(id)))
                .compose(one -> devices.mayOn(actor, Action.REQUEST_SESSION, one.device())
                        .map(one));
    }

    private Future<RemoteSession> get(Actor actor, Action action, String id) {
        return store.find(database.pool(), id)
                .map(found -> found.orElseThrow(() -> none(id)))
                .compose(one -> devices.mayOn(actor, action, one.device())
                        .map(one)
                        .recover(refused -> Future.failedFuture(hidden(refused, id))));
    }

    /**
     * Those that are not over, then the newest.
     *
     * @param device null for all that he may see
     * @param limit 1 to 1,000
     */
    public Future<List<RemoteSession>> list(Actor actor, @Nullable DeviceId device, int limit) {
        if (limit < 1 || limit > LONGEST_LIST) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a list has 1 to 1,000 sessions"));
        }
        Future<View> view = devices.view(actor, Action.SEE_DATA);
        return (device == null
                        ? view
                        : devices.mayOn(actor, Action.SEE_DATA, device).compose(may -> view))
                .compose(where -> store.list(database.pool(), device, where, limit));
    }

    /** Of a device that he may not see there is no session. */
    static Throwable hidden(Throwable failure, String id) {
        return failure instanceof Refusal refusal && refusal.fault() == Fault.UNKNOWN_DEVICE ? none(id) : failure;
    }

    static Refusal none(String id) {
        return new Refusal(Fault.NOT_FOUND, "there is no session " + id);
    }
}

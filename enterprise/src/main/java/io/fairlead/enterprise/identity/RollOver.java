package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.identity.AuthorityPlan.Pending;
import io.fairlead.enterprise.identity.AuthorityPlan.Stage;
import io.fairlead.enterprise.identity.RollOverStanding.Trusted;
import io.fairlead.enterprise.identity.RollOverStore.Active;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the issuers, or the root with its issuers, while the fleet goes on:
 * <ol>
 *   <li>new authorities are made; a root that agents pin signs a statement that names the old and the new
 *   <li>the statement is announced in poll answers; agents pin both and say so
 *   <li>when all active devices have, a person switches: from now on the new ones issue. Listeners change at once, agents
 *       are asked to renew
 *   <li>when no device has a certificate by the old issuer, and nothing that the old signed is on its way, a person retires
 *       the old: a second statement names the new alone
 * </ol>
 * A step that would lose a device is refused unless the person names the devices that are to be lost. One step at a time
 * over all nodes; nodes hear of it by notification, and look for themselves twice a minute.
 */
public final class RollOver {
    /** Where it is notified that the authority's folder has changed. */
    public static final String CHANNEL = "fairlead_authority";

    private static final Logger log = LoggerFactory.getLogger(RollOver.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final Database database;
    private final Rights rights;
    private final Authority authority;
    private final RollOverSteps steps;
    private final OpenOrders orders;
    private final Audit audit;
    private final Blocking blocking;
    private final Clock clock;
    private final RollOverStore store = new RollOverStore();

    /** What a step does on disk. */
    private interface Step {
        void run() throws Exception;
    }

    public RollOver(
            Database database,
            Rights rights,
            Authority authority,
            OpenOrders orders,
            Documents documents,
            Audit audit,
            Blocking blocking,
            Clock clock) {
        this.database = database;
        this.rights = rights;
        this.authority = authority;
        this.steps = new RollOverSteps(authority, documents, clock);
        this.orders = orders;
        this.audit = audit;
        this.blocking = blocking;
        this.clock = clock;
    }

    /** Hears of steps that other nodes make. */
    public void listenTo(Notifications notifications, Timers timers) {
        notifications.listen(CHANNEL, nothing -> reload());
        notifications.onReconnect(this::reload);
        look(timers);
    }

    private void look(Timers timers) {
        Timers.Timer next = timers.after(LOOK_EVERY, () -> {
            reload();
            look(timers);
        });
        assert next != null;
    }

    private void reload() {
        blocking.call(() -> {
                    authority.reload();
                    return true;
                })
                .onFailure(unreadable -> log.error("authority=not-reloaded", unreadable));
    }

    /** How far it is. Fails with Refusal as all of these do: FORBIDDEN, PASSKEY_NEEDED. */
    public Future<RollOverStanding> standing(Actor actor) {
        return rights.must(actor, Action.MANAGE_AUTHORITY, Scope.PLATFORM).compose(may -> standing());
    }

    private Future<RollOverStanding> standing() {
        String issuer = name(authority.issuer(Usage.DEVICES));
        Future<List<Active>> active = store.active(database.pool(), clock.instant(), issuer);
        Future<List<String>> waiting = waiting();
        return Future.all(active, waiting)
                .compose(both -> blocking.call(() -> standing(active.result(), waiting.result())));
    }

    private RollOverStanding standing(List<Active> active, List<String> waiting) {
        AuthorityPlan plan = authority.plan();
        List<Trusted> generations = authority.generations().values().stream()
                .map(one -> new Trusted(
                        one.number(),
                        one.number() == plan.issuing(),
                        authority.files().rootKey(one.root()).isPresent(),
                        one.certificates()))
                .toList();
        Pending pending = plan.pending();
        return new RollOverStanding(
                plan.stage().name(),
                plan.number(),
                generations,
                pending == null ? Map.of() : pending.documents(),
                authority.root(),
                active.size(),
                active.stream()
                        .filter(one -> one.number() < plan.number())
                        .map(Active::device)
                        .toList(),
                active.stream().filter(Active::old).map(Active::device).toList(),
                waiting);
    }

    /** The devices for which something waits that a signer under an issuer signed that no longer issues. */
    private Future<List<String>> waiting() {
        String now = name(authority.issuer(Usage.SIGNERS));
        return store.signers(database.pool()).compose(all -> {
            List<String> old = new ArrayList<>();
            all.forEach((keyId, der) -> {
                if (!issuerOf(der).equals(now)) {
                    old.add(keyId);
                }
            });
            return old.isEmpty() ? Future.succeededFuture(List.of()) : orders.waiting(old);
        });
    }

    /** Makes new issuers under the present root. */
    public Future<RollOverStanding> rollIssuers(Actor actor) {
        return step(actor, "roll-issuers", steps::rollIssuers);
    }

    /** Makes a new root, and issuers under it. */
    public Future<RollOverStanding> rollRoot(Actor actor) {
        return step(actor, "roll-root", steps::rollRoot);
    }

    /** Takes the signatures of a root whose key is elsewhere, by the names of what it was to sign. */
    public Future<RollOverStanding> sign(Actor actor, Map<String, byte[]> signatures) {
        return step(actor, "sign", () -> steps.sign(signatures));
    }

    /** Gives up what is being made, or what was announced and is not switched to yet. */
    public Future<RollOverStanding> cancel(Actor actor) {
        return step(actor, "cancel", steps::cancel);
    }

    /**
     * Has the new authorities issue. Fails with Refusal(CONFLICT) naming the active devices that do not pin them yet, unless
     * exactly these are given up.
     *
     * @param lost the devices that may be lost
     */
    public Future<RollOverStanding> switchOver(Actor actor, Set<String> lost) {
        return standing(actor).compose(standing -> {
            mustBe(Stage.ANNOUNCED, standing);
            mustBeGivenUp("have not confirmed statement " + standing.number(), standing.unconfirmed(), lost);
            return step(actor, "switch" + lostWords(lost), steps::switchOver);
        });
    }

    /**
     * Has agents forget the old authorities. Fails with Refusal(CONFLICT) naming the devices that still need them, unless
     * exactly these are given up.
     */
    public Future<RollOverStanding> retire(Actor actor, Set<String> lost) {
        return standing(actor).compose(standing -> {
            mustBe(Stage.SWITCHED, standing);
            Set<String> needed = new TreeSet<>(standing.old());
            needed.addAll(standing.waiting());
            mustBeGivenUp("still need the old authorities", needed, lost);
            return step(actor, "retire" + lostWords(lost), steps::retire);
        });
    }

    private static void mustBe(Stage stage, RollOverStanding standing) {
        if (!standing.stage().equals(stage.name())) {
            throw RollOverSteps.conflict("the roll-over is " + standing.stage() + ", this needs " + stage);
        }
    }

    private static void mustBeGivenUp(String what, Iterable<String> devices, Set<String> lost) {
        Set<String> needed = new TreeSet<>();
        devices.forEach(needed::add);
        if (needed.equals(lost)) {
            return;
        }
        if (needed.isEmpty()) {
            throw new Refusal(Fault.INVALID, "no device would be lost; leave --lose away");
        }
        throw RollOverSteps.conflict(needed.size() + " devices " + what + ": " + shown(needed)
                + ". Wait for them, or give up exactly these: --lose " + String.join(",", needed));
    }

    private static String shown(Set<String> devices) {
        return devices.size() <= 20
                ? String.join(", ", devices)
                : String.join(", ", devices.stream().limit(20).toList()) + " and more";
    }

    private static String lostWords(Set<String> lost) {
        return lost.isEmpty() ? "" : " lost=" + shown(new TreeSet<>(lost));
    }

    private Future<RollOverStanding> step(Actor actor, String what, Step step) {
        return database.inTransaction(connection -> rights.must(
                                connection, actor, Action.MANAGE_AUTHORITY, Scope.PLATFORM)
                        .compose(may -> store.lock(connection))
                        .compose(alone -> blocking.call(() -> {
                            // What another node did meanwhile counts.
                            authority.reload();
                            step.run();
                            authority.reload();
                            return authority.plan();
                        }))
                        .compose(plan -> audit.record(
                                connection,
                                new AuditEntry(
                                        actor.audited(),
                                        AuditCode.AUTHORITY_CHANGED,
                                        "",
                                        "step=\"" + what + "\" stage=" + plan.stage() + " number=" + plan.number()
                                                + " issuing=" + plan.issuing() + " trusted=" + plan.trusted())))
                        .compose(recorded -> store.announce(connection)))
                .onSuccess(done -> log.info(
                        "authority=changed step=\"{}\" stage={}",
                        what,
                        authority.plan().stage()))
                .compose(done -> standing());
    }

    private static String issuerOf(byte[] der) {
        try {
            return Pem.certificate(der).getIssuerX500Principal().getName();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a stored certificate cannot be read", impossible);
        }
    }

    /** As it stands in the rows of the certificates that it issued. */
    static String name(X509Certificate issuer) {
        return issuer.getSubjectX500Principal().getName();
    }
}

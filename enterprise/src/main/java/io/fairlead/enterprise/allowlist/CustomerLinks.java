package io.fairlead.enterprise.allowlist;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Judgement;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.firewall.Cidr;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Links by which customers' lists are fetched without a log-in: 256 random bits, good until they are revoked. The database
 * keeps their SHA-256 only. Made and revoked by those who may manage the customer's people: a link lets others in, as a
 * person does.
 */
public final class CustomerLinks {
    /** Of one customer at the same time. */
    public static final int MOST = 20;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private final Database database;
    private final Rights rights;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final LinkStore store = new LinkStore();
    private final CustomerStore customers = new CustomerStore();

    public CustomerLinks(Database database, Rights rights, Audit audit, Ids ids, Clock clock) {
        this.database = database;
        this.rights = rights;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** A link as it is shown once. */
    public record Made(long id, String customer, String token) {
        @Override
        public String toString() {
            return "Made[id=" + id + "]";
        }
    }

    /**
     * Makes one. Fails with Refusal: FORBIDDEN, PASSKEY_NEEDED; INVALID when neither a device nor a person is of that
     * customer; CONFLICT when the customer has {@value #MOST} already.
     *
     * @param customer as devices name it; null for none, which nobody may
     * @param purpose 1 to 300 characters
     * @param sources from which networks the instruments dial
     */
    public Future<Made> make(Actor actor, @Nullable String customer, String purpose, List<Cidr> sources) {
        return database.inTransaction(connection -> rights.must(
                        connection, actor, Action.MANAGE_PEOPLE, Scope.ofPeople(customer))
                .compose(may -> customer == null
                        ? Future.failedFuture(new Refusal(Fault.INVALID, "a list of no customer"))
                        : make(connection, actor, customer, purpose, sources)));
    }

    private Future<Made> make(
            SqlConnection connection, Actor actor, String customer, String purpose, List<Cidr> sources) {
        String token = ids.next() + ids.next();
        return customers
                .isKnown(connection, customer)
                .compose(known -> known
                        ? store.count(connection, customer)
                        : Future.failedFuture(new Refusal(Fault.INVALID, "nobody is of that customer")))
                .compose(count -> count < MOST
                        ? store.insert(
                                connection, sha256(token), customer, purpose, sources, clock.instant(), actor.audited())
                        : Future.failedFuture(new Refusal(Fault.CONFLICT, MOST + " links of that customer")))
                .compose(id -> record(
                                connection,
                                actor,
                                AuditCode.ALLOWLIST_LINK_MADE,
                                customer,
                                "link=" + id + " sources="
                                        + sources.stream().map(Cidr::text).collect(Collectors.joining(","))
                                        + " purpose="
                                        + purpose)
                        .map(new Made(id, customer, token)));
    }

    /** Those that the actor may make and revoke, with a passkey where he has none yet; by customer. */
    public Future<List<CustomerLink>> list(Actor actor) {
        return rights.of(actor)
                .compose(entitlement -> store.list(database.pool())
                        .map(all -> all.stream()
                                .filter(link -> isHis(entitlement, link))
                                .toList()));
    }

    private static boolean isHis(Entitlement entitlement, CustomerLink link) {
        Judgement judgement = entitlement.judge(Action.MANAGE_PEOPLE, Scope.ofPeople(link.customer()));
        return judgement.isAllowed() || judgement == Judgement.NOT_CONFIRMED;
    }

    /**
     * From now on it opens nothing.
     *
     * @return whose it was; fails with Refusal: NOT_FOUND, also for who may not see it, PASSKEY_NEEDED
     */
    public Future<String> revoke(Actor actor, long id) {
        return database.inTransaction(connection -> rights.of(connection, actor)
                .compose(entitlement -> store.get(connection, id).compose(found -> {
                    CustomerLink link = found.filter(one -> isHis(entitlement, one))
                            .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no such link"));
                    Rights.check(entitlement, Action.MANAGE_PEOPLE, Scope.ofPeople(link.customer()));
                    return store.delete(connection, id)
                            .compose(gone -> record(
                                    connection, actor, AuditCode.ALLOWLIST_LINK_REVOKED, link.customer(), "link=" + id))
                            .map(link.customer());
                })));
    }

    /**
     * The link of which that is the secret; notes that it was used today.
     *
     * @return empty whatever is wrong with it
     */
    public Future<Optional<CustomerLink>> open(String token) {
        if (!FORM.matcher(token).matches()) {
            return Future.succeededFuture(Optional.empty());
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return store.find(database.pool(), sha256(token))
                .compose(found -> found.isEmpty() || today.equals(found.get().usedOn())
                        ? Future.succeededFuture(found)
                        : store.used(database.pool(), found.get().id(), today).map(found));
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, String customer, String detail) {
        return audit.record(connection, new AuditEntry(actor.audited(), code, "customer:" + customer, detail));
    }

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

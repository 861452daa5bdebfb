package io.fairlead.enterprise.allowlist;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.RightsTable;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.fairlead.firewall.Cidr;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomerLinksTest {
    private static final String HIS = RightsTable.CUSTOMER;
    private static final String OTHER = "Other";
    private static final Actor OPERATOR = holder(Role.OPERATOR, "everywhere", true);
    private static final Actor ADMINISTRATOR = holder(Role.CUSTOMER_ADMINISTRATOR, "customer", true);

    private final TestDatabase postgres = TestDatabase.start();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-22T10:30:00Z"));
    private final Database database = postgres.database();
    private final CustomerLinks links =
            new CustomerLinks(database, new Rights(database, clock), new Audit(database), Ids.random(), clock);

    CustomerLinksTest() {
        RightsTable.insert(
                postgres,
                List.of(
                        new Holder(Role.OPERATOR, "everywhere", "none"),
                        new Holder(Role.OPERATOR, "region", "none"),
                        new Holder(Role.AUDITOR, "everywhere", "none"),
                        new Holder(Role.CUSTOMER_ADMINISTRATOR, "customer", "none"),
                        new Holder(Role.CUSTOMER_USER, "customer", "none"),
                        new Holder(Role.IT_ADMINISTRATOR, "customer", "none")),
                clock.instant());
        postgres.execute("INSERT INTO device (id, customer, site, region, model, serial, created_at)"
                + " VALUES ('d', 'Other', 'S', 'eu', 'DxI', '1', now())");
    }

    private static Actor holder(Role role, String granted, boolean confirmed) {
        return Actor.person(new Holder(role, granted, "none").name(), confirmed);
    }

    @AfterEach
    void end() {
        postgres.close();
    }

    @Test
    void an_administrator_makes_and_revokes_links_of_his_own_customer_and_an_operator_of_all() {
        long others = make(OPERATOR, OTHER).id();
        long his = make(ADMINISTRATOR, HIS).id();

        assertThat(fault(links.make(ADMINISTRATOR, OTHER, "x", List.of()))).isEqualTo(Fault.FORBIDDEN);
        assertThat(fault(links.make(ADMINISTRATOR, null, "x", List.of()))).isEqualTo(Fault.FORBIDDEN);
        assertThat(ids(ADMINISTRATOR)).containsExactly(his);
        assertThat(fault(links.revoke(ADMINISTRATOR, others))).isEqualTo(Fault.NOT_FOUND);
        assertThat(ids(OPERATOR)).containsExactlyInAnyOrder(his, others);
        assertThat(await(links.revoke(ADMINISTRATOR, his))).isEqualTo(HIS);
        assertThat(fault(links.revoke(ADMINISTRATOR, his))).isEqualTo(Fault.NOT_FOUND);
        assertThat(await(links.revoke(OPERATOR, others))).isEqualTo(OTHER);
        assertThat(ids(OPERATOR)).isEmpty();
    }

    @Test
    void nobody_else_makes_sees_or_revokes_any() {
        long his = make(OPERATOR, HIS).id();
        for (Actor each : List.of(
                holder(Role.OPERATOR, "region", true),
                holder(Role.AUDITOR, "everywhere", true),
                holder(Role.CUSTOMER_USER, "customer", true),
                holder(Role.IT_ADMINISTRATOR, "customer", true),
                Actor.person("nobody", true))) {
            assertThat(fault(links.make(each, HIS, "x", List.of()))).isEqualTo(Fault.FORBIDDEN);
            assertThat(ids(each)).isEmpty();
            assertThat(fault(links.revoke(each, his))).isEqualTo(Fault.NOT_FOUND);
        }
        Actor unconfirmed = holder(Role.CUSTOMER_ADMINISTRATOR, "customer", false);
        assertThat(fault(links.make(unconfirmed, HIS, "x", List.of()))).isEqualTo(Fault.PASSKEY_NEEDED);
        assertThat(ids(unconfirmed)).containsExactly(his);
        assertThat(fault(links.revoke(unconfirmed, his))).isEqualTo(Fault.PASSKEY_NEEDED);
    }

    @Test
    void a_link_is_for_a_customer_that_there_is_and_there_are_twenty_of_one() {
        assertThat(fault(links.make(OPERATOR, "St. Marie", "x", List.of()))).isEqualTo(Fault.INVALID);
        assertThat(fault(links.make(OPERATOR, "St.\0Mary", "x", List.of()))).isEqualTo(Fault.INVALID);
        assertThat(fault(links.make(OPERATOR, null, "x", List.of()))).isEqualTo(Fault.INVALID);
        for (int i = 0; i < CustomerLinks.MOST; i++) {
            assertThat(make(OPERATOR, HIS).token()).hasSize(64);
        }
        assertThat(fault(links.make(OPERATOR, HIS, "x", List.of()))).isEqualTo(Fault.CONFLICT);
        assertThat(make(OPERATOR, OTHER).customer()).isEqualTo(OTHER);
    }

    @Test
    void its_secret_opens_it_until_it_is_revoked_and_stands_nowhere() {
        CustomerLinks.Made made = await(links.make(ADMINISTRATOR, HIS, "Firewall", List.of(Cidr.of("10.20.0.0/16"))));
        assertThat(await(links.list(OPERATOR)).get(0).usedOn()).isNull();

        clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 2; i++) {
            assertThat(await(links.open(made.token()))).hasValueSatisfying(link -> {
                assertThat(link.customer()).isEqualTo(HIS);
                assertThat(link.sources()).containsExactly(Cidr.of("10.20.0.0/16"));
            });
        }
        CustomerLink listed = await(links.list(OPERATOR)).get(0);
        assertThat(listed.usedOn()).isEqualTo(LocalDate.parse("2026-11-23"));
        assertThat(listed.madeBy()).isEqualTo(ADMINISTRATOR.audited());
        for (String wrong :
                List.of("", "x", "0".repeat(64), made.token().toUpperCase(Locale.ROOT), made.token() + "0")) {
            assertThat(await(links.open(wrong))).as(wrong).isEmpty();
        }
        assertThat(await(links.revoke(OPERATOR, made.id()))).isEqualTo(HIS);
        assertThat(await(links.open(made.token()))).isEmpty();

        assertThat(postgres.value(
                        "SELECT string_agg(code || ' ' || actor || ' ' || subject || ' ' || detail, E'\\n' ORDER BY id)"
                                + " FROM audit_entry"))
                .isEqualTo("allowlist.link-made " + ADMINISTRATOR.audited() + " customer:St. Mary link=" + made.id()
                        + " sources=10.20.0.0/16 purpose=Firewall\n"
                        + "allowlist.link-revoked " + OPERATOR.audited() + " customer:St. Mary link=" + made.id());
        assertThat(made.toString()).doesNotContain(made.token());
    }

    private CustomerLinks.Made make(Actor actor, String customer) {
        return await(links.make(actor, customer, "Firewall", List.of()));
    }

    private List<Long> ids(Actor actor) {
        return await(links.list(actor)).stream().map(CustomerLink::id).toList();
    }

    private static @Nullable Fault fault(Future<?> refused) {
        return await(refused.transform(
                result -> Future.succeededFuture(result.cause() instanceof Refusal refusal ? refusal.fault() : null)));
    }
}

package io.fairlead.enterprise.people;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RightsTableTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final RightsTable TABLE = new RightsTable();

    @Test
    void every_cell_of_the_table_is_judged_as_it_was_agreed() {
        List<String> wrong = new ArrayList<>();
        int[] cells = {0};
        TABLE.cells().forEach(cell -> {
            cells[0]++;
            Judgement judgement = of(cell.holder(), cell.confirmed()).judge(cell.action(), cell.scope());
            if (outcome(judgement) != cell.expected()) {
                wrong.add(cell + " was " + judgement);
            }
        });
        System.out.println("cells=" + cells[0] + " wrong=" + wrong.size());
        assertThat(cells[0]).isGreaterThan(10_000);
        assertThat(wrong).isEmpty();
    }

    /** The same cells, as if the holders were other systems: a limit to addresses stands for the passkey. */
    @Test
    void an_account_may_what_a_person_with_its_roles_may_but_what_only_people_do_and_is_never_the_servers_own() {
        List<String> wrong = new ArrayList<>();
        TABLE.cells().forEach(cell -> {
            Entitlement account = of(Actor.integration(cell.holder().name(), cell.confirmed()), cell.holder());
            RightsTable.Expected expected =
                    cell.action() == Action.REQUEST_SESSION ? RightsTable.Expected.FORBIDDEN : cell.expected();
            if (outcome(account.judge(cell.action(), cell.scope())) != expected
                    || account.view(cell.action()).isEverything()
                            && cell.scope() != Scope.PLATFORM
                            && expected != RightsTable.Expected.ALLOWED) {
                wrong.add(cell.toString());
            }
        });
        assertThat(wrong).isEmpty();
        Entitlement nothing = new Entitlement(Actor.integration("erp", true), false, List.of(), List.of(), NOW);
        for (Action action : Action.values()) {
            assertThat(nothing.may(action, Scope.PLATFORM)).as(action.name()).isFalse();
            assertThat(nothing.view(action).isEmpty()).as(action.name()).isTrue();
            assertThat(nothing.hasRoleFor(action)).as(action.name()).isFalse();
        }
        assertThat(nothing.judgeGrant(Role.CUSTOMER_USER, Scope.PLATFORM, null).isAllowed())
                .isFalse();
    }

    @Test
    void what_a_role_may_give_is_no_more_than_it_may_do_itself_but_for_the_operator() {
        Entitlement cora = of(new RightsTable.Holder(Role.CUSTOMER_ADMINISTRATOR, "customer", "none"), true);
        for (Role role : Role.values()) {
            assertThat(cora.judgeGrant(role, new Scope(null, "St. Mary", null), "St. Mary")
                            .isAllowed())
                    .as(role.key())
                    .isEqualTo(role == Role.CUSTOMER_ADMINISTRATOR
                            || role == Role.CUSTOMER_USER
                            || role == Role.IT_ADMINISTRATOR);
            assertThat(cora.judgeGrant(role, Scope.PLATFORM, "St. Mary").isAllowed())
                    .isFalse();
            assertThat(cora.judgeGrant(role, new Scope(null, "Other", null), "St. Mary")
                            .isAllowed())
                    .isFalse();
            for (Role other : Role.values()) {
                boolean gives = other == Role.OPERATOR;
                RightsTable.Holder holder = new RightsTable.Holder(other, "everywhere", "AU480");
                if (!other.isOfCustomer()) {
                    assertThat(of(holder, true)
                                    .judgeGrant(role, Scope.PLATFORM, null)
                                    .isAllowed())
                            .isEqualTo(gives);
                }
            }
        }
    }

    /** The SQL of lists and the Java of deeds must not differ: random rights against random devices. */
    @Test
    void what_a_view_shows_and_what_is_judged_is_the_same_in_sql_and_in_java() {
        Random random = new Random(20261121);
        int shown = 0;
        try (TestDatabase postgres = TestDatabase.start()) {
            Database database = postgres.database();
            for (int round = 0; round < 400; round++) {
                Entitlement somebody = random(random);
                Action action = Action.values()[random.nextInt(Action.values().length)];
                View view = somebody.view(action);
                List<Scope> places = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    places.add(
                            action.subject() == Action.Subject.PEOPLE
                                    ? Scope.ofPeople(random.nextInt(4) == 0 ? null : text(random))
                                    : new Scope(text(random), text(random), text(random)));
                }
                List<Boolean> sql = inView(database, places, view);
                for (int i = 0; i < places.size(); i++) {
                    boolean judged = somebody.may(action, places.get(i));
                    shown += judged ? 1 : 0;
                    assertThat(sql.get(i))
                            .as("%s of %s at %s by %s", action, somebody.grants(), places.get(i), view)
                            .isEqualTo(judged);
                }
            }
        }
        assertThat(shown).as("something must be seen").isGreaterThan(1_000);
    }

    private static List<Boolean> inView(Database database, List<Scope> places, View view) {
        return await(database.pool()
                .preparedQuery("""
                        SELECT fairlead_in_view(p.region, p.customer, p.model, $4, $5, $6)
                          FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS p (region, customer, model, at)
                         ORDER BY p.at
                        """)
                .execute(Tuple.from(Arrays.asList(
                        places.stream().map(Scope::region).toArray(String[]::new),
                        places.stream().map(Scope::customer).toArray(String[]::new),
                        places.stream().map(Scope::model).toArray(String[]::new),
                        view.regions(),
                        view.customers(),
                        view.models())))
                .map(rows -> {
                    List<Boolean> seen = new ArrayList<>();
                    rows.forEach(row -> seen.add(row.getBoolean(0)));
                    return seen;
                }));
    }

    private static Entitlement random(Random random) {
        List<Grant> grants = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Role role = Role.values()[random.nextInt(Role.values().length)];
            Scope scope =
                    new Scope(perhaps(random), role.isOfCustomer() ? text(random) : perhaps(random), perhaps(random));
            grants.add(
                    new Grant(i, role, scope, random.nextInt(5) == 0 ? NOW.plusSeconds(random.nextInt(3) - 1) : null));
        }
        List<Training> trainings = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            trainings.add(new Training(i, text(random), NOW.plusSeconds(random.nextInt(5) - 1), "course"));
        }
        Actor actor = Actor.person("somebody", random.nextInt(4) > 0);
        return new Entitlement(actor, random.nextInt(12) == 0, grants, trainings, NOW);
    }

    private static @Nullable String perhaps(Random random) {
        return random.nextInt(2) == 0 ? null : text(random);
    }

    /** Few, so that they meet; awkward ones among them. */
    private static String text(Random random) {
        return List.of("eu", "St. Mary", "AU480", "a,b", "{\"}", "NULL").get(random.nextInt(6));
    }

    private static Entitlement of(RightsTable.Holder holder, boolean confirmed) {
        return of(Actor.person(holder.name(), confirmed), holder);
    }

    private static Entitlement of(Actor actor, RightsTable.Holder holder) {
        return new Entitlement(
                actor, false, List.of(new Grant(1, holder.role(), holder.scope(), null)), holder.trainings(NOW), NOW);
    }

    private static RightsTable.Expected outcome(Judgement judgement) {
        return switch (judgement) {
            case ALLOWED -> RightsTable.Expected.ALLOWED;
            case NOT_CONFIRMED -> RightsTable.Expected.PASSKEY;
            default -> RightsTable.Expected.FORBIDDEN;
        };
    }
}

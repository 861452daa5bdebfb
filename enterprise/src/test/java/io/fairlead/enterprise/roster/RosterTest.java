package io.fairlead.enterprise.roster;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.roster.Overview.Kind;
import io.fairlead.enterprise.roster.Overview.Need;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Over the 10,000 devices of {@link ManyDevices}, which nobody changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RosterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Actor OPERATOR = Actor.operatingSystem("root");

    private TestFleet fleet;
    private Roster roster;
    private Actor customer;
    private Actor hospitalIt;
    private Actor engineer;

    @BeforeAll
    void register_ten_thousand() {
        fleet = new TestFleet(new MovingClock(NOW));
        ManyDevices.insert(fleet.postgres, NOW.toString());
        customer = TestPeople.with(fleet.postgres, "carla", "customer-user", "Hospital 05", null);
        hospitalIt = TestPeople.with(fleet.postgres, "ivan", "it-administrator", "Hospital 05", null);
        engineer = TestPeople.with(fleet.postgres, "eve", "service-engineer", null, null);
        fleet.postgres.execute("INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                + " VALUES ('eve', 'Model A', '2027-01-01', 'course 7', now(), 'test'),"
                + " ('eve', 'Model B', '2026-11-20', 'course 6', now(), 'test')");
        roster = new Roster(fleet.database, new Rights(fleet.database, fleet.clock), fleet.clock);
    }

    @AfterAll
    void close() {
        fleet.close();
    }

    @Test
    void every_state_is_counted_and_found_by_its_count() {
        RosterCounts counts = await(roster.counts(OPERATOR, RosterFilter.ALL));

        assertThat(counts.states())
                .isEqualTo(Map.of(
                        DeviceState.STOLEN, 10,
                        DeviceState.HELD, 10,
                        DeviceState.NOT_ENROLLED, 10,
                        DeviceState.MUTED, 10,
                        DeviceState.NEVER, 10,
                        DeviceState.MISSING, 50,
                        DeviceState.LATE, 100,
                        DeviceState.ONLINE, 9_800));
        assertThat(counts.total()).isEqualTo(ManyDevices.COUNT);
        for (DeviceState state : counts.states().keySet()) {
            RosterPage found = search(OPERATOR, RosterFilter.of(state));
            assertThat(found.counts().total()).isEqualTo(counts.of(state));
            assertThat(found.rows()).extracting(RosterRow::state).containsOnly(state);
            RosterRow first = found.rows().get(0);
            assertThat(DeviceState.of(await(fleet.devices.get(OPERATOR, first.id())), NOW))
                    .as("judged from the device's own record")
                    .isEqualTo(state);
            // What other states there are stays in sight.
            assertThat(found.counts().of(DeviceState.ONLINE)).isEqualTo(9_800);
        }
    }

    @Test
    void a_retired_device_is_in_lists_that_ask_for_it_and_in_no_others() {
        fleet.postgres.execute("UPDATE device SET retired_at = now(), muted = true WHERE id = 'LAB-04711'");
        try {
            RosterPage retired = search(OPERATOR, RosterFilter.of(DeviceState.RETIRED));

            assertThat(ids(retired)).containsExactly("LAB-04711");
            assertThat(retired.rows().get(0).retiredAt()).isNotNull();
            assertThat(ids(search(OPERATOR, words("lab-04711")))).isEmpty();
            RosterCounts counts = await(roster.counts(OPERATOR, RosterFilter.ALL));
            assertThat(counts.total()).isEqualTo(ManyDevices.COUNT - 1);
            assertThat(counts.of(DeviceState.RETIRED)).isEqualTo(1);
            assertThat(await(roster.lines(OPERATOR, List.of(new DeviceId("LAB-04711")))))
                    .as("named, it is there")
                    .hasSize(1);
            assertThat(await(roster.found(OPERATOR, RosterFilter.ALL, RosterSort.ID, false)))
                    .hasSize(ManyDevices.COUNT - 1);
        } finally {
            fleet.postgres.execute("UPDATE device SET retired_at = NULL, muted = false WHERE id = 'LAB-04711'");
        }
    }

    @Test
    void health_is_the_worst_open_alarm_with_its_words() {
        RosterCounts counts = await(roster.counts(OPERATOR, RosterFilter.ALL));
        RosterPage worst =
                await(roster.search(OPERATOR, new RosterQuery(RosterFilter.ALL, RosterSort.HEALTH, false, 1, 60)));

        assertThat(counts.healths())
                .isEqualTo(Map.of(Health.CRITICAL, 50, Health.ERROR, 450, Health.WARNING, 1_500, Health.GOOD, 8_000));
        assertThat(worst.rows().subList(0, 50)).allSatisfy(row -> {
            assertThat(row.health()).isEqualTo(Health.CRITICAL);
            assertThat(row.alarms()).isEqualTo(3);
            assertThat(row.alarmCode()).isEqualTo("E-900");
            assertThat(row.alarmText()).isEqualTo("Probe crashed into the tray");
        });
        assertThat(worst.rows().subList(50, 60)).extracting(RosterRow::health).containsOnly(Health.ERROR);
    }

    @Test
    void a_device_is_found_by_any_word_of_it_whatever_its_case() {
        assertThat(ids(search(OPERATOR, words("lab-04711")))).containsExactly("LAB-04711");
        assertThat(ids(search(OPERATOR, words("sn732977")))).containsExactly("LAB-04711");
        assertThat(ids(search(OPERATOR, words("HOSPITAL  11 site 111 sn732977"))))
                .containsExactly("LAB-04711");
        assertThat(search(OPERATOR, words("10.1.18.")).rows())
                .as("by its address")
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.address()).startsWith("10.1.18."));
        assertThat(search(OPERATOR, words("hospital%")).rows())
                .as("a sign that was typed is itself")
                .isEmpty();
        assertThat(search(OPERATOR, words("LAB_04711")).rows()).isEmpty();
        assertThat(search(OPERATOR, words("\\")).rows()).isEmpty();
        assertThatThrownBy(() -> words("x".repeat(201))).isInstanceOf(Refusal.class);
    }

    @Test
    void filters_narrow_each_other_and_an_alarm_is_one_of_them() {
        RosterFilter lamps =
                new RosterFilter("", "Hospital 20", null, "ap", null, "E-203", Set.of(), Set.of(Health.ERROR));

        RosterPage found = search(OPERATOR, lamps);

        assertThat(found.rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.customer()).isEqualTo("Hospital 20");
            assertThat(row.region()).isEqualTo("ap");
            assertThat(row.health()).isEqualTo(Health.ERROR);
        });
        long known = fleet.count(
                "device d JOIN alarm a ON a.device = d.id AND a.code = 'E-203' WHERE customer = 'Hospital 20'"
                        + " AND region = 'ap' AND NOT EXISTS (SELECT 1 FROM alarm c WHERE c.device = d.id AND c.code = 'E-900')");
        assertThat(found.counts().total()).isEqualTo((int) known);
    }

    @Test
    void the_pages_hold_every_device_once_and_one_beyond_the_last_is_the_last() {
        Set<DeviceId> seen = new HashSet<>();
        List<Instant> contacts = new ArrayList<>();
        for (int page = 1; page <= 20; page++) {
            RosterPage one = await(
                    roster.search(OPERATOR, new RosterQuery(RosterFilter.ALL, RosterSort.CONTACT, true, page, 500)));
            one.rows().forEach(row -> {
                seen.add(row.id());
                if (row.last() != null) {
                    contacts.add(row.last());
                }
            });
        }
        RosterPage beyond =
                await(roster.search(OPERATOR, new RosterQuery(RosterFilter.ALL, RosterSort.ID, false, 999, 300)));

        assertThat(seen).hasSize(ManyDevices.COUNT);
        assertThat(contacts).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(beyond.page()).isEqualTo(34).isEqualTo(beyond.pages());
        assertThat(ids(beyond)).hasSize(100).last().isEqualTo("LAB-10000");
        assertThat(search(OPERATOR, words("no such thing")).pages()).isEqualTo(1);
    }

    @Test
    void a_customer_sees_his_own_devices_and_counts_no_others() {
        RosterPage own = search(customer, RosterFilter.ALL);

        assertThat(own.counts().total()).isEqualTo(200);
        assertThat(own.rows()).extracting(RosterRow::customer).containsOnly("Hospital 05");
        assertThat(search(customer, words("LAB-00006")).rows()).isEmpty();
        assertThat(search(customer, new RosterFilter("", "Hospital 06", null, null, null, null, Set.of(), Set.of()))
                        .rows())
                .isEmpty();
        Choices choices = await(roster.choices(customer));
        assertThat(choices.customers()).containsExactly(new Choices.Choice("Hospital 05", 200));
        assertThat(choices.sites()).hasSize(4);
        assertThat(choices.models().stream().mapToInt(Choices.Choice::devices).sum())
                .isEqualTo(200);
    }

    @Test
    void a_hospitals_it_sees_that_a_device_is_there_and_nothing_of_its_alarms() {
        RosterPage own = search(hospitalIt, RosterFilter.ALL);
        RosterFilter lamps = new RosterFilter("", null, null, null, null, "E-101", Set.of(), Set.of());

        assertThat(own.counts().total()).isEqualTo(200);
        assertThat(own.rows()).allSatisfy(row -> {
            assertThat(row.health()).isEqualTo(Health.GOOD);
            assertThat(row.alarms()).isZero();
            assertThat(row.alarmCode()).isNull();
        });
        assertThat(search(customer, lamps).rows()).isNotEmpty();
        assertThat(search(hospitalIt, lamps).rows()).isEmpty();
        assertThat(kinds(await(roster.overview(hospitalIt, NOW.minus(Duration.ofHours(12))))))
                .doesNotContainKey(Kind.CRITICAL_ALARMS);
    }

    @Test
    void an_engineer_sees_the_models_that_he_is_trained_for_while_the_training_holds() {
        assertThat(search(engineer, RosterFilter.ALL).rows())
                .extracting(RosterRow::model)
                .containsOnly("Model A");
        assertThat(await(roster.choices(engineer)).models())
                .extracting(Choices.Choice::value)
                .containsExactly("Model A");
    }

    @Test
    void whoever_is_unknown_sees_nothing() {
        assertThat(search(Actor.person("nobody", true), RosterFilter.ALL).rows())
                .isEmpty();
        assertThat(await(roster.overview(Actor.person("nobody", true), NOW.minus(Duration.ofHours(12))))
                        .needs()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void the_overview_says_what_changed_today_and_who_needs_somebody() {
        try (TestFleet small = new TestFleet(new MovingClock(NOW))) {
            ManyDevices.insert(small.postgres, NOW.toString());
            small.postgres.execute(
                    "UPDATE device SET created_at = '2026-11-21T08:00:00Z' WHERE id = 'LAB-00100'",
                    "INSERT INTO device_enrolment VALUES ('LAB-00100', lpad(to_hex(100), 32, '0'), '2026-11-21T08:05:00Z')",
                    "INSERT INTO device_enrolment VALUES ('LAB-00101', lpad(to_hex(1), 32, '0'), '2026-11-21T08:05:00Z')",
                    "UPDATE device_contact SET last_contact = '2026-11-20T23:55:00Z' WHERE device = 'LAB-01005'",
                    "UPDATE device_contact SET last_contact = '2026-11-20T23:45:00Z' WHERE device = 'LAB-02005'",
                    "INSERT INTO audit_entry (actor, code, subject, detail) SELECT 'person:a', code, 'LAB-00100', ''"
                            + " FROM unnest(ARRAY['device.muted', 'clone.decided', 'instruction.created']) code");
            Roster roster = new Roster(small.database, new Rights(small.database, small.clock), small.clock);

            Overview overview = await(roster.overview(OPERATOR, Instant.parse("2026-11-21T00:00:00Z")));

            Overview.Today today = overview.today();
            assertThat(today.registered()).isEqualTo(1);
            assertThat(today.enrolled()).as("LAB-00101 has enrolled anew since").isEqualTo(1);
            assertThat(today.missing()).as("all but LAB-02005").isEqualTo(49);
            assertThat(today.alarms()).isEqualTo((int) small.count("alarm WHERE received_at >= '2026-11-21'"));
            assertThat(today.criticalAlarms()).isPositive().isEqualTo((int)
                    small.count("alarm WHERE received_at >= '2026-11-21' AND severity = 'critical'"));
            assertThat(today.decisions()).isEqualTo(2);
            Map<Kind, Need> needs = kinds(overview);
            assertThat(needs.get(Kind.CLONES).devices()).isEqualTo(10);
            assertThat(needs.get(Kind.CLONES).first()).hasSize(5).first().satisfies(held -> {
                assertThat(held.device().value()).isEqualTo("LAB-00001");
                assertThat(held.what()).contains("10.9.9.9");
            });
            assertThat(needs.get(Kind.CRITICAL_ALARMS).devices()).isEqualTo(50);
            assertThat(needs.get(Kind.MISSING).devices()).isEqualTo(50);
            assertThat(needs).doesNotContainKey(Kind.CERTIFICATES);
        }
    }

    private static Map<Kind, Need> kinds(Overview overview) {
        return overview.needs().needs().stream().collect(Collectors.toMap(Need::kind, Function.identity()));
    }

    private RosterPage search(Actor actor, RosterFilter filter) {
        return await(roster.search(actor, RosterQuery.of(filter, 100)));
    }

    private static List<String> ids(RosterPage page) {
        return page.rows().stream().map(row -> row.id().value()).toList();
    }

    private static RosterFilter words(String text) {
        return new RosterFilter(text, null, null, null, null, null, Set.of(), Set.of());
    }
}

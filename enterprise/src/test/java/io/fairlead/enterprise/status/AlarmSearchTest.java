package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alarms, and values, of four devices: two of Mercy's and one of Other's in the EU, one of Mercy's in the US. */
class AlarmSearchTest {
    private static final DeviceId EU = new DeviceId("eu-1");
    private static TestFleet fleet;
    private static AlarmSearch search;
    private static Values values;
    private static Actor european;
    private static Actor mercy;
    private static Actor hospitalIt;

    @BeforeAll
    static void start() {
        fleet = new TestFleet(Clock.systemUTC());
        search = new AlarmSearch(fleet.database, fleet.devices);
        values = new Values(fleet.database, fleet.rights);
        fleet.registered("eu-1", "EU", "Mercy");
        fleet.registered("eu-2", "EU", "Mercy");
        fleet.registered("eu-3", "EU", "Other");
        fleet.registered("us-1", "US", "Mercy");
        european = fleet.granted("eva", "integration", "EU", null);
        mercy = fleet.granted("mary", "customer-user", null, "Mercy");
        hospitalIt = fleet.granted("ivan", "it-administrator", null, "Mercy");
        // Three of each device: open and acknowledged, open, past. Number n was raised on day n.
        int n = 0;
        for (String device : List.of("us-1", "eu-3", "eu-2", "eu-1")) {
            for (String how : List.of("'info', 'ben', NULL", "'critical', NULL, NULL", "'error', NULL, now()")) {
                n++;
                String[] parts = how.split(", ");
                fleet.postgres.execute(
                        "INSERT INTO alarm (device, code, severity, raised_at, last_seen, count, received_at,"
                                + " acknowledged_by, acknowledged_at, cleared_at) VALUES ('" + device + "', 'c" + n % 3
                                + "', "
                                + parts[0] + ", timestamptz '2026-11-01Z' + " + n + " * interval '1 day', now() - " + n
                                + " * interval '1 day', 1, now(), " + parts[1] + ", "
                                + (parts[1].equals("NULL") ? "NULL" : "now()") + ", " + parts[2] + ")");
            }
            fleet.postgres.execute(
                    "INSERT INTO latest_value (device, item, observed_at, received_at, number, text, unit,"
                            + " first_received) VALUES ('" + device + "', 'b', now(), now(), 1, NULL, '°C', now()), ('"
                            + device
                            + "', 'a', now(), now(), NULL, 'on', NULL, now())");
        }
        fleet.postgres.execute("INSERT INTO alarm_comment (alarm, written_at, written_by, text)"
                + " SELECT id, now(), 'os:ben', 'x' FROM alarm, generate_series(1, 3)");
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    private static AlarmFilter filter(@Nullable String device, @Nullable String customer, @Nullable Boolean open) {
        DeviceId id = device == null ? null : new DeviceId(device);
        return new AlarmFilter(id, customer, null, null, null, null, Set.of(), open, null, null, null);
    }

    private static AlarmSearch.Page found(Actor actor, AlarmFilter filter) {
        return await(search.page(actor, new AlarmQuery(filter, AlarmSort.ID, false, 1, 100)));
    }

    private static List<String> devices(AlarmSearch.Page page) {
        return page.alarms().stream()
                .map(found -> found.alarm().device().value())
                .distinct()
                .toList();
    }

    @Test
    void what_somebody_may_not_see_is_neither_found_nor_counted() {
        AlarmFilter all = filter(null, null, null);
        assertThat(found(ANNA, all).total()).isEqualTo(12);
        assertThat(found(european, all).total()).isEqualTo(9);
        assertThat(devices(found(european, all))).containsExactly("eu-3", "eu-2", "eu-1");
        assertThat(found(mercy, all).total()).isEqualTo(9);
        assertThat(devices(found(mercy, all))).containsExactly("us-1", "eu-2", "eu-1");
        assertThat(found(mercy, filter(null, "Other", null)).total()).isZero();
        assertThat(found(mercy, filter(null, "Other", null)).alarms()).isEmpty();
        AlarmQuery of = new AlarmQuery(filter("eu-3", null, null), AlarmSort.ID, false, 1, 10);
        AlarmQuery ofNobody = new AlarmQuery(filter("nobody", null, null), AlarmSort.ID, false, 1, 10);
        assertThat(TestFleet.refused(search.page(mercy, of))).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(TestFleet.refused(search.page(mercy, ofNobody))).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(found(european, filter("eu-3", null, null)).total()).isEqualTo(3);
    }

    @Test
    void whom_no_role_lets_see_data_is_told_so_and_not_that_there_is_nothing() {
        AlarmQuery all = new AlarmQuery(filter(null, null, null), AlarmSort.ID, false, 1, 10);
        AlarmQuery one = new AlarmQuery(filter("eu-1", null, null), AlarmSort.ID, false, 1, 10);
        assertThat(TestFleet.refused(search.page(hospitalIt, all))).isEqualTo(Fault.FORBIDDEN);
        assertThat(TestFleet.refused(search.page(hospitalIt, one))).isEqualTo(Fault.FORBIDDEN);
        assertThat(TestFleet.refused(search.page(Actor.person("nobody", true), all)))
                .isEqualTo(Fault.FORBIDDEN);
    }

    @Test
    void every_criterion_counts_and_all_of_them_together() {
        assertThat(found(ANNA, filter(null, null, true)).total()).isEqualTo(8);
        assertThat(found(ANNA, filter(null, null, false)).total()).isEqualTo(4);
        assertThat(found(ANNA, filter("eu-2", "Mercy", false)).total()).isEqualTo(1);
        Instant day = Instant.parse("2026-11-04T00:00:00Z");
        assertThat(total(null, null, null, Set.of(), null, day, day.plusSeconds(1)))
                .isEqualTo(1);
        assertThat(total(null, null, null, Set.of(), null, Instant.MIN, Instant.MAX))
                .isEqualTo(12);
        assertThat(total(null, null, null, Set.of(), true, null, null)).isEqualTo(4);
        assertThat(total(null, null, null, Set.of(Severity.INFO, Severity.ERROR), false, null, null))
                .isEqualTo(4);
        assertThat(total("Basel", "EU", "Analyser 3", Set.of(Severity.CRITICAL), null, null, null))
                .isEqualTo(3);
        assertThat(total("Bern", null, null, Set.of(), null, null, null)).isZero();
    }

    private static int total(
            @Nullable String site,
            @Nullable String region,
            @Nullable String model,
            Set<Severity> severities,
            @Nullable Boolean acknowledged,
            @Nullable Instant from,
            @Nullable Instant to) {
        AlarmFilter filter =
                new AlarmFilter(null, null, site, region, model, null, severities, null, acknowledged, from, to);
        return found(ANNA, filter).total();
    }

    @Test
    void every_order_has_each_alarm_once_on_its_pages_and_beyond_the_last_comes_the_last() {
        for (AlarmSort sort : AlarmSort.values()) {
            List<Long> up = pages(sort, false);
            List<Long> down = pages(sort, true);
            assertThat(up).hasSize(12).doesNotHaveDuplicates();
            Collections.reverse(down);
            assertThat(down).as(sort.name()).isEqualTo(up);
        }
        AlarmQuery beyond = new AlarmQuery(filter(null, null, null), AlarmSort.SEVERITY, true, 999_999, 5);
        AlarmSearch.Page last = await(search.page(ANNA, beyond));
        assertThat(last.page()).isEqualTo(3);
        assertThat(last.alarms()).extracting(found -> found.alarm().severity()).containsOnly(Severity.INFO);
        assertThat(found(ANNA, filter("us-1", null, null)).alarms())
                .extracting(AlarmSearch.Found::comments)
                .containsExactly(3, 3, 3);
        assertThatThrownBy(() -> new AlarmQuery(filter(null, null, null), AlarmSort.ID, false, 1, 501))
                .isInstanceOf(Refusal.class);
    }

    private static List<Long> pages(AlarmSort sort, boolean descending) {
        List<Long> ids = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            AlarmQuery query = new AlarmQuery(filter(null, null, null), sort, descending, page, 5);
            await(search.page(ANNA, query))
                    .alarms()
                    .forEach(found -> ids.add(found.alarm().id()));
        }
        return ids;
    }

    @Test
    void latest_values_of_several_devices_come_in_order_and_only_to_whom_all_of_them_may_be_shown() {
        DeviceId other = new DeviceId("eu-3");
        ValueQuery both = new ValueQuery(List.of(other, EU, other), List.of(), false, 1, 3);
        Values.Page first = await(values.page(european, both));
        assertThat(first.total()).isEqualTo(4);
        assertThat(first.values())
                .extracting(each -> each.device() + " " + each.value().item())
                .containsExactly("eu-1 a", "eu-1 b", "eu-3 a");
        Values.Page beyond = await(values.page(european, new ValueQuery(List.of(other, EU), List.of(), true, 9, 3)));
        assertThat(beyond.page()).isEqualTo(2);
        assertThat(beyond.values()).extracting(each -> each.value().text()).containsExactly("on");
        Values.Page named = await(values.page(mercy, new ValueQuery(List.of(EU), List.of("b", "none"), false, 1, 3)));
        assertThat(named.values()).extracting(each -> each.value().unit()).containsExactly("°C");

        assertThat(TestFleet.refused(values.page(mercy, both))).isEqualTo(Fault.UNKNOWN_DEVICE);
        ValueQuery nobody = new ValueQuery(List.of(EU, new DeviceId("nobody")), List.of(), false, 1, 3);
        assertThat(TestFleet.refused(values.page(ANNA, nobody))).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(TestFleet.refused(values.page(hospitalIt, new ValueQuery(List.of(EU), List.of(), false, 1, 3))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThatThrownBy(() -> new ValueQuery(List.of(), List.of(), false, 1, 3))
                .isInstanceOf(Refusal.class);
    }
}

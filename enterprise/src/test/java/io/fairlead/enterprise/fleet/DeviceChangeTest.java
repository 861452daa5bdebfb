package io.fairlead.enterprise.fleet;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.roster.TestPeople;
import io.fairlead.soap.Fault;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeviceChangeTest {
    private static final DeviceChange NOTHING = new DeviceChange(null, null, null, null, null);
    private static TestFleet fleet;
    private static Groups groups;

    @BeforeAll
    static void start() {
        fleet = new TestFleet(Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));
        groups = new Groups(fleet.database, fleet.devices, fleet.rights, fleet.audit, fleet.clock);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    private static DeviceChange site(String site) {
        return new DeviceChange(null, site, null, null, null);
    }

    private static DeviceChange customer(String customer) {
        return new DeviceChange(customer, null, null, null, null);
    }

    @Test
    void a_change_raises_the_version_and_says_in_the_audit_what_was() {
        DeviceId id = fleet.registered("C-1");

        Device changed = await(fleet.devices.change(ANNA, id, 1, site("Zurich")));

        assertThat(changed.site()).isEqualTo("Zurich");
        assertThat(changed.customer()).isEqualTo("St. Mary");
        assertThat(changed.version()).isEqualTo(2);
        assertThat(fleet.postgres.value(
                        "SELECT detail FROM audit_entry WHERE subject = 'C-1' AND code = 'device.changed'"))
                .isEqualTo("site=Zurich (was Basel)");
    }

    @Test
    void what_is_as_it_was_changes_nothing() {
        DeviceId id = fleet.registered("C-2");

        assertThat(await(fleet.devices.change(ANNA, id, 1, NOTHING)).version()).isEqualTo(1);
        assertThat(await(fleet.devices.change(ANNA, id, 1, site("Basel"))).version())
                .isEqualTo(1);
        assertThat(fleet.count("audit_entry WHERE subject = 'C-2' AND code = 'device.changed'"))
                .isZero();
    }

    @Test
    void whoever_read_an_older_version_changes_nothing() {
        DeviceId id = fleet.registered("C-3");
        Device unused = await(fleet.devices.change(ANNA, id, 1, site("Zurich")));

        assertThat(refused(fleet.devices.change(ANNA, id, 1, site("Geneva")))).isEqualTo(Fault.CONFLICT);
        assertThat(await(fleet.devices.get(ANNA, id)).site()).isEqualTo("Zurich");
    }

    @Test
    void a_device_is_moved_by_who_may_register_it_where_it_is_and_where_it_is_to_be() {
        DeviceId id = fleet.registered("C-4");
        Actor here = TestPeople.with(fleet.postgres, "here", "service-engineer", "St. Mary", null);
        fleet.postgres.execute("INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                + " VALUES ('here', 'Analyser 3', '2030-01-01', 'test', now(), 'test')");
        Actor auditor = TestPeople.with(fleet.postgres, "reader", "auditor", null, null);

        assertThat(refused(fleet.devices.change(auditor, id, 1, site("Zurich"))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(fleet.devices.change(here, id, 1, customer("St. Paul"))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(await(fleet.devices.change(here, id, 1, site("Zurich"))).version())
                .isEqualTo(2);
        assertThat(refused(fleet.devices.change(ANNA, id, 2, customer(" ")))).isEqualTo(Fault.INVALID);
    }

    @Test
    void a_group_is_changed_by_its_maker_and_counts_what_others_may_see() {
        DeviceId id = fleet.registered("C-5");
        Actor maker = TestPeople.with(fleet.postgres, "maker", "integration", "St. Mary", null);
        Actor other = TestPeople.with(fleet.postgres, "other", "integration", null, null);
        Actor stranger = TestPeople.with(fleet.postgres, "stranger", "integration", "St. Paul", null);
        Actor reader = TestPeople.with(fleet.postgres, "looker", "auditor", null, null);
        Void made = await(groups.make(maker, "night-shift", "Watched at night"));
        Void added = await(groups.add(maker, "night-shift", id));
        Void again = await(groups.add(maker, "night-shift", id));

        assertThat(await(groups.list(maker))).singleElement().satisfies(group -> {
            assertThat(group.id()).isEqualTo("night-shift");
            assertThat(group.devices()).isEqualTo(1);
            assertThat(group.createdBy()).isEqualTo(maker.audited());
        });
        assertThat(await(groups.list(other))).hasSize(1);
        assertThat(await(groups.list(stranger))).isEmpty();
        assertThat(refused(groups.make(other, "night-shift", ""))).isEqualTo(Fault.CONFLICT);
        assertThat(refused(groups.make(reader, "mine", ""))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(groups.make(maker, "no blanks", ""))).isEqualTo(Fault.INVALID);
        assertThat(refused(groups.add(other, "night-shift", id))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(groups.delete(other, "night-shift"))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(groups.remove(maker, "day-shift", id))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(groups.delete(stranger, "night-shift")))
                .as("of which he sees nothing")
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(await(groups.of(other, id))).containsExactly("night-shift");
        Void second = await(groups.make(maker, "days", ""));
        assertThat(refused(groups.change(maker, "night-shift", "days", ""))).isEqualTo(Fault.CONFLICT);
        assertThat(refused(groups.change(other, "night-shift", "nights", ""))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(groups.change(maker, "night-shift", "a b", ""))).isEqualTo(Fault.INVALID);
        Void renamed = await(groups.change(maker, "night-shift", "nights", "Watched"));
        Void same = await(groups.change(maker, "nights", "nights", "Watched"));
        assertThat(await(groups.get(other, "nights")).description()).isEqualTo("Watched");
        assertThat(await(fleet.devices.list(other, DeviceFilter.ofGroup("nights"))))
                .hasSize(1);
        assertThat(await(fleet.devices.list(stranger, DeviceFilter.ofGroup("nights"))))
                .isEmpty();
        Void cleared = await(groups.delete(Actor.operatingSystem("root"), "days"));
        Void back = await(groups.change(maker, "nights", "night-shift", "Watched at night"));
        Void removed = await(groups.remove(maker, "night-shift", id));
        assertThat(await(groups.list(other))).isEmpty();
        Void deleted = await(groups.delete(maker, "night-shift"));
        assertThat(await(groups.list(maker))).isEmpty();
        assertThat(fleet.count("audit_entry WHERE code LIKE 'group.%'")).isEqualTo(8);
    }
}

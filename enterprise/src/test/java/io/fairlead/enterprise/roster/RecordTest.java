package io.fairlead.enterprise.roster;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What was done, and which policy counts where, as a customer reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final DeedFilter ALL = new DeedFilter("", "", null, null, false, null);

    private TestFleet fleet;
    private Roster roster;
    private Actor carla;

    @BeforeAll
    void fill() {
        fleet = new TestFleet(new MovingClock(NOW));
        roster = new Roster(fleet.database, fleet.rights, fleet.clock);
        carla = TestPeople.with(fleet.postgres, "carla", "customer-user", "St. Mary", null);
        TestPeople.with(fleet.postgres, "eve", "service-engineer", null, null);
        fleet.enrolled("LAB-1", TestFleet.hex(1));
        fleet.enrolled("LAB-2", TestFleet.hex(2));
        fleet.postgres.execute(
                "UPDATE device SET customer = 'Other' WHERE id = 'LAB-2'",
                "INSERT INTO instruction (device, sequence, enrolment, kind, subject, body, signature, key_id, not_after, created_by,"
                        + " created_at, reason) SELECT id, 7, repeat('0', 32), 'upload', 'analyser.log', 'x', 'y', repeat('0', 32),"
                        + " now(), 'person:eve', now(), 'ticket 4711' FROM device",
                "INSERT INTO audit_entry (actor, code, subject, detail) SELECT 'person:eve', 'instruction.created', id,"
                        + " 'sequence=7 kind=upload subject=analyser.log' FROM device ORDER BY id",
                "INSERT INTO audit_entry (actor, code, subject, detail) SELECT 'device:' || id, 'instruction.finished', id,"
                        + " 'sequence=7 outcome=DONE' FROM device ORDER BY id",
                "INSERT INTO audit_entry (actor, code, subject, detail) VALUES ('server', 'server.started', '', '')",
                """
                INSERT INTO latest_value (device, item, observed_at, received_at, text, first_received)
                VALUES ('LAB-1', 'agent/policy', '2026-11-21T11:00:00Z', '2026-11-21T11:00:01Z',
                        'believed=yes\ncollect=allow\nreceive=ask 07:00-19:00\nnew-thing=kept', '2026-11-21T11:00:01Z'),
                       ('LAB-2', 'agent/policy', '2026-11-21T11:00:00Z', '2026-11-21T11:00:01Z',
                        'believed=no: everything is denied: /etc/site.conf is missing', '2026-11-21T11:00:01Z')
                """);
    }

    @AfterAll
    void close() {
        fleet.close();
    }

    @Test
    void a_customer_reads_what_was_done_to_his_devices_by_whom_and_why_and_nothing_of_others() {
        List<Deed> deeds = await(roster.deeds(carla, ALL, 100)).deeds();

        assertThat(deeds).extracting(Deed::device).containsOnly(new DeviceId("LAB-1"));
        assertThat(deeds)
                .extracting(Deed::code)
                .containsExactly("instruction.finished", "instruction.created", "device.registered");
        assertThat(deeds.get(1)).satisfies(asked -> {
            assertThat(asked.name()).isEqualTo("eve");
            assertThat(asked.about()).isEqualTo("upload analyser.log");
            assertThat(asked.reason()).isEqualTo("ticket 4711");
        });
        assertThat(deeds.get(2).about()).isNull();
    }

    @Test
    void the_record_is_filtered_by_device_person_and_time_and_paged() {
        Actor root = Actor.operatingSystem("root");

        assertThat(await(roster.deeds(root, new DeedFilter("lab-2", "EVE", null, null, false, null), 100))
                        .deeds())
                .extracting(Deed::code)
                .containsExactly("instruction.created");
        assertThat(await(roster.deeds(root, new DeedFilter("", "", null, null, true, null), 100))
                        .deeds())
                .extracting(Deed::actor)
                .doesNotContain("device:LAB-1", "device:LAB-2");
        assertThat(await(roster.deeds(
                                root, new DeedFilter("", "", Instant.now().plusSeconds(60), null, false, null), 100))
                        .deeds())
                .isEmpty();
        Deed.Page first = await(roster.deeds(root, ALL, 4));
        assertThat(first.more()).isTrue();
        Deed.Page second = await(roster.deeds(
                root,
                new DeedFilter("", "", null, null, false, first.deeds().get(3).id()),
                4));
        assertThat(second.deeds())
                .hasSize(2)
                .allMatch(deed -> deed.id() < first.deeds().get(3).id());
        assertThat(second.more()).isFalse();
    }

    @Test
    void a_policy_is_read_as_its_agent_reported_it_and_only_where_it_may_be_seen() {
        List<ReportedPolicy> own = await(roster.policies(carla, null));

        assertThat(own).singleElement().satisfies(policy -> {
            assertThat(policy.device()).isEqualTo(new DeviceId("LAB-1"));
            assertThat(policy.believed()).isTrue();
            assertThat(policy.rule("receive")).isEqualTo("ask");
            assertThat(policy.hours("receive")).isEqualTo("07:00-19:00");
            assertThat(policy.hours("collect")).isEmpty();
            assertThat(policy.rule("upload")).isEmpty();
            assertThat(policy.fact("new-thing")).isEqualTo("kept");
        });
        assertThat(await(roster.policy(carla, new DeviceId("LAB-2")))).isEmpty();
        assertThat(await(roster.policy(Actor.operatingSystem("root"), new DeviceId("LAB-2"))))
                .hasValueSatisfying(policy -> {
                    assertThat(policy.believed()).isFalse();
                    assertThat(policy.doubt()).isEqualTo("/etc/site.conf is missing");
                });
    }
}

package io.fairlead.enterprise.instruction;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceChange;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.roster.TestPeople;
import io.fairlead.soap.Fault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetiredDeviceTest {
    @Test
    void a_retired_device_is_revoked_and_muted_what_waits_is_void_and_it_does_not_come_back(@TempDir Path folder)
            throws IOException {
        try (TestInstructions given = new TestInstructions()) {
            Standings standings = given.standings(folder);
            DeviceId id = given.device("R-1");
            long waiting = given.collect(id);
            Device before = await(given.fleet.devices.get(ANNA, id));
            Actor looker = TestPeople.with(given.fleet.postgres, "looker", "auditor", null, null);

            assertThat(refused(standings.retire(looker, id, before.version(), "old")))
                    .isEqualTo(Fault.FORBIDDEN);
            assertThat(refused(standings.retire(ANNA, id, before.version() + 1, "old")))
                    .isEqualTo(Fault.CONFLICT);
            Device retired = await(standings.retire(ANNA, id, before.version(), "worn out"));

            assertThat(retired.retiredAt()).isEqualTo(TestInstructions.NOW);
            assertThat(retired.muted()).isTrue();
            assertThat(retired.version()).isGreaterThan(before.version());
            assertThat(given.fleet.count("instruction WHERE device = 'R-1' AND sequence = " + waiting
                            + " AND cancelled_at IS NOT NULL"))
                    .isEqualTo(1);
            assertThat(await(standings.retire(ANNA, id, before.version(), "again")))
                    .as("said again it changes nothing, whatever version is named")
                    .isEqualTo(retired);
            assertThat(given.fleet.count("audit_entry WHERE subject = 'R-1' AND code = 'device.retired'"))
                    .isEqualTo(1);
            assertThat(refused(standings.unmute(ANNA, id, "back"))).isEqualTo(Fault.DEVICE_RETIRED);
            assertThat(refused(given.fleet.database.inTransaction(
                            connection -> given.fleet.devices.wanted(connection, "R-1"))))
                    .as("no string enrols it")
                    .isEqualTo(Fault.DEVICE_RETIRED);
            assertThat(refused(given.fleet.devices.change(
                            ANNA, id, retired.version(), new DeviceChange(null, "Zurich", null, null, null))))
                    .isEqualTo(Fault.DEVICE_RETIRED);
            boolean stolen = await(standings.stolen(ANNA, id, "gone"));
            boolean found = await(standings.found(ANNA, id, "in the cellar"));
            assertThat(stolen && found).isTrue();
            assertThat(await(given.fleet.devices.get(ANNA, id)).muted())
                    .as("found does not bring it back into service")
                    .isTrue();
        }
    }

    @Test
    void one_that_is_brought_back_is_not_enrolled_and_its_certificates_stay_dead(@TempDir Path folder)
            throws IOException {
        try (TestInstructions given = new TestInstructions()) {
            Standings standings = given.standings(folder);
            DeviceId id = given.device("R-2");
            Actor looker = TestPeople.with(given.fleet.postgres, "looker", "auditor", null, null);
            Actor without = TestPeople.with(given.fleet.postgres, "without", "operator", null, null);
            Device retired = await(standings.retire(ANNA, id, version(given, id), "worn out"));
            assertThat(refused(standings.unretire(looker, id, retired.version(), "repaired")))
                    .isEqualTo(Fault.FORBIDDEN);
            assertThat(refused(
                            standings.unretire(Actor.person(without.name(), false), id, retired.version(), "repaired")))
                    .isEqualTo(Fault.PASSKEY_NEEDED);
            assertThat(refused(standings.unretire(ANNA, id, retired.version() - 1, "repaired")))
                    .isEqualTo(Fault.CONFLICT);

            Device back = await(standings.unretire(ANNA, id, retired.version(), "repaired"));

            assertThat(back.retiredAt()).isNull();
            assertThat(back.muted()).isFalse();
            assertThat(back.enrolment())
                    .as("a code and a person at the instrument enrol it")
                    .isNull();
            assertThat(back.version()).isEqualTo(retired.version() + 1);
            assertThat(await(standings.unretire(ANNA, id, 1, "again"))).isEqualTo(back);
            assertThat(
                            given.fleet.count(
                                    "audit_entry WHERE subject = 'R-2' AND code = 'device.unretired' AND detail = 'reason=repaired'"))
                    .isEqualTo(1);
            assertThat(refused(given.instructions.create(
                            Wish.of(ANNA, id, new Act.Collect(), "for the agent that was there"))))
                    .isEqualTo(Fault.NOT_ENROLLED);
            Void wanted = await(
                    given.fleet.database.inTransaction(connection -> given.fleet.devices.wanted(connection, "R-2")));
            assertThat(wanted).as("codes are made again").isNull();

            boolean stolen = await(standings.stolen(ANNA, id, "gone"));
            assertThat(stolen).isTrue();
            Device gone = await(standings.retire(ANNA, id, version(given, id), "gone for good"));
            Device found = await(standings.unretire(ANNA, id, gone.version(), "on the list by mistake"));
            assertThat(found.muted()).as("it is stolen still").isTrue();
            assertThat(found.stolenSince()).isNotNull();
        }
    }

    private static long version(TestInstructions given, DeviceId id) {
        return await(given.fleet.devices.get(ANNA, id)).version();
    }
}

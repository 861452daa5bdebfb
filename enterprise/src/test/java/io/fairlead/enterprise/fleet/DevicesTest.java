package io.fairlead.enterprise.fleet;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static TestFleet fleet;

    @BeforeAll
    static void start() {
        fleet = new TestFleet(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    private static NewDevice device(String id, String serial) {
        return new NewDevice(new DeviceId(id), "St. Mary", "Basel", "EU", "Analyser 3", serial);
    }

    @Test
    void a_registered_device_is_found_with_its_properties() {
        Device registered = await(fleet.devices.register(ANNA, device("a-1", "S-1")));
        assertThat(await(fleet.devices.find(ANNA, new DeviceId("a-1")))).contains(registered);
        assertThat(registered.customer()).isEqualTo("St. Mary");
        assertThat(registered.createdAt()).isEqualTo(NOW);
        assertThat(registered.enrolment()).isNull();
        assertThat(registered.contact().last()).isNull();
    }

    @Test
    void registering_twice_is_one_device_and_one_line_in_the_audit() {
        Device once = await(fleet.devices.register(ANNA, device("a-2", "S-2")));
        assertThat(await(fleet.devices.register(ANNA, device("a-2", "S-2")))).isEqualTo(once);
        assertThat(fleet.count("audit_entry WHERE subject = 'a-2'")).isEqualTo(1);
    }

    @Test
    void an_id_with_other_properties_is_a_conflict() {
        Device unused = await(fleet.devices.register(ANNA, device("a-3", "S-3")));
        assertThat(TestFleet.refused(fleet.devices.register(ANNA, device("a-3", "S-4"))))
                .isEqualTo(Fault.CONFLICT);
    }

    @Test
    void an_unknown_device_is_named_as_such() {
        assertThat(await(fleet.devices.find(ANNA, new DeviceId("nobody")))).isEmpty();
        assertThat(TestFleet.refused(fleet.devices.get(ANNA, new DeviceId("nobody"))))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(TestFleet.refused(fleet.database.inTransaction(
                        connection -> fleet.devices.enrolled(connection, "nobody", TestFleet.hex(1)))))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
    }

    @Test
    void a_list_is_filtered_and_turned_over_by_id() {
        for (String id : new String[] {"list-c", "list-a", "list-b"}) {
            Device unused = await(fleet.devices.register(
                    ANNA,
                    new NewDevice(new DeviceId(id), "Listed", "Basel", "EU", id.equals("list-b") ? "M2" : "M1", "S")));
        }
        DeviceFilter listed = new DeviceFilter("Listed", null, null, null, null, null, 2);
        assertThat(await(fleet.devices.list(ANNA, listed)))
                .extracting(device -> device.id().value())
                .containsExactly("list-a", "list-b");
        assertThat(await(fleet.devices.list(
                        ANNA, new DeviceFilter("Listed", null, null, null, null, new DeviceId("list-b"), 2))))
                .extracting(device -> device.id().value())
                .containsExactly("list-c");
        assertThat(await(fleet.devices.list(ANNA, new DeviceFilter("Listed", null, null, "M2", null, null, 2))))
                .hasSize(1);
    }

    @Test
    void a_new_enrolment_begins_the_journal_and_the_token_anew_but_not_the_numbers() {
        DeviceId id = fleet.enrolled("a-4", TestFleet.hex(1));
        Devices.Numbered one = await(fleet.database.inTransaction(connection -> fleet.devices.number(connection, id)));
        assertThat(one).isEqualTo(new Devices.Numbered(1, TestFleet.hex(1)));
        Rolled unused = await(fleet.polled(new Polled(id, null, 1, "1.0", "10.0.0.1", null)));

        fleet.enrol(id, TestFleet.hex(2));

        Device device = await(fleet.devices.get(ANNA, id));
        assertThat(device.enrolment()).isEqualTo(TestFleet.hex(2));
        assertThat(device.contact().journaled()).isZero();
        assertThat(device.newestInstruction()).isEqualTo(1);
        assertThat(await(fleet.polled(new Polled(id, null, 0, "1.0", "10.0.0.1", null)))
                        .certain())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", ".a", "a b", "a/b", "ä", "a\n", "a\u0000"})
    void an_id_outside_the_contract_is_refused_without_being_repeated(String id) {
        assertThatThrownBy(() -> new DeviceId(id))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("invalid: a device's id has 1 to 64 letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", " x", "x ", "x\ny", "\ud800"})
    void a_property_that_cannot_be_kept_is_named(String value) {
        assertThatThrownBy(() -> new NewDevice(new DeviceId("a"), value, "s", "r", "m", "s"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("invalid: customer ");
    }
}

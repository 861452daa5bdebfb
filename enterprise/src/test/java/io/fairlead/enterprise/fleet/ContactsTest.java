package io.fairlead.enterprise.fleet;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.soap.Fault;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContactsTest {
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

    private static Rolled poll(DeviceId device, String token) {
        return await(fleet.polled(new Polled(device, token, 0, "1.2", "10.0.0.7", null)));
    }

    @Test
    void a_poll_leaves_time_address_and_version() {
        DeviceId device = fleet.enrolled("c-1", TestFleet.hex(1));
        Rolled unused = poll(device, null);
        assertThat(await(fleet.devices.get(ANNA, device)).contact())
                .isEqualTo(new Contact(NOW, "10.0.0.7", "1.2", 0, 0, null, 0));
    }

    @Test
    void each_answer_brings_a_new_token_and_the_next_poll_brings_it_back() {
        DeviceId device = fleet.enrolled("c-2", TestFleet.hex(1));
        Rolled first = poll(device, null);
        Rolled second = poll(device, first.token());
        assertThat(first.certain()).isTrue();
        assertThat(second.certain()).isTrue();
        assertThat(second.token()).matches("[0-9a-f]{32}").isNotEqualTo(first.token());
        assertThat(second.turn()).isEqualTo(first.turn() + 1);
    }

    @Test
    void answers_lost_in_a_row_hold_nobody_but_make_the_next_two_polls_short() {
        DeviceId device = fleet.enrolled("c-3", TestFleet.hex(1));
        Rolled lost = poll(device, null);
        assertThat(poll(device, null).certain()).isFalse();
        Rolled heard = poll(device, null);
        assertThat(heard.certain()).isFalse();
        Rolled shown = poll(device, heard.token());
        assertThat(shown.certain()).isFalse();
        assertThat(poll(device, shown.token()).certain()).isTrue();
        assertThat(lost.token()).isNotEqualTo(heard.token());
        assertThat(await(fleet.devices.get(ANNA, device)).contact().heldSince()).isNull();
    }

    @Test
    void a_poll_is_the_newest_until_the_next() {
        DeviceId device = fleet.enrolled("c-7", TestFleet.hex(1));
        Rolled first = poll(device, null);
        assertThat(newest(device, first)).isTrue();
        Rolled again = poll(device, null);
        assertThat(newest(device, first)).isFalse();
        assertThat(newest(device, again)).isTrue();
    }

    private static boolean newest(DeviceId device, Rolled rolled) {
        List<Turn> turn = List.of(new Turn(device, rolled.turn()));
        return !await(fleet.database.inTransaction(connection -> fleet.contacts.newest(connection, turn)))
                .isEmpty();
    }

    @Test
    void a_journal_that_holds_less_than_before_or_more_than_was_made_is_refused() {
        DeviceId device = fleet.enrolled("c-5", TestFleet.hex(1));
        for (int i = 0; i < 3; i++) {
            Devices.Numbered unused =
                    await(fleet.database.inTransaction(connection -> fleet.devices.number(connection, device)));
        }
        assertThat(await(fleet.polled(new Polled(device, null, 2, "1", null, null)))
                        .journaledRose())
                .isTrue();
        assertThat(TestFleet.refused(fleet.polled(new Polled(device, null, 1, "1", null, null))))
                .isEqualTo(Fault.JOURNAL_BEHIND);
        assertThat(TestFleet.refused(fleet.polled(new Polled(device, null, 4, "1", null, null))))
                .isEqualTo(Fault.JOURNAL_BEHIND);
        assertThat(await(fleet.devices.get(ANNA, device)).contact().journaled()).isEqualTo(2);
    }

    @Test
    void a_poll_of_an_unknown_device_is_refused() {
        Polled poll = new Polled(new DeviceId("nobody"), null, 0, "1", null, null);
        assertThat(TestFleet.refused(fleet.polled(poll))).isEqualTo(Fault.UNKNOWN_DEVICE);
    }

    @Test
    void a_report_leaves_its_offset_and_what_was_dropped() {
        DeviceId device = fleet.registered("c-6");
        Void unused = await(fleet.database.inTransaction(
                connection -> fleet.contacts.reported(connection, List.of(new Reported(device, -4_000, 17)))));
        Contact contact = await(fleet.devices.get(ANNA, device)).contact();
        assertThat(contact.last()).isEqualTo(NOW);
        assertThat(contact.clockOffsetMillis()).isEqualTo(-4_000);
        assertThat(contact.dropped()).isEqualTo(17);
    }
}

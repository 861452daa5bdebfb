package io.fairlead.enterprise.fleet;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotesTest {
    private static final Actor ANNA = Actor.operatingSystem("anna");
    private static final Actor BEN = Actor.operatingSystem("ben");
    private static final MovingClock CLOCK = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
    private static TestFleet fleet;
    private static Notes notes;

    @BeforeAll
    static void start() {
        fleet = new TestFleet(CLOCK);
        notes = new Notes(fleet.database, fleet.devices, fleet.audit, CLOCK);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @Test
    void notes_are_listed_newest_first_and_page_by_page() {
        DeviceId device = fleet.registered("n-1");
        for (int i = 1; i <= 5; i++) {
            Note unused = await(notes.write(ANNA, device, new Remark("note " + i)));
        }
        List<Note> first = await(notes.list(BEN, device, 0, 3));
        assertThat(first).extracting(Note::text).containsExactly("note 5", "note 4", "note 3");
        assertThat(await(notes.list(BEN, device, first.get(2).id(), 3)))
                .extracting(Note::text)
                .containsExactly("note 2", "note 1");
    }

    @Test
    void who_wrote_a_note_puts_it_right_for_a_quarter_of_an_hour_and_no_wording_is_lost() {
        DeviceId device = fleet.registered("n-2");
        Note note = await(notes.write(ANNA, device, new Remark("lamp at 900 h")));
        Note better = await(notes.edit(ANNA, device, note.id(), 1, new Remark("lamp at 950 h")));

        assertThat(better.text()).isEqualTo("lamp at 950 h");
        assertThat(better.isEdited()).isTrue();
        assertThat(fleet.postgres.value("SELECT text FROM device_note_text WHERE version = 1 AND note = " + note.id()))
                .isEqualTo("lamp at 900 h");
        assertThat(TestFleet.refused(notes.edit(ANNA, device, note.id(), 1, new Remark("from an old page"))))
                .isEqualTo(Fault.CONFLICT);
        assertThat(TestFleet.refused(notes.edit(BEN, device, note.id(), 2, new Remark("not mine"))))
                .isEqualTo(Fault.CONFLICT);
        CLOCK.advance(Duration.ofMinutes(15));
        assertThat(notes.mayEdit(ANNA, better)).isFalse();
        assertThat(TestFleet.refused(notes.edit(ANNA, device, note.id(), 2, new Remark("too late"))))
                .isEqualTo(Fault.CONFLICT);
        assertThat(await(notes.list(ANNA, device, 0, 10))).hasSize(1);
        assertThat(fleet.postgres.value("SELECT string_agg(code || ' ' || detail, ', ' ORDER BY id) FROM audit_entry"
                        + " WHERE subject = 'n-2' AND code LIKE 'note.%'"))
                .isEqualTo("note.written note=" + note.id() + ", note.edited note=" + note.id() + " version=2");
    }

    @Test
    void a_note_belongs_to_its_device_and_strangers_see_none() {
        DeviceId device = fleet.registered("n-3");
        DeviceId other = fleet.registered("n-4");
        Note note = await(notes.write(ANNA, device, new Remark("x")));
        assertThat(TestFleet.refused(notes.edit(ANNA, other, note.id(), 1, new Remark("y"))))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(await(notes.list(ANNA, other, 0, 10))).isEmpty();
        Actor stranger = Actor.person("nobody", true);
        assertThat(TestFleet.refused(notes.list(stranger, device, 0, 10))).isIn(Fault.UNKNOWN_DEVICE, Fault.FORBIDDEN);
        assertThat(TestFleet.refused(notes.write(stranger, device, new Remark("y"))))
                .isIn(Fault.UNKNOWN_DEVICE, Fault.FORBIDDEN);
        assertThat(TestFleet.refused(notes.write(ANNA, new DeviceId("n-none"), new Remark("y"))))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
    }
}

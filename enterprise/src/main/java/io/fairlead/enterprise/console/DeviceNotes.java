package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.fleet.Note;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The notes on a device.
 *
 * @param editable the ids of those that the visitor may put right now
 * @param first whether it is the newest page, which asks for itself again
 * @param older the address of the next page; null when this is the last
 * @param form of a new note, with what was typed into it
 * @param editing the id of the note whose form was sent and must be mended; 0 for none
 * @param edit that form
 */
public record DeviceNotes(
        DeviceHead head,
        List<Note> notes,
        Set<Long> editable,
        boolean first,
        @Nullable String older,
        Form form,
        long editing,
        Form edit) {
    public DeviceNotes {
        notes = List.copyOf(notes);
        editable = Set.copyOf(editable);
    }

    public boolean mayEdit(Note note) {
        return editable.contains(note.id());
    }

    /** The form of a note: what was typed, or what it says. */
    public Form form(Note note) {
        return note.id() == editing ? edit : Form.filled(java.util.Map.of("text", note.text()));
    }
}

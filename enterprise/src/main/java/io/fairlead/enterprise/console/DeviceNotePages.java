package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.Note;
import io.fairlead.enterprise.fleet.Notes;
import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Collectors;

/** Notes on a device. */
final class DeviceNotePages implements Pages {
    private static final int PAGE = 30;
    private static final String TEMPLATE = "console/deviceNotes.jte";

    private final DeviceHeads heads;
    private final Notes notes;

    DeviceNotePages(DeviceHeads heads, Notes notes) {
        this.heads = heads;
        this.notes = notes;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/notes", Access.to(Action.SEE_DATA), this::show);
        doors.post("/devices/:device/notes", Access.to(Action.WRITE_NOTE), this::write);
        doors.post("/devices/:device/notes/:note", Access.to(Action.WRITE_NOTE), this::edit);
    }

    private Future<Answer> show(Visit visit) {
        return page(visit, Form.blank(), 0, Form.blank()).map(view -> Answer.show(TEMPLATE, view));
    }

    private Future<DeviceNotes> page(Visit visit, Form form, long editing, Form edit) {
        String asked =
                editing == 0 && form.value("text").isEmpty() ? visit.query().value("before") : "";
        long before = asked.matches("[0-9]{1,18}") ? Long.parseLong(asked) : 0;
        return heads.of(visit, DeviceTab.NOTES)
                .compose(head -> notes.list(visit.actor(), head.device().id(), before, PAGE + 1)
                        .map(found -> {
                            List<Note> shown = found.subList(0, Math.min(PAGE, found.size()));
                            String older = found.size() <= PAGE
                                    ? null
                                    : head.path(DeviceTab.NOTES) + "?before="
                                            + shown.get(PAGE - 1).id();
                            return new DeviceNotes(
                                    head,
                                    shown,
                                    shown.stream()
                                            .filter(note -> notes.mayEdit(visit.actor(), note))
                                            .map(Note::id)
                                            .collect(Collectors.toSet()),
                                    before == 0,
                                    older,
                                    form,
                                    editing,
                                    edit);
                        }));
    }

    private Future<Answer> write(Visit visit) {
        Form form = visit.form();
        Remark text = DeviceAlarmPages.remark(form, "text");
        if (!form.ok()) {
            return page(visit, form, 0, Form.blank()).map(view -> Answer.mend(TEMPLATE, view));
        }
        return notes.write(visit.actor(), DeviceHeads.id(visit), text)
                .map(note -> back(visit).saying(Toast.done("Your note is kept.")));
    }

    private Future<Answer> edit(Visit visit) {
        Form form = visit.form();
        long id = DeviceHeads.number(visit, "note");
        Remark text = DeviceAlarmPages.remark(form, "text");
        int version = (int) form.number("version", 1, Integer.MAX_VALUE);
        if (!form.ok()) {
            return page(visit, Form.blank(), id, form).map(view -> Answer.mend(TEMPLATE, view));
        }
        return notes.edit(visit.actor(), DeviceHeads.id(visit), id, version, text)
                .map(note ->
                        back(visit).saying(Toast.done("Your note is put right; the wording before is kept as well.")))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT
                        ? late(visit, form)
                        : Future.failedFuture(failure));
    }

    /** What was typed is not lost: it stands in the form of a new note. */
    private Future<Answer> late(Visit visit, Form form) {
        form.fault(
                "",
                "This note can no longer be put right: more than 15 minutes have passed, or it was changed elsewhere."
                        + " What you typed stands here, to be added as a new note.");
        return page(visit, form, 0, Form.blank()).map(view -> Answer.mend(TEMPLATE, view));
    }

    private static Answer back(Visit visit) {
        return Answer.go("/devices/" + DeviceHeads.id(visit) + "/notes");
    }
}

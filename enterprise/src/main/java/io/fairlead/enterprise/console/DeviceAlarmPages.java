package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.status.Alarm;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.Severity;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The alarms of a device and what people do about them, and its events. */
final class DeviceAlarmPages implements Pages {
    private static final int PAST = 20;
    private static final int EVENTS = 30;
    private static final String TEMPLATE = "console/deviceAlarms.jte";

    private final DeviceHeads heads;
    private final Alarms alarms;
    private final Events events;

    DeviceAlarmPages(DeviceHeads heads, Alarms alarms, Events events) {
        this.heads = heads;
        this.alarms = alarms;
        this.events = events;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/alarms", Access.to(Action.SEE_DATA), this::show);
        doors.get("/devices/:device/alarms/open", Access.to(Action.SEE_DATA), this::open);
        doors.post("/devices/:device/alarms/:alarm/acknowledge", Access.to(Action.HANDLE_ALARM), this::acknowledge);
        doors.post("/devices/:device/alarms/:alarm/comment", Access.to(Action.HANDLE_ALARM), this::comment);
        doors.post("/devices/:device/alarms/:alarm/close", Access.to(Action.HANDLE_ALARM), this::close);
    }

    private Future<Answer> show(Visit visit) {
        return page(visit, null).map(view -> Answer.show(TEMPLATE, view));
    }

    /** Those that are open, without the page around them. */
    private Future<Answer> open(Visit visit) {
        return heads.of(visit, DeviceTab.ALARMS)
                .map(head -> new DeviceAlarms(head, List.of(), null, List.of(), null, true, Severity.INFO, null))
                .map(view -> Answer.show("console/deviceAlarmsOpen.jte", view));
    }

    private Future<DeviceAlarms> page(Visit visit, DeviceAlarms.@Nullable Mending mending) {
        Form query = mending == null ? visit.query() : Form.blank();
        Alarms.Place pastAfter = pastPlace(query.value("past"));
        Events.Place eventsAfter = eventPlace(query.value("events"));
        Severity least = severity(query.value("least"));
        return heads.of(visit, DeviceTab.ALARMS)
                .compose(head -> alarms.past(visit.actor(), head.device().id(), pastAfter, PAST + 1)
                        .compose(past -> events.page(
                                        visit.actor(), head.device().id(), least, eventsAfter, EVENTS)
                                .map(page -> new DeviceAlarms(
                                        head,
                                        past.subList(0, Math.min(PAST, past.size())),
                                        past.size() <= PAST ? null : older(head, past.get(PAST - 1)),
                                        page.events(),
                                        page.next() == null ? null : older(head, least, page.next()),
                                        pastAfter == null && eventsAfter == null,
                                        least,
                                        mending))));
    }

    private static String older(DeviceHead head, Alarm last) {
        return head.path("alarms") + "?past=" + encoded(last.clearedAt() + "~" + last.id()) + "#past";
    }

    private static String older(DeviceHead head, Severity least, Events.Place next) {
        return head.path("alarms") + "?least=" + least.key() + "&events=" + encoded(DeviceAlarms.place(next))
                + "#events";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Who types a place wrongly is shown the first page. */
    private static Alarms.@Nullable Place pastPlace(String text) {
        int tilde = text.matches("[0-9]{4}-.*") ? text.indexOf('~') : -1;
        try {
            return tilde < 0
                    ? null
                    : new Alarms.Place(
                            Instant.parse(text.substring(0, tilde)), Long.parseLong(text.substring(tilde + 1)));
        } catch (DateTimeException | NumberFormatException wrong) {
            return null;
        }
    }

    private static Events.@Nullable Place eventPlace(String text) {
        int tilde = text.matches("[0-9]{4}-.*") ? text.indexOf('~') : -1;
        try {
            return tilde < 0
                    ? null
                    : new Events.Place(
                            Instant.parse(text.substring(0, tilde)), Integer.parseInt(text.substring(tilde + 1)));
        } catch (DateTimeException | NumberFormatException | Refusal wrong) {
            return null;
        }
    }

    private static Severity severity(String text) {
        for (Severity each : Severity.values()) {
            if (each.key().equals(text.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        return Severity.INFO;
    }

    private Future<Answer> acknowledge(Visit visit) {
        Form form = visit.form();
        Remark comment = form.value("comment").isBlank() ? null : remark(form, "comment");
        return done(
                visit,
                "acknowledge",
                form,
                () -> alarms.acknowledge(visit.actor(), alarm(visit), comment)
                        .map(outcome -> outcome.first()
                                ? Toast.done("Acknowledged.")
                                : Toast.fault(who(outcome.alarm()) + " had acknowledged this alarm before you."
                                        + (comment == null ? "" : " Your comment is kept."))));
    }

    private static String who(Alarm alarm) {
        Alarm.Acknowledged acknowledged = alarm.acknowledged();
        return acknowledged == null ? "Somebody" : Shown.who(acknowledged.by());
    }

    private Future<Answer> comment(Visit visit) {
        Form form = visit.form();
        Remark comment = remark(form, "comment");
        return done(
                visit,
                "comment",
                form,
                () -> alarms.comment(visit.actor(), alarm(visit), comment)
                        .map(alarm -> Toast.done("Your comment is kept.")));
    }

    private Future<Answer> close(Visit visit) {
        Form form = visit.form();
        Remark why = remark(form, "comment");
        return done(
                visit,
                "close",
                form,
                () -> alarms.close(visit.actor(), alarm(visit), why)
                        .map(alarm -> Toast.done(
                                "Closed. If the condition is reported again, it comes back as a new alarm.")));
    }

    private interface Deed {
        Future<Toast> done();
    }

    /** Does it, or shows the form again with what was typed: when it does not fit, and when it came too late. */
    private Future<Answer> done(Visit visit, String deed, Form form, Deed act) {
        long alarm = alarm(visit);
        if (!form.ok()) {
            return page(visit, new DeviceAlarms.Mending(alarm, deed, form)).map(view -> Answer.mend(TEMPLATE, view));
        }
        return act.done()
                .map(toast -> Answer.go("/devices/" + DeviceHeads.id(visit) + "/alarms")
                        .saying(toast))
                .recover(failure -> {
                    if (failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT) {
                        form.fault(
                                "",
                                "This could not be done: the alarm has changed meanwhile, or is full. It is shown as it is now.");
                        return page(visit, new DeviceAlarms.Mending(alarm, deed, form))
                                .map(view -> Answer.mend(TEMPLATE, view));
                    }
                    return Future.failedFuture(failure);
                });
    }

    private static long alarm(Visit visit) {
        return DeviceHeads.number(visit, "alarm");
    }

    /** What was typed; a stand-in when it does not fit, and then the form says why. */
    static Remark remark(Form form, String field) {
        try {
            return new Remark(form.lines(field, 1, Remark.LONGEST));
        } catch (Refusal unfit) {
            form.fault(field, "Characters that turn writing round or hide are not taken here.");
            return new Remark("-");
        }
    }
}

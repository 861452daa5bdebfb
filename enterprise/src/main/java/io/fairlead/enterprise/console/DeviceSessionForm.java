package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.ServiceWords;
import io.fairlead.enterprise.remote.SessionWish;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody fills in to ask for a session: for each desktop that is offered a field of its own with view or control,
 * {@code use} and {@code terminal} with the names that are ticked, {@code other} as people type services.
 */
final class DeviceSessionForm {
    /** Before the name of a desktop. */
    static final String DESKTOP = "desktop.";

    private static final int LONGEST_OTHER = 400;

    private DeviceSessionForm() {}

    /**
     * Reads it.
     *
     * @param desktops the names of those that are offered
     * @return null when something is wrong, which the form says then
     */
    static @Nullable SessionWish wish(Form form, Actor actor, DeviceId device, List<String> desktops) {
        List<SessionService> services = new ArrayList<>();
        for (String desktop : desktops) {
            String mode = form.value(DESKTOP + desktop);
            if (!mode.isEmpty()) {
                add(form, services, desktop + ":" + mode, "services");
            }
        }
        form.values("use").forEach(name -> add(form, services, name + ":use", "services"));
        form.values("terminal").forEach(name -> add(form, services, name + ":terminal", "services"));
        Stream.of(form.text("other", 0, LONGEST_OTHER).split("[ ,;]+", -1))
                .filter(word -> !word.isEmpty())
                .forEach(word -> add(form, services, word, "other"));
        if (form.ok()) {
            judge(form, services);
        }
        String reason = form.text("reason", 1, SessionRequest.MOST_TEXT);
        int minutes = (int) form.number("minutes", 1, SessionRequest.MOST_MINUTES);
        if (!form.ok()) {
            return null;
        }
        try {
            return new SessionWish(actor, device, reason, minutes, services);
        } catch (Refusal unfit) {
            form.fault(
                    "reason",
                    PlainText.is(reason)
                            ? "A little shorter, please."
                            : "Characters that turn writing round or hide are not taken here.");
            return null;
        }
    }

    private static void add(Form form, List<SessionService> services, String typed, String field) {
        try {
            services.add(ServiceWords.typed(typed));
        } catch (IllegalArgumentException none) {
            form.fault(field, Shown.text(Objects.requireNonNullElse(none.getMessage(), "This is no service.")));
        }
    }

    private static void judge(Form form, List<SessionService> services) {
        if (services.isEmpty()) {
            form.fault("services", "Choose what the session is to be about.");
        } else if (services.size() > SessionRequest.MOST_SERVICES) {
            form.fault("services", "At most " + SessionRequest.MOST_SERVICES + " at once, please.");
        } else if (services.stream().map(SessionService::name).distinct().count() < services.size()) {
            form.fault("other", "One of these is asked for twice; once is enough, and control includes to view.");
        }
    }

    /** A desktop's field, as it is chosen; what is offered alone is chosen to be viewed unless somebody chose otherwise. */
    static String chosen(Form form, String desktop, boolean alone) {
        List<String> typed = form.values(DESKTOP + desktop);
        return typed.isEmpty() ? (alone ? Mode.VIEW.word() : "") : typed.get(0);
    }
}

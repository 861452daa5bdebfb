package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.instruction.Act;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a device something to do, and shows how it ends. */
final class DeviceInstructionPages implements Pages {
    private static final int SHOWN = 50;
    private static final int MOST = 1_000;
    private static final int LONGEST_REASON = 300;
    private static final String TEMPLATE = "console/deviceInstructions.jte";

    private final DeviceHeads heads;
    private final Instructions instructions;

    DeviceInstructionPages(DeviceHeads heads, Instructions instructions) {
        this.heads = heads;
        this.instructions = instructions;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/instructions", Access.to(Action.SEE_DATA), this::show);
        doors.get("/devices/:device/instructions/list", Access.to(Action.SEE_DATA), this::list);
        doors.post("/devices/:device/instructions", Access.to(Action.INSTRUCT), this::give);
        doors.post("/devices/:device/instructions/:number/cancel", Access.to(Action.STOP), this::cancel);
    }

    private Future<Answer> show(Visit visit) {
        return page(visit, visit.query()).map(view -> Answer.show(TEMPLATE, view));
    }

    private Future<Answer> list(Visit visit) {
        return page(visit, Form.blank()).map(view -> Answer.show("console/deviceInstructionList.jte", view));
    }

    private Future<DeviceInstructions> page(Visit visit, Form form) {
        int limit = visit.query().value("all").isEmpty() ? SHOWN : MOST;
        return heads.of(visit, DeviceTab.INSTRUCTIONS)
                .compose(head -> instructions
                        .list(visit.actor(), head.device().id(), limit)
                        .map(list -> new DeviceInstructions(head, list, limit, form, diagnostics(list))));
    }

    private static List<String> diagnostics(List<io.fairlead.enterprise.instruction.Instruction> list) {
        return list.stream()
                .filter(one -> one.kind().equals("diagnose"))
                .map(io.fairlead.enterprise.instruction.Instruction::subject)
                .distinct()
                .sorted()
                .limit(20)
                .toList();
    }

    private Future<Answer> give(Visit visit) {
        Form form = visit.form();
        DeviceId device = DeviceHeads.id(visit);
        Act act = act(form);
        String reason = reason(form, "reason");
        Wish wish = form.ok() && act != null ? wish(visit, device, act, reason, form) : null;
        if (wish == null) {
            return page(visit, form).map(view -> Answer.mend(TEMPLATE, view));
        }
        return instructions
                .create(wish)
                .map(number -> Answer.go("/devices/" + device + "/instructions")
                        .saying(Toast.done("Instruction " + number + " is on its way to " + device + ".")))
                .recover(failure -> mended(visit, form, failure));
    }

    private static @Nullable Wish wish(Visit visit, DeviceId device, Act act, String reason, Form form) {
        try {
            return Wish.of(visit.actor(), device, act, reason);
        } catch (Refusal unfit) {
            form.fault("reason", "Characters that turn writing round or hide are not taken here.");
            return null;
        }
    }

    private Future<Answer> mended(Visit visit, Form form, Throwable failure) {
        String why = whyNot(failure);
        if (why.isEmpty()) {
            return Future.failedFuture(failure);
        }
        form.fault("", why);
        return page(visit, form).map(view -> Answer.mend(TEMPLATE, view));
    }

    /** What keeps an instruction from being made, for the form; empty for what has a page of its own. */
    static String whyNot(Throwable failure) {
        return failure instanceof Refusal refusal
                ? switch (refusal.fault()) {
                    case DEVICE_MUTED -> "This device is muted: it gets no instruction until somebody unmutes it.";
                    case NOT_ENROLLED -> "No agent is enrolled for this device, so nothing can be sent to it.";
                    case INVALID -> "This does not fit into an instruction. Make it shorter.";
                    case STORAGE_FULL -> "The server has no room for this file now.";
                    case DIGEST -> "The file changed while it was read, or was damaged on its way. Send it again.";
                    default -> "";
                }
                : "";
    }

    /** Null, with a message beside the field, for what is none. */
    private static @Nullable Act act(Form form) {
        return switch (form.value("action")) {
            case "collect" -> new Act.Collect();
            case "restart" -> new Act.Restart();
            case "diagnose" -> {
                String name = form.text("diagnostic", 1, 64);
                yield form.message("diagnostic").isEmpty()
                        ? made(form, "diagnostic", () -> new Act.Diagnose(name))
                        : null;
            }
            case "set" -> set(form);
            default -> {
                form.fault("action", "Choose what the device is to do.");
                yield null;
            }
        };
    }

    private static @Nullable Act set(Form form) {
        String chosen = form.value("key");
        String key = chosen.equals("other") ? form.text("otherKey", 1, 64) : chosen;
        for (TuningChoice known : TuningChoice.KNOWN) {
            if (known.key().equals(key)) {
                long value = form.number("value", known.least(), known.most());
                return form.message("value").isEmpty()
                        ? made(form, "value", () -> new Act.SetKey(key, Long.toString(value)))
                        : null;
            }
        }
        if (!chosen.equals("other")) {
            form.fault("key", "Choose a key.");
            return null;
        }
        String value = form.text("value", 1, 1_024);
        return form.ok() ? made(form, "otherKey", () -> new Act.SetKey(key, value)) : null;
    }

    private interface Making {
        Act make();
    }

    private static @Nullable Act made(Form form, String field, Making making) {
        try {
            return making.make();
        } catch (Refusal unfit) {
            form.fault(field, "Letters, digits and . _ - only, and a letter or digit first.");
            return null;
        }
    }

    /** Why, for the person at the instrument and for the record; may be empty. */
    static String reason(Form form, String field) {
        return form.text(field, 0, LONGEST_REASON);
    }

    private Future<Answer> cancel(Visit visit) {
        DeviceId device = DeviceHeads.id(visit);
        long number = DeviceHeads.number(visit, "number");
        Answer back = Answer.go("/devices/" + device + "/instructions");
        return instructions
                .cancel(visit.actor(), device, number, "-")
                .map(done -> back.saying(Toast.done("Instruction " + number + " is cancelled.")))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT
                        ? Future.succeededFuture(back.saying(Toast.fault("Instruction " + number
                                + " is with the device already, or over: it cannot be taken back.")))
                        : Future.failedFuture(failure));
    }
}

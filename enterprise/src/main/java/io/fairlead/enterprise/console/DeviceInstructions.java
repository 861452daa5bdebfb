package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.instruction.Instruction;
import java.util.List;

/**
 * The instructions of a device.
 *
 * @param list the newest first
 * @param limit how many were asked for
 * @param form of a new one, with what was typed into it
 * @param diagnostics names that this device was asked for before
 */
public record DeviceInstructions(
        DeviceHead head, List<Instruction> list, int limit, Form form, List<String> diagnostics) {
    public DeviceInstructions {
        list = List.copyOf(list);
        diagnostics = List.copyOf(diagnostics);
    }

    /** What is chosen in the form. */
    public String chosen() {
        return form.value("action").isEmpty() ? "collect" : form.value("action");
    }

    public boolean hasMore() {
        return list.size() >= limit;
    }

    /** What an instruction is about, for people. */
    public static String what(Instruction one) {
        return switch (one.kind()) {
            case "collect" -> "Collect now";
            case "set" -> "Set " + one.subject();
            case "diagnose" -> "Run diagnostic " + one.subject();
            case "restart" -> "Restart the agent";
            case "upload" -> "Send us " + one.subject();
            case "receive" -> "Take " + one.subject();
            case "package" -> "Send a diagnostic package";
            case "cancel" -> "End a transfer";
            default -> one.kind() + " " + one.subject();
        };
    }

    /** Where it stands, in words. */
    public static String state(Instruction one) {
        return switch (one.state()) {
            case WAITING -> "waiting";
            case JOURNALED -> "at the device";
            case EXPIRED -> "expired";
            case VOID -> "void";
            case CANCELLED -> "cancelled";
            case DONE -> "done";
            case FAILED -> "failed";
            case REFUSED -> "refused";
            case INTERRUPTED -> "interrupted";
        };
    }

    /** How it looks: good, warn, bad or nothing. */
    public static String tone(Instruction one) {
        return switch (one.state()) {
            case DONE -> "good";
            case WAITING, JOURNALED -> "busy";
            case FAILED, INTERRUPTED -> "bad";
            case REFUSED -> "warn";
            case EXPIRED, VOID, CANCELLED -> "off";
        };
    }
}

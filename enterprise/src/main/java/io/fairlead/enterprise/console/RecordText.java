package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.AuditRow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of the audit as a sentence without its subject: "asked it to collect now (instruction 12): ticket 4711". A reading
 * aid; what was recorded stands beside it, and codes that are not known here are given as they are.
 */
public final class RecordText {
    private static final Pattern INSTRUCTION =
            Pattern.compile("sequence=(\\d+) kind=(\\w+) subject=(.*?)(?: reason=(.*))?");

    private RecordText() {}

    /** What was done. */
    public static String sentence(AuditRow row) {
        String detail = row.detail();
        return switch (row.code()) {
            case "device.registered" ->
                "registered it: " + part(detail, "model") + ", " + part(detail, "customer") + ", "
                        + part(detail, "site");
            case "device.revoked" -> "revoked it" + why(detail);
            case "device.muted" -> "muted it" + why(detail);
            case "device.unmuted" -> "unmuted it" + why(detail);
            case "device.changed" -> "changed what is on record of it: " + detail;
            case "device.retired" -> "took it out of service" + why(detail);
            case "device.unretired" -> "brought it back into service" + why(detail);
            case "group.device-added" -> "put it into the group " + detail.replaceFirst("^group=", "");
            case "group.device-removed" -> "took it out of the group " + detail.replaceFirst("^group=", "");
            case "device.stolen" -> "reported it stolen" + why(detail);
            case "device.found" -> "said that it was found" + why(detail);
            case "enrolment.code-made" -> "made a code that enrols it";
            case "enrolment.code-killed" -> "killed " + count(detail, "open code") + why(detail);
            case "enrolment.device-enrolled" -> "enrolled, from " + part(detail, "address");
            case "enrolment.repeated" -> "asked once more for the certificate of its enrolment";
            case "enrolment.refused" -> "was refused an enrolment" + why(detail);
            case "certificate.revoked" ->
                part(detail, "count").equals("0")
                        ? "would have revoked its certificates, but it had none"
                        : "revoked " + count(detail, "certificate") + why(detail);
            case "certificate.renewed" -> "renewed its certificate";
            case "certificate.expiring" ->
                "warned that its certificate ends" + after(part(detail, "days"), " in ", " days");
            case "instruction.created" -> instruction(detail);
            case "instruction.finished" ->
                "ended instruction " + part(detail, "sequence") + ": "
                        + part(detail, "outcome").toLowerCase(java.util.Locale.ROOT);
            case "instruction.cancelled" ->
                "cancelled instruction " + part(detail, "sequences").replaceAll("[\\[\\]]", "") + why(detail);
            case "instruction.result-unknown" -> "sent results of instructions that were never made";
            case "clone.suspected" -> "may have its identity on two machines: " + detail;
            case "clone.held" -> "is held, since two machines have its identity: " + detail;
            case "clone.decided" -> "decided which machine is the device: holder " + part(detail, "keep") + why(detail);
            case "clone.released" -> "released it from being held" + why(detail);
            case "session.requested" -> "asked for a remote session" + why(detail);
            case "session.asked" -> "asks somebody about a remote session";
            case "session.granted" -> "granted a remote session";
            case "session.not-granted" ->
                "granted no remote session: " + part(detail, "state").toLowerCase(java.util.Locale.ROOT);
            case "session.ended" -> "ended a remote session" + after(part(detail, "cause"), ": ", "");
            case "session.receipt-refused" -> "brought a receipt that proves nothing";
            case "session.stream-asked" -> "asked for a stream: " + part(detail, "service");
            case "session.stream-opened" -> "opened a stream of a remote session";
            case "session.stream-ended" ->
                "ended a stream of a remote session" + after(part(detail, "cause"), ": ", "");
            case "session.watch-asked" -> "asked to look on at a remote session";
            case "session.watch-allowed" ->
                "let " + Shown.who(part(detail, "watcher")) + " look on at a remote session";
            case "session.watch-declined" ->
                "does not let " + Shown.who(part(detail, "watcher")) + " look on at a remote session";
            case "session.watch-ended" ->
                "ended that " + Shown.who(part(detail, "watcher")) + " looks on at a remote session"
                        + after(part(detail, "cause"), ": ", "");
            case "recording.ended" -> "has the recording of a stream complete";
            case "recording.played" -> "played a recording of a remote session";
            case "recording.saved" -> "saved a copy of a recording of a remote session";
            case "recording.kept-longer" ->
                "has a recording of a remote session kept" + after(part(detail, "until"), " until ", "");
            case "transfer.requested" -> "asked for a transfer" + after(part(detail, "asked"), ": ", "");
            case "transfer.offered" -> "offered " + named(part(detail, "name"));
            case "transfer.begun" -> "began a transfer";
            case "transfer.restarted" -> "began a transfer once more";
            case "transfer.ended" ->
                "ended a transfer: "
                        + part(detail, "state").toLowerCase(java.util.Locale.ROOT)
                        + after(rest(detail, "detail"), ", ", "");
            case "transfer.saved" -> "downloaded a file of it";
            case "transfer.link-made" -> "made a one-time link to a file of it";
            case "transfer.link-used" -> "used a one-time link to a file of it, from " + part(detail, "address");
            case "transfer.deleted" -> "deleted a file whose time was over";
            case "alarm.acknowledged" -> "acknowledged the alarm " + part(detail, "code");
            case "alarm.commented" -> "commented on the alarm " + part(detail, "code");
            case "alarm.closed" -> "closed the alarm " + part(detail, "code");
            case "device.reach-reported" ->
                "checked what its site lets through: "
                        + (part(detail, "missing").equals("0")
                                ? "all that is required"
                                : part(detail, "missing") + " of " + part(detail, "required")
                                        + " required rows are not reached");
            case "note.written" -> "wrote a note";
            case "note.edited" -> "put a note right";
            case "history.exported" -> "exported history of " + part(detail, "items") + " as " + part(detail, "format");
            default -> row.code() + (detail.isEmpty() ? "" : ": " + detail);
        };
    }

    private static String instruction(String detail) {
        Matcher matcher = INSTRUCTION.matcher(detail);
        if (!matcher.matches()) {
            return "gave an instruction: " + detail;
        }
        String subject = matcher.group(3);
        String what = switch (matcher.group(2)) {
            case "collect" -> "collect now";
            case "set" -> "set " + subject;
            case "diagnose" -> "run the diagnostic " + subject;
            case "restart" -> "restart its agent";
            case "upload" -> "send " + named(subject);
            case "receive" -> "take " + named(subject);
            case "package" -> "send a diagnostic package";
            case "cancel" -> "end a transfer";
            default -> matcher.group(2) + " " + subject;
        };
        String reason = matcher.group(4);
        return "asked it to " + what + " (instruction " + matcher.group(1) + ")"
                + (reason == null ? "" : after(reason, ": ", ""));
    }

    private static String named(String name) {
        return "“" + name + "”";
    }

    private static String why(String detail) {
        String reason = rest(detail, "reason");
        String why = reason.isEmpty() ? rest(detail, "why") : reason;
        return why.equals("-") ? "" : after(why, ": ", "");
    }

    private static String count(String detail, String what) {
        String count = part(detail, "count");
        return count.equals("1") ? "1 " + what : count + " " + what + "s";
    }

    private static String after(String text, String before, String behind) {
        return text.isEmpty() ? "" : before + text + behind;
    }

    /** The value of a key, up to the next one. */
    private static String part(String detail, String key) {
        Matcher matcher =
                Pattern.compile("(?:^| )" + key + "=(.*?)(?= [a-zA-Z0-9]+=|$)").matcher(detail);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The value of the last key, whatever stands in it. */
    private static String rest(String detail, String key) {
        Matcher matcher = Pattern.compile("(?:^| )" + key + "=(.*)$").matcher(detail);
        return matcher.find() ? matcher.group(1) : "";
    }
}

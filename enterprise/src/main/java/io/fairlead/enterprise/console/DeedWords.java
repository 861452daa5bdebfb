package io.fairlead.enterprise.console;

import io.fairlead.enterprise.roster.Deed;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what was done in a sentence, for those whose devices they are. */
final class DeedWords {
    private static final Pattern REASON = Pattern.compile("(?:^| )reason=(.*)$");
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("device.registered", "Registered the device"),
            Map.entry("device.changed", "Changed what is on record of the device"),
            Map.entry("device.retired", "Took the device out of service"),
            Map.entry("device.unretired", "Brought the device back into service"),
            Map.entry("group.device-added", "Put the device into a group"),
            Map.entry("group.device-removed", "Took the device out of a group"),
            Map.entry("device.revoked", "Revoked the device's certificates"),
            Map.entry("device.muted", "Muted the device: it gets no instructions"),
            Map.entry("device.unmuted", "Unmuted the device"),
            Map.entry("device.stolen", "Reported the device stolen"),
            Map.entry("device.found", "Reported the device found"),
            Map.entry("device.reach-reported", "The device checked what its site lets through"),
            Map.entry("enrolment.code-made", "Made a string that enrols a PC as this device"),
            Map.entry("enrolment.code-killed", "Withdrew a string that enrols"),
            Map.entry("enrolment.device-enrolled", "The PC enrolled as this device"),
            Map.entry("enrolment.repeated", "The PC fetched its certificate again"),
            Map.entry("enrolment.refused", "An attempt to enrol was refused"),
            Map.entry("certificate.revoked", "A certificate was revoked"),
            Map.entry("certificate.renewed", "The agent renewed its certificate"),
            Map.entry("certificate.expiring", "A certificate is about to end"),
            Map.entry("instruction.created", "Asked the device to: %s"),
            Map.entry("instruction.finished", "The device answered: %s"),
            Map.entry("instruction.cancelled", "Took instructions back before they were carried out"),
            Map.entry("instruction.result-unknown", "The device answered an instruction that nobody gave"),
            Map.entry("clone.suspected", "A second holder of the identity is suspected"),
            Map.entry("clone.held", "Two PCs showed as this device: it is held"),
            Map.entry("clone.decided", "Decided which PC is this device"),
            Map.entry("clone.released", "Let the device go on after it was held"),
            Map.entry("alarm.acknowledged", "Acknowledged an alarm"),
            Map.entry("alarm.commented", "Commented on an alarm"),
            Map.entry("alarm.closed", "Closed an alarm"),
            Map.entry("note.written", "Wrote a note"),
            Map.entry("note.edited", "Put a note right"),
            Map.entry("history.exported", "Exported the history of values"),
            Map.entry("session.requested", "Asked for a remote session"),
            Map.entry("session.asked", "Somebody at the device was asked about a remote session"),
            Map.entry("session.granted", "A remote session was granted at the device"),
            Map.entry("session.not-granted", "A remote session was not granted at the device"),
            Map.entry("session.ended", "A remote session ended, or was taken back"),
            Map.entry("session.receipt-refused", "A receipt for a remote session proved nothing and was refused"),
            Map.entry("session.stream-asked", "Asked for a stream of a remote session"),
            Map.entry("session.stream-opened", "A stream of a remote session began"),
            Map.entry("session.stream-ended", "A stream of a remote session ended"),
            Map.entry("session.watch-asked", "Asked to look on at a remote session of somebody else"),
            Map.entry("session.watch-allowed", "Let somebody look on at a remote session"),
            Map.entry("session.watch-declined", "Nobody else looks on at a remote session: a no, or no answer"),
            Map.entry("session.watch-ended", "Somebody looks on at a remote session no more"),
            Map.entry("recording.ended", "The recording of a stream is complete"),
            Map.entry("recording.played", "Played a recording of a remote session"),
            Map.entry("recording.saved", "Saved a copy of a recording of a remote session"),
            Map.entry("recording.kept-longer", "Has a recording of a remote session kept longer"),
            Map.entry("recording.deleted", "Deleted recordings whose time was over"),
            Map.entry("transfer.requested", "Asked for a file: %s"),
            Map.entry("transfer.offered", "The device offered the file: %s"),
            Map.entry("transfer.begun", "The file began to move: %s"),
            Map.entry("transfer.restarted", "The file began anew: %s"),
            Map.entry("transfer.ended", "The file is done with: %s"),
            Map.entry("transfer.done-although-cancelled", "The file was done although it was cancelled: %s"),
            Map.entry("transfer.saved", "Read the file: %s"),
            Map.entry("transfer.link-made", "Made a link to the file: %s"),
            Map.entry("transfer.link-used", "Somebody used a link to the file: %s"),
            Map.entry("transfer.deleted", "The file was deleted: %s"));

    private DeedWords() {}

    static String sentence(Deed deed) {
        String about = deed.about() == null ? "something" : deed.about();
        String known = SENTENCES.get(deed.code());
        String words = known == null ? unknown(deed.code()) : known.formatted(about);
        return switch (deed.code()) {
            case "instruction.finished" -> words + end(value(deed.detail(), "outcome"));
            case "transfer.ended" -> words + end(value(deed.detail(), "state"));
            case "alarm.acknowledged", "alarm.commented", "alarm.closed" -> words + named(value(deed.detail(), "code"));
            default -> words;
        };
    }

    /** What a code says, whatever it was done to. */
    static String sentence(String code) {
        String known = SENTENCES.get(code);
        return known == null
                ? unknown(code)
                : known.replace(" to: %s", " to do something").replace(": %s", "");
    }

    private static String named(String code) {
        return code.isEmpty() ? "" : " (" + code + ")";
    }

    private static String end(String outcome) {
        return switch (outcome) {
            case "" -> "";
            case "DONE" -> ", done";
            case "FAILED" -> ", and it failed";
            case "REFUSED" -> ", and it was refused at the site";
            case "INTERRUPTED" -> ", and it was interrupted";
            case "CANCELLED" -> ", cancelled";
            default -> ", " + outcome.toLowerCase(Locale.ROOT);
        };
    }

    /** What a newer server wrote: its code, as words. */
    private static String unknown(String code) {
        String words = code.replace('.', ' ').replace('-', ' ');
        return words.isEmpty() ? "Something" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Why, in the words of whoever did it; empty when nothing was said. */
    static String reason(Deed deed) {
        if (deed.reason() != null && !deed.reason().isEmpty() && deed.code().endsWith(".created")) {
            return deed.reason();
        }
        Matcher reason = REASON.matcher(deed.detail());
        return reason.find() ? reason.group(1) : "";
    }

    private static String value(String detail, String name) {
        Matcher found = Pattern.compile("(?:^| )" + name + "=(\\S*)").matcher(detail);
        return found.find() ? found.group(1) : "";
    }

    /** Who did it. */
    static String who(Deed deed) {
        String actor = deed.actor();
        String name = deed.name();
        if (name != null) {
            return name;
        }
        if (actor.startsWith("person:")) {
            return actor.substring("person:".length());
        }
        if (actor.startsWith("integration:")) {
            return "Account " + actor.substring("integration:".length());
        }
        if (actor.startsWith("os:")) {
            return "Operator of the server (" + actor.substring("os:".length()) + ")";
        }
        return actor.startsWith("device:") || actor.startsWith("enrolment:") ? "The device" : "The server";
    }

    /** Whether a person did it, or another system: neither the server nor the device by itself. */
    static boolean byPerson(Deed deed) {
        return Stream.of("person:", "integration:", "os:").anyMatch(deed.actor()::startsWith);
    }
}

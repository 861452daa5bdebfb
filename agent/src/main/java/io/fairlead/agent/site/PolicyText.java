package io.fairlead.agent.site;

import io.fairlead.agent.remote.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is told to the enterprise of the customer's policy, so that the customer's people can read there what counts here:
 * lines of {@code key=value}, within the 1,024 characters of a text. Counts stand for paths and names, but for the names of
 * services, by which remote sessions are asked for; nothing in it helps anybody in.
 *
 * <pre>
 *   believed=yes            or why everything is denied: then no other line follows
 *   demonstration=yes       only where site.conf belongs to the account that runs the agent
 *   collect=allow           for each action: allow, ask or deny, and hours
 *   receive=ask 07:00-19:00
 *   approvers=group, 2 people
 *   upload-roots=1          and receive-roots, patient, diagnostics, commands, services
 *   sealed=yes              files are sealed for the customer's own key
 *   transfer-hours=…        only where there are any
 *   sha256=…                of site.conf
 *   service.desktop=rfb     each service's name and kind, as many as fit
 * </pre>
 */
final class PolicyText {
    private static final int LONGEST_REASON = 300;
    /** With room for what a later version says more of. */
    private static final int LONGEST = 1_000;

    private PolicyText() {}

    static String denied(String reason) {
        String plain = reason.replaceAll("[\\p{Cntrl}]", " ");
        return "believed=no: " + plain.substring(0, Math.min(LONGEST_REASON, plain.length()));
    }

    static String of(SiteConfig word, boolean demonstration, String sha256) {
        StringBuilder text = new StringBuilder("believed=yes");
        if (demonstration) {
            line(text, "demonstration", "yes");
        }
        for (SiteAction action : SiteAction.values()) {
            line(text, action.word(), word.rule(action).words());
        }
        SiteFiles files = word.files();
        line(text, "approvers", approvers(word.approvers()));
        line(text, "upload-roots", count(files.uploadRoots()));
        line(text, "receive-roots", count(files.receiveRoots()));
        line(text, "patient", count(files.patient()));
        line(text, "diagnostics", count(word.diagnostics()));
        line(text, "commands", count(word.sources().commands()));
        line(text, "services", count(word.services()));
        line(text, "sealed", yes(files.encryptTo()));
        files.hours().ifPresent(hours -> line(text, "transfer-hours", hours.toString()));
        line(text, "sha256", sha256);
        for (Service service : word.services()) {
            String key = "service." + service.name();
            String kind = service.kind().name().toLowerCase(Locale.ROOT);
            if (text.length() + key.length() + kind.length() + 2 <= LONGEST) {
                line(text, key, kind);
            }
        }
        return text.toString();
    }

    private static String approvers(SiteApprovers approvers) {
        if (!approvers.any()) {
            return "none";
        }
        int count = approvers.people().size();
        String people = count == 0 ? "" : count == 1 ? "1 person" : count + " people";
        return approvers.group().isEmpty() ? people : people.isEmpty() ? "group" : "group, " + people;
    }

    private static String yes(Optional<Path> there) {
        return there.isPresent() ? "yes" : "no";
    }

    private static String count(List<?> list) {
        return String.format(Locale.ROOT, "%d", list.size());
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append('\n').append(key).append('=').append(value);
    }
}

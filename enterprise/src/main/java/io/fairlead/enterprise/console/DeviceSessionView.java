package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.remote.SessionRow;
import io.fairlead.enterprise.roster.DeviceState;
import io.fairlead.enterprise.roster.ReportedPolicy;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of a device, and what can be asked for.
 *
 * @param policy what its agent says of the customer's file
 * @param page the newest sessions first
 * @param form of a new one, with what was typed into it
 * @param all whether more than the first were asked for
 */
public record DeviceSessionView(
        DeviceHead head, Optional<ReportedPolicy> policy, SessionRow.Page page, Form form, boolean all) {
    private static final String RULE = "session";

    /** Whether an agent has said what can be asked for. */
    public boolean isKnown() {
        return policy.filter(ReportedPolicy::believed).isPresent();
    }

    /** The desktops that can be asked for. */
    public List<String> desktops() {
        return ofKind("rfb");
    }

    /** The terminals that can be asked for. */
    public List<String> terminals() {
        return ofKind("terminal");
    }

    /** Whatever else can be asked for. */
    public List<String> others() {
        return ofKind("raw");
    }

    private List<String> ofKind(String kind) {
        return isKnown()
                ? policy.map(ReportedPolicy::services).orElse(List.of()).stream()
                        .filter(service -> service.kind().equals(kind))
                        .map(ReportedPolicy.Service::name)
                        .toList()
                : List.of();
    }

    /** Whether something is offered to be chosen. */
    public boolean offers() {
        return !desktops().isEmpty() || !terminals().isEmpty() || !others().isEmpty();
    }

    /** What is chosen of a desktop: view, control, or empty for neither. */
    public String chosen(String desktop) {
        return DeviceSessionForm.chosen(
                form, desktop, desktops().size() == 1 && terminals().isEmpty() && others().isEmpty());
    }

    public String minutes() {
        return form.value("minutes").isEmpty() && form.ok() ? "30" : form.value("minutes");
    }

    /** What keeps it from being asked at all, as a sentence; empty when nothing does. */
    public String hindrance() {
        return switch (head.state()) {
            case STOLEN -> "The device is reported stolen: it takes no session.";
            case HELD -> "Two machines have this device’s identity: it takes no session until that is decided.";
            case NOT_ENROLLED -> "No agent is enrolled, so nobody can be asked.";
            case MUTED -> "The device is muted: it takes no session until somebody unmutes it.";
            default -> "";
        };
    }

    /** What is likely to come of it, as a sentence; empty when there is nothing to say. */
    public String outlook() {
        if (!hindrance().isEmpty()) {
            return "";
        }
        if (head.state() != DeviceState.ONLINE) {
            return "The device is not online now. A request waits ten minutes for it.";
        }
        if (policy.isPresent() && policy.get().reportedAt() != null && !isKnown()) {
            return "The agent does not trust its site’s file now, and refuses everything.";
        }
        return switch (policy.map(each -> each.rule(RULE)).orElse("")) {
            case "deny" -> "The site’s rules deny every session" + hours() + ". The agent will refuse this.";
            case "allow" -> "The site’s rules allow sessions" + hours() + " without asking.";
            case "ask" -> "Somebody at the instrument is asked" + hours() + " and decides.";
            default -> "";
        };
    }

    /** Whether it is likely to come to nothing. */
    public boolean isDark() {
        return head.state() != DeviceState.ONLINE
                || policy.filter(each -> each.rule(RULE).equals("deny")).isPresent()
                || (!isKnown()
                        && policy.filter(each -> each.reportedAt() != null).isPresent());
    }

    private String hours() {
        String hours = policy.map(each -> each.hours(RULE)).orElse("");
        return hours.isEmpty() ? "" : " (" + hours + " by the PC’s clock)";
    }

    /** Whether it can be asked for by this visitor, as things stand. */
    public boolean canAsk() {
        return head.may(Action.REQUEST_SESSION) && hindrance().isEmpty();
    }

    /** Whether there is something that this visitor may end. */
    public boolean canEnd() {
        return head.may(Action.STOP)
                && page.rows().stream().anyMatch(row -> !row.session().state().isOver());
    }
}

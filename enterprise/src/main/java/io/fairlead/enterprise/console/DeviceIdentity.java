package io.fairlead.enterprise.console;

import io.fairlead.enterprise.identity.IdentityRecords.IdentityRecord;
import io.fairlead.enterprise.identity.IssuedCertificate;
import io.fairlead.enterprise.roster.ReportedPolicy;
import io.fairlead.enterprise.status.LatestValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a device is and how it connects.
 *
 * @param polls whether a poll of it is open at this node
 * @param groups in which it is, and those of the visitor in which it is not
 * @param own what its agent says of its connection; empty for whom data is not to be seen
 */
public record DeviceIdentity(
        DeviceHead head, IdentityRecord identity, boolean polls, DeviceGroupList groups, List<LatestValue> own) {
    private static final Duration EXACT = Duration.ofSeconds(2);

    public DeviceIdentity {
        own = List.copyOf(own);
    }

    /** The one that passes now; null when none does. */
    public @Nullable IssuedCertificate current() {
        return identity.certificates().stream()
                .filter(each -> each.isGoodAt(head.now()) && each.firstUsedAt() != null)
                .findFirst()
                .orElseGet(() -> identity.certificates().stream()
                        .filter(each -> each.isGoodAt(head.now()))
                        .findFirst()
                        .orElse(null));
    }

    public String standing(IssuedCertificate each) {
        if (each.revokedAt() != null) {
            return "dead: " + Shown.brief(each.revokedWhy() == null ? "revoked" : each.revokedWhy());
        }
        if (!each.current()) {
            return "dead: of an older enrolment";
        }
        return each.notAfter().isBefore(head.now()) ? "expired" : each.firstUsedAt() == null ? "not used yet" : "good";
    }

    /** How its clock differs from ours. */
    public String clock() {
        Duration offset = Duration.ofMillis(head.device().contact().clockOffsetMillis());
        if (offset.abs().compareTo(EXACT) < 0) {
            return "right, within two seconds";
        }
        return Shown.span(offset.abs()) + (offset.isNegative() ? " behind ours" : " ahead of ours");
    }

    public boolean clockIsWrong() {
        return Math.abs(head.device().contact().clockOffsetMillis())
                > Duration.ofMinutes(2).toMillis();
    }

    /** By which way its requests leave the site, in the agent's words; empty when it did not say. */
    public String way() {
        return said("agent/way");
    }

    /** For how long its polls stay open; empty when it did not say. */
    public String hold() {
        return said("agent/poll-hold");
    }

    private String said(String item) {
        return own.stream()
                .filter(value -> value.item().equals(item) && value.text() != null)
                .map(value -> Shown.brief(String.valueOf(value.text())))
                .findFirst()
                .orElse("");
    }

    /** What the customer lets the enterprise do there; null while the agent has not said, or it is not to be seen. */
    public @Nullable ReportedPolicy policy() {
        return own.stream()
                .filter(value -> value.item().equals(ReportedPolicy.ITEM) && value.text() != null)
                .map(value -> ReportedPolicy.of(head.device(), String.valueOf(value.text()), value.receivedAt()))
                .findFirst()
                .orElse(null);
    }

    /** The actions that it is about, with what they are for people. */
    public Map<String, String> actions() {
        return new PolicyView(List.of()).actions();
    }
}

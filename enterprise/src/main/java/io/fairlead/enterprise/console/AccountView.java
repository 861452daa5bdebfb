package io.fairlead.enterprise.console;

import io.fairlead.enterprise.account.AccountCertificate;
import io.fairlead.enterprise.account.AccountDetails;
import io.fairlead.enterprise.account.AccountPassword;
import io.fairlead.enterprise.account.FailedCall;
import io.fairlead.enterprise.account.Made;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.notification.Attempt;
import io.fairlead.enterprise.notification.DeliveryHistory;
import io.fairlead.enterprise.notification.EventKind;
import io.fairlead.enterprise.notification.Subscription;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Person;
import io.fairlead.enterprise.people.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One account of another system.
 *
 * @param failed its last calls that failed, the newest first
 * @param told its subscriptions, with how their deliveries went
 * @param may what the viewer may do
 * @param forms what was typed, by the name of the form
 * @param made the password that was just made, for this page only
 */
public record AccountView(
        AccountDetails details,
        List<FailedCall> failed,
        List<DeliveryHistory.Line> told,
        Entitlement may,
        Map<String, Form> forms,
        Instant now,
        @Nullable Made made) {
    private static final Duration SOON = Duration.ofDays(30);

    public Person account() {
        return details.account();
    }

    /** Where its forms go. */
    public String base() {
        return "/integration/accounts/" + account().name();
    }

    /** As it was typed, or as it stands. */
    public Form form(String name) {
        Form typed = forms.get(name);
        if (typed != null) {
            return typed;
        }
        return switch (name) {
            case "limit" ->
                Form.filled(
                        Map.of("addresses", String.join("\n", details.limit().texts())));
            case "rotate" -> Form.filled(Map.of("days", "365", "overlap", "7"));
            default -> Form.blank();
        };
    }

    /** Whether to show what this needs. The feature decides. */
    public boolean manages() {
        return may.may(Action.MANAGE_PEOPLE, account().scope());
    }

    /** The roles that hold now. */
    public List<Role> roles() {
        return details.person().grants().stream()
                .filter(one ->
                        one.grant().until() == null || now.isBefore(one.grant().until()))
                .map(one -> one.grant().role())
                .distinct()
                .toList();
    }

    /** How a password stands: good, or warn when it ends within 30 days. */
    public String state(AccountPassword password) {
        return state(password, now);
    }

    /** How a subscription stands: good, warn when it is tried again, bad when something has to be done. */
    public static String state(Subscription one) {
        return switch (one.state()) {
            case ACTIVE -> "good";
            case FAILING -> "warn";
            case SUSPENDED, BARRED -> "bad";
        };
    }

    public static String names(List<EventKind> kinds) {
        return kinds.stream().map(EventKind::key).collect(Collectors.joining(", "));
    }

    /** Which notifications were sent; empty for none. */
    public static String numbers(Attempt one) {
        return one.count() == 0 ? "" : one.count() == 1 ? "" + one.first() : one.first() + " to " + one.last();
    }

    /** The same, of any account. */
    public static String state(AccountPassword password, Instant now) {
        return now.plus(SOON).isBefore(password.notAfter()) ? "good" : "warn";
    }

    /** How a certificate stands: good, warn when it ends within 30 days or is not valid yet, bad when it has ended. */
    public String state(AccountCertificate one) {
        if (!now.isBefore(one.notAfter())) {
            return "bad";
        }
        boolean early = now.isBefore(one.certificate().notBefore());
        return now.plus(SOON).isBefore(one.notAfter()) && !early ? "good" : "warn";
    }

    /** Its fingerprint as other programs show it: pairs of digits with colons. */
    public static String fingerprint(AccountCertificate one) {
        return one.certificate().sha256().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    }
}

package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.login.LogInStanding;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.people.Person;
import io.fairlead.enterprise.people.PersonDetails;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Training;
import io.fairlead.enterprise.roster.Choices;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One person.
 *
 * @param asking who looks
 * @param may what he may do
 * @param forms what was typed, by the name of the form
 * @param choices the regions, customers and models that there are
 * @param link by which the person sets his password, when it was just made
 */
public record PersonView(
        PersonDetails details,
        LogInStanding logIn,
        Actor asking,
        Entitlement may,
        Map<String, Form> forms,
        Choices choices,
        Instant now,
        @Nullable String link) {
    public Person person() {
        return details.person();
    }

    /** As it was typed; blank when it was not. */
    public Form form(String name) {
        return forms.getOrDefault(name, Form.blank());
    }

    /** Whether he looks at himself: nobody changes himself. */
    public boolean himself() {
        return asking.is(person().name());
    }

    /** Whether to show what this action needs. The feature decides. */
    public boolean may(Action action) {
        return !himself() && may.may(action, person().scope());
    }

    /** The roles that he may give, for a choice. */
    public Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put("", "Choose …");
        for (Role role : Role.values()) {
            boolean his = !person().isAccount() || role.isForAccounts();
            if (his
                    && may.grants().stream()
                            .anyMatch(grant -> grant.role().gives().contains(role))) {
                roles.put(role.key(), name(role));
            }
        }
        return roles;
    }

    /** Whether no device that the viewer sees has it: a slip of the pen, or a place that is still to come. */
    public static boolean isUnknown(@Nullable String value, List<Choices.Choice> known) {
        return value != null && known.stream().noneMatch(one -> one.value().equals(value));
    }

    /** For people. */
    public static String name(Role role) {
        String words = role.key().replace('-', ' ').replace("it ", "IT ");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** For people, in a row of roles. */
    public static String names(List<Role> roles) {
        return roles.isEmpty()
                ? "none"
                : String.join(", ", roles.stream().map(PersonView::name).toList());
    }

    /** How a training stands: good, warn or bad. */
    public String state(Training training) {
        return state(training.until(), now);
    }

    static String state(Instant until, Instant now) {
        return !now.isBefore(until) ? "bad" : now.plus(PendingPeople.SOON).isBefore(until) ? "good" : "warn";
    }

    /** The same in words. */
    public String words(Training training) {
        return words(state(training));
    }

    static String words(String state) {
        return switch (state) {
            case "bad" -> "Out of date";
            case "warn" -> "Ends within 30 days";
            default -> "Holds";
        };
    }
}

package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Entitlement;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Who may come to a page at all. Every route states one; what a person may do to this device or that is the feature's to
 * judge, beneath.
 *
 * @param name for the list of routes: {@code anyone}, {@code person}, or the name of an action
 * @param open whether who is not logged in may come as well
 * @param admits of those who are logged in; the others get the page that says "not for you"
 */
public record Access(String name, boolean open, Predicate<Entitlement> admits) {
    /** Whoever comes: the log-in itself. */
    public static final Access ANYONE = new Access("anyone", true, may -> true);

    /** Whoever is logged in. */
    public static final Access PERSON = new Access("person", false, may -> true);

    /** Those whom some role allows an action somewhere. */
    public static Access to(Action action) {
        return new Access(
                action.name().toLowerCase(Locale.ROOT).replace('_', '-'), false, may -> may.hasRoleFor(action));
    }
}

package io.fairlead.enterprise.browser;

import io.fairlead.soap.Fault;

/**
 * What the error page says.
 *
 * @param status of HTTP
 * @param title in a few words
 * @param text what it means and what to do, in fixed words
 * @param correlation finds the line in the server's log
 */
public record Trouble(int status, String title, String text, String correlation) {
    static Trouble of(Fault fault, String correlation) {
        return switch (fault) {
            case NOT_FOUND, UNKNOWN_DEVICE ->
                new Trouble(
                        404,
                        "There is nothing here",
                        "The page does not exist, or not for you. What you look for may have been removed.",
                        correlation);
            case FORBIDDEN ->
                new Trouble(
                        403,
                        "This is not for you",
                        "You are logged in, but your role or training does not include this. An administrator can tell you more.",
                        correlation);
            case PASSKEY_NEEDED ->
                new Trouble(
                        403,
                        "This needs your passkey",
                        "You logged in without a passkey, and this is only for those who showed theirs. Log out, and log in with it.",
                        correlation);
            case CROSS_SITE ->
                new Trouble(
                        403,
                        "This was not taken",
                        "The page was older than your log-in, or the request came from another site. Go back, reload the page and try again.",
                        correlation);
            case UNAVAILABLE, BUSY, STOPPING ->
                new Trouble(
                        503,
                        "Not at the moment",
                        "The server cannot reach its database or is busy. Look first whether what you did was done, then try again.",
                        correlation);
            case INTERNAL ->
                new Trouble(
                        500,
                        "This should not have happened",
                        "The server failed. Look first whether what you did was done. The reference finds the reason in the server's log.",
                        correlation);
            default -> new Trouble(fault.status(), "This was not taken", fault.text(), correlation);
        };
    }
}

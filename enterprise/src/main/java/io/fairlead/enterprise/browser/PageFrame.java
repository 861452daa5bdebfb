package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Entitlement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the layout needs beside the page's own content; every template gets it as {@code frame}.
 *
 * @param who is logged in; null on the pages of the log-in and on errors before it
 * @param may what this person may do, for buttons that are shown or not; null as above
 * @param csrf the token that this browser's forms carry
 * @param path of this page, which marks its line in the menu
 * @param menu what this person may go to
 * @param corner what this person sees in the corner of every page
 * @param banner a line above every page, such as a demo's warning
 * @param toast a message that came over a redirection
 * @param assets addresses of style sheets and modules
 * @param now when the page was made
 */
public record PageFrame(
        @Nullable LoggedIn who,
        @Nullable Entitlement may,
        String csrf,
        String path,
        List<MenuItem> menu,
        List<FramePart> corner,
        Optional<String> banner,
        Optional<Toast> toast,
        Assets assets,
        Instant now) {
    /** The address of a style sheet or module. */
    public String asset(String name) {
        return assets.url(name);
    }

    /** The roles of who is logged in, for the corner; empty when he has none. */
    public String roles() {
        Entitlement entitlement = may;
        return entitlement == null
                ? ""
                : entitlement.grants().stream()
                        .map(grant -> grant.role().key().replace('-', ' '))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /** Whether some role allows an action somewhere: what menus and buttons ask. The feature decides. */
    public boolean hasRoleFor(Action action) {
        Entitlement entitlement = may;
        return entitlement != null && entitlement.hasRoleFor(action);
    }

    /** Where a page hears of its own topics and of those of the corner. */
    public String stream(String topics) {
        return "/live?topics="
                + Stream.concat(Stream.of(topics), corner.stream().map(FramePart::topic))
                        .collect(Collectors.joining("+"));
    }

    /** As a header for htmx, which sends it with every change. */
    public String csrfHeader() {
        return "{\"" + Csrf.HEADER + "\":\"" + csrf + "\"}";
    }
}

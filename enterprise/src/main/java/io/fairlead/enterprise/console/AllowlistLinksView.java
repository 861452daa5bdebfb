package io.fairlead.enterprise.console;

import io.fairlead.enterprise.allowlist.CustomerLink;
import io.fairlead.enterprise.allowlist.CustomerLinks;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Links to customers' lists.
 *
 * @param form by which one is made
 * @param made the one that was made just now, with its secret
 * @param url of the people's listener, without a path
 */
public record AllowlistLinksView(List<CustomerLink> links, Form form, Optional<CustomerLinks.Made> made, String url) {
    /** An address to hand out. */
    public record Address(String id, String what, String address) {}

    public List<Address> addresses() {
        String link = url + "/firewall/c/" + made.orElseThrow().token();
        return List.of(
                new Address("link", "The list; ?format= takes any format", link + "/endpoints"),
                new Address("link-edl", "Palo Alto and pfSense: addresses", link + "/endpoints?format=" + edl().key()),
                new Address("link-rss", "RSS feed of changes", link + "/changes.rss"));
    }

    private static Format edl() {
        return Formats.of("paloalto-edl").orElseThrow();
    }

    public static String networks(CustomerLink link) {
        return link.sources().isEmpty()
                ? "anywhere"
                : link.sources().stream().map(Cidr::text).collect(Collectors.joining(", "));
    }
}

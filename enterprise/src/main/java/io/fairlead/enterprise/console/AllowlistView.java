package io.fairlead.enterprise.console;

import io.fairlead.enterprise.allowlist.Edition;
import io.fairlead.enterprise.allowlist.Published;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The allowlist for who has to load it into a firewall.
 *
 * @param query what was typed, with what is wrong with it
 * @param published empty as long as nothing is
 * @param rows that were chosen, in effect and announced; none as long as something typed is wrong
 * @param preview the list in the format that was chosen
 * @param products of rows, by word, with their names; and regions
 * @param customers whose own lists may be shown
 * @param makesLinks whether links to them are his to make
 * @param root SHA-256 of the root's public key
 * @param url of the people's listener, without a path
 * @param troubles for who may hear of them
 */
public record AllowlistView(
        Form query,
        AllowlistAddress choice,
        Optional<Published> published,
        List<Row> rows,
        String preview,
        Map<String, String> products,
        Map<String, String> regions,
        Set<String> customers,
        boolean makesLinks,
        String root,
        String url,
        List<String> troubles,
        Instant now) {
    private static final int MOST_ROWS = 500;
    private static final int LONGEST_PREVIEW = 200_000;

    /** A list that a firewall fetches itself. */
    public record Fetched(String id, String firewall, String how, String address) {}

    public Edition newest() {
        return published.orElseThrow().newest();
    }

    public String title() {
        return newest().list().title().value();
    }

    public List<Row> shown() {
        return rows.subList(0, Math.min(MOST_ROWS, rows.size()));
    }

    public int more() {
        return rows.size() - shown().size();
    }

    public boolean isAnnounced(Row row) {
        return !row.inEffect(now);
    }

    public boolean isExpired() {
        return !now.isBefore(newest().expires());
    }

    /** How many of the rows are announced, in words. */
    public String count() {
        long announced = rows.stream().filter(this::isAnnounced).count();
        return rows.size()
                + (rows.size() == 1 ? " row" : " rows")
                + (announced == 0 ? "" : ", " + announced + " of them announced");
    }

    /** The name of a product or a region for people. */
    public String name(Word word) {
        return products.getOrDefault(word.value(), regions.getOrDefault(word.value(), word.value()));
    }

    public Map<String, String> productChoices() {
        return choices("All products", products);
    }

    public Map<String, String> regionChoices() {
        return choices("All regions", regions);
    }

    public Map<String, String> customerChoices() {
        Map<String, String> named = new LinkedHashMap<>();
        customers.forEach(name -> named.put(name, name));
        return choices("All customers", named);
    }

    /** Whether it is one customer's: nothing that fetches by itself gets it so. */
    public boolean isOfCustomer() {
        return choice.customer().isPresent();
    }

    /** Whose. */
    public String customer() {
        return choice.customer().orElseThrow();
    }

    private static Map<String, String> choices(String all, Map<String, String> words) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("", all);
        choices.putAll(words);
        return choices;
    }

    public Map<String, String> profiles() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("all", "All ports");
        choices.put("443", "Only what is needed (443)");
        return choices;
    }

    public Map<String, String> formats() {
        Map<String, String> choices = new LinkedHashMap<>();
        Formats.ALL.forEach(each -> choices.put(each.key(), each.title()));
        return choices;
    }

    public String sources() {
        return AllowlistAddress.typed(query);
    }

    public Format format() {
        return choice.format();
    }

    /** Where the list in this format is, without our name. */
    public String list() {
        return choice.list();
    }

    public boolean isPage() {
        return format().key().equals("html");
    }

    public boolean isTooLong() {
        return preview.length() > LONGEST_PREVIEW;
    }

    /** What asks for a list that has changed, and for nothing else. */
    public String curl() {
        String name = format().fileName();
        return "curl -fsS --cacert root.pem --etag-compare " + name + ".etag --etag-save " + name + ".etag \\\n  -o "
                + name + " '" + url + list() + "'";
    }

    public String recipe() {
        return "./verify-allowlist " + url + " \\\n  " + root + " kept";
    }

    public List<Fetched> fetched() {
        return List.of(
                fetched(
                        "edl-ip",
                        "Palo Alto: addresses",
                        "Objects, External Dynamic Lists, type IP List",
                        "paloalto-edl"),
                fetched(
                        "edl-url",
                        "Palo Alto: host names",
                        "Objects, External Dynamic Lists, type URL List",
                        "paloalto-edl-url"),
                fetched("table-ip", "pfSense: addresses", "Firewall, Aliases, type URL Table (IPs)", "paloalto-edl"));
    }

    private Fetched fetched(String id, String firewall, String how, String format) {
        return new Fetched(
                id, firewall, how, url + choice.list(Formats.of(format).orElseThrow()));
    }
}

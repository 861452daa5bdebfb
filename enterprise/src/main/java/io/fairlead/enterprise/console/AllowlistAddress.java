package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What a site's administrator chose: which rows, from where, in which format. It stands in the page's address, so that it can be
 * kept and shared, and in the address of the list, in the same words.
 *
 * @param customer whose devices' rows only; for those who may see one of them
 */
record AllowlistAddress(Selection selection, List<Cidr> sources, Format format, Optional<String> customer) {
    static final String PATH = "/allowlist";
    static final String LIST = "/firewall/endpoints";
    /** Of one list; {@code /firewall/endpoints} takes as many. */
    private static final int MOST_SOURCES = 20;

    private static final int LONGEST_SOURCES = 1_000;
    private static final Format FIRST = Formats.of("table").orElseThrow();

    /** What is not understood is said beside its field, and not chosen. */
    static AllowlistAddress read(Form query, Set<String> products, Set<String> regions, Set<String> customers) {
        return new AllowlistAddress(
                new Selection(
                        word(query, "product", products, "There is no such product line in this list now."),
                        word(query, "region", regions, "There is no such region in this list now."),
                        Optional.empty(),
                        onlyNeeded(query)),
                sources(query),
                format(query),
                customer(query, customers));
    }

    private static Optional<String> customer(Form query, Set<String> known) {
        String value = query.value("customer");
        if (!value.isEmpty() && !known.contains(value)) {
            query.fault("customer", "You see no device of such a customer, or are not logged in.");
            return Optional.empty();
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static Optional<Word> word(Form query, String field, Set<String> known, String unknown) {
        String value = query.value(field).strip();
        if (!value.isEmpty() && !known.contains(value)) {
            query.fault(field, unknown);
            return Optional.empty();
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(new Word(value));
    }

    private static boolean onlyNeeded(Form query) {
        String profile = query.value("profile");
        if (!Set.of("", "all", "443").contains(profile)) {
            query.fault("profile", "Choose one, please.");
        }
        return profile.equals("443");
    }

    private static Format format(Form query) {
        String key = query.value("format");
        Optional<Format> format = Formats.of(key);
        if (format.isEmpty() && !key.isEmpty()) {
            query.fault("format", "There is no such format.");
        }
        return format.orElse(FIRST);
    }

    /** Empty where nothing was typed, or with a message beside the field. */
    static List<Cidr> sources(Form query) {
        String all = typed(query);
        if (all.length() > LONGEST_SOURCES) {
            query.fault("source", "At most " + LONGEST_SOURCES + " characters, please.");
            return List.of();
        }
        List<Cidr> sources = new ArrayList<>();
        for (String each : all.split("[\\s,;]+", -1)) {
            try {
                if (!each.isEmpty()) {
                    sources.add(Cidr.of(each));
                }
            } catch (IllegalArgumentException malformed) {
                query.fault("source", Shown.brief(each) + " " + malformed.getMessage());
            }
        }
        List<Cidr> once = sources.stream().distinct().toList();
        if (once.size() > MOST_SOURCES) {
            query.fault("source", "At most " + MOST_SOURCES + " networks, please: put them together to larger ones.");
            return List.of();
        }
        return once;
    }

    /** The networks as they were typed, in one line, or each as a parameter of its own. */
    static String typed(Form query) {
        return String.join(" ", query.values("source"));
    }

    /** The address of the list in this format. */
    String list() {
        return list(format);
    }

    /** The address of the same rows in another format. */
    String list(Format other) {
        return LIST + query(other);
    }

    /** The address of the page on which this is chosen. */
    String page() {
        return PATH + query(format);
    }

    private String query(Format chosen) {
        StringJoiner parts = new StringJoiner("&", "?", "");
        parts.add("format=" + chosen.key());
        customer.ifPresent(name -> parts.add("customer=" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
        selection.product().ifPresent(product -> parts.add("product=" + product));
        selection.region().ifPresent(region -> parts.add("region=" + region));
        if (selection.onlyNeeded()) {
            parts.add("profile=443");
        }
        sources.forEach(source -> parts.add("source=" + URLEncoder.encode(source.text(), StandardCharsets.UTF_8)));
        return parts.toString();
    }
}

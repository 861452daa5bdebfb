package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.roster.DeviceState;
import io.fairlead.enterprise.roster.Health;
import io.fairlead.enterprise.roster.RosterFilter;
import io.fairlead.enterprise.roster.RosterQuery;
import io.fairlead.enterprise.roster.RosterSort;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list of devices as an address: all that is asked for stands in it, so that it can be kept, shared and gone back to.
 * What is not understood in an address is not asked for; what is as usual does not stand in it.
 */
final class FleetAddress {
    static final String PATH = "/devices";
    static final int SIZE = 50;
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_VALUE = 128;
    private static final int MOST_PAGES = 1_000_000;

    private FleetAddress() {}

    static RosterQuery read(Form query) {
        RosterFilter filter = new RosterFilter(
                cut(query.value("q"), LONGEST_TEXT),
                property(query, "customer"),
                property(query, "site"),
                property(query, "region"),
                property(query, "model"),
                property(query, "alarm"),
                property(query, "group"),
                each(query, "state", DeviceState::ofKey),
                each(query, "health", Health::ofKey));
        RosterSort sort = RosterSort.ofKey(query.value("sort")).orElse(RosterSort.ID);
        return new RosterQuery(
                filter,
                sort,
                query.value("order").equals("desc"),
                number(query.value("page"), 1, MOST_PAGES, 1),
                number(query.value("size"), 10, RosterQuery.MOST, SIZE));
    }

    private static @Nullable String property(Form query, String name) {
        String value = cut(query.value(name), LONGEST_VALUE);
        return value.isEmpty() ? null : value;
    }

    private static String cut(String value, int most) {
        String plain = value.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.codePointCount(0, plain.length()) <= most
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, most / 2));
    }

    private static <T> Set<T> each(Form query, String name, Function<String, Optional<T>> ofKey) {
        return query.values(name).stream().map(ofKey).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    private static int number(String value, int least, int most, int standard) {
        return value.matches("[0-9]{1,7}") ? Math.max(least, Math.min(most, Integer.parseInt(value))) : standard;
    }

    /** The address of a page of the list, or of the file of it. */
    static String write(String path, RosterQuery query) {
        StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");
        RosterFilter filter = query.filter();
        add(parts, "q", filter.text());
        add(parts, "customer", filter.customer());
        add(parts, "site", filter.site());
        add(parts, "region", filter.region());
        add(parts, "model", filter.model());
        add(parts, "alarm", filter.alarm());
        add(parts, "group", filter.group());
        filter.states().stream().sorted().forEach(state -> add(parts, "state", state.key()));
        filter.healths().stream()
                .sorted(Comparator.naturalOrder())
                .forEach(health -> add(parts, "health", health.key()));
        if (query.sort() != RosterSort.ID) {
            add(parts, "sort", query.sort().key());
        }
        if (query.descending()) {
            add(parts, "order", "desc");
        }
        if (query.size() != SIZE) {
            add(parts, "size", Integer.toString(query.size()));
        }
        if (query.page() > 1) {
            add(parts, "page", Integer.toString(query.page()));
        }
        return path + parts;
    }

    /** What is asked for, for the audit. */
    static String words(RosterQuery query) {
        String asked = write("", new RosterQuery(query.filter(), query.sort(), query.descending(), 1, SIZE));
        return asked.isEmpty() ? "none" : URLDecoder.decode(asked.substring(1), StandardCharsets.UTF_8);
    }

    private static void add(StringJoiner parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

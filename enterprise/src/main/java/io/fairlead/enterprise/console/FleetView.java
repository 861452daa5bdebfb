package io.fairlead.enterprise.console;

import io.fairlead.enterprise.roster.Choices;
import io.fairlead.enterprise.roster.DeviceState;
import io.fairlead.enterprise.roster.Health;
import io.fairlead.enterprise.roster.RosterFilter;
import io.fairlead.enterprise.roster.RosterPage;
import io.fairlead.enterprise.roster.RosterQuery;
import io.fairlead.enterprise.roster.RosterSort;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The list of devices.
 *
 * @param groups to choose from, each with how many of its devices the viewer may see
 * @param health whether the viewer may see alarms
 */
public record FleetView(
        RosterQuery query, RosterPage page, Choices choices, List<Choices.Choice> groups, boolean health) {
    private static final List<Health> HEALTHS = List.of(Health.CRITICAL, Health.ERROR, Health.WARNING);

    public RosterFilter filter() {
        return query.filter();
    }

    /** The address of another page. */
    public String page(int number) {
        return address(query.filter(), query.sort(), query.descending(), number);
    }

    /** The address of this list as it is now, for a look again. */
    public String here() {
        return page(page.page());
    }

    /** The address of the list in another order; in the other direction when it is in this order already. */
    public String sorted(RosterSort sort) {
        return address(query.filter(), sort, sort == query.sort() && !query.descending(), 1);
    }

    /** How a column is ordered, for assistive technology. */
    public String order(RosterSort sort) {
        return sort != query.sort() ? "none" : query.descending() ? "descending" : "ascending";
    }

    /** The address with a state asked for, or no longer. */
    public String toggled(DeviceState state) {
        RosterFilter now = query.filter();
        return filtered(new RosterFilter(
                now.text(),
                now.customer(),
                now.site(),
                now.region(),
                now.model(),
                now.alarm(),
                now.group(),
                toggled(now.states(), state),
                now.healths()));
    }

    /** The same for a health. */
    public String toggled(Health one) {
        RosterFilter now = query.filter();
        return filtered(new RosterFilter(
                now.text(),
                now.customer(),
                now.site(),
                now.region(),
                now.model(),
                now.alarm(),
                now.group(),
                now.states(),
                toggled(now.healths(), one)));
    }

    private static <T> Set<T> toggled(Set<T> set, T one) {
        Set<T> other = new HashSet<>(set);
        if (!other.remove(one)) {
            other.add(one);
        }
        return other;
    }

    private String filtered(RosterFilter filter) {
        return address(filter, query.sort(), query.descending(), 1);
    }

    /** The address without the alarm. */
    public String withoutAlarm() {
        RosterFilter now = query.filter();
        return filtered(new RosterFilter(
                now.text(),
                now.customer(),
                now.site(),
                now.region(),
                now.model(),
                null,
                now.group(),
                now.states(),
                now.healths()));
    }

    /** The address of the whole list in this order. */
    public String everything() {
        return filtered(RosterFilter.ALL);
    }

    private String address(RosterFilter filter, RosterSort sort, boolean descending, int number) {
        return FleetAddress.write(FleetAddress.PATH, new RosterQuery(filter, sort, descending, number, query.size()));
    }

    /** The address of the file of what is asked for. */
    public String file() {
        return FleetAddress.write(
                "/devices.csv", new RosterQuery(query.filter(), query.sort(), query.descending(), 1, query.size()));
    }

    public String count(int devices) {
        return String.format(Locale.ROOT, "%,d", devices);
    }

    public boolean isFiltered() {
        return !query.filter().equals(RosterFilter.ALL);
    }

    /** The states to choose from: those that there are, and those that are chosen. */
    public List<DeviceState> states() {
        return java.util.Arrays.stream(DeviceState.values())
                .filter(state ->
                        page.counts().of(state) > 0 || filter().states().contains(state))
                .toList();
    }

    public List<Health> healths() {
        return health
                ? HEALTHS.stream()
                        .filter(one ->
                                page.counts().of(one) > 0 || filter().healths().contains(one))
                        .toList()
                : List.of();
    }

    /** Which lines these are, such as "1–50 of 9,800". */
    public String lines() {
        int total = page.counts().total();
        int first = (page.page() - 1) * query.size() + 1;
        return total == 0
                ? "No devices"
                : String.format(
                        Locale.ROOT,
                        "%,d–%,d of %,d",
                        first,
                        first + page.rows().size() - 1,
                        total);
    }

    /** The pages to go to: the first, the last, and those around this one; 0 stands for a gap. */
    public List<Integer> pages() {
        java.util.TreeSet<Integer> near = new java.util.TreeSet<>(Set.of(1, page.pages()));
        for (int each = page.page() - 2; each <= page.page() + 2; each++) {
            if (each >= 1 && each <= page.pages()) {
                near.add(each);
            }
        }
        List<Integer> list = new java.util.ArrayList<>();
        int before = 0;
        for (int each : near) {
            if (each > before + 1) {
                list.add(0);
            }
            list.add(each);
            before = each;
        }
        return list;
    }
}

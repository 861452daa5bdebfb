package io.fairlead.enterprise.console;

import io.fairlead.enterprise.allowlist.Allowlists;
import io.fairlead.enterprise.allowlist.CustomerLists;
import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.enterprise.allowlist.Published;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.roster.Choices;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.catalogue.Catalogue;
import io.fairlead.firewall.format.Formats;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a hospital's firewall has to let out, for its administrator: chosen, read, copied, subscribed, and what has changed.
 * For anybody, as the list itself is; whoever is logged in has it within the console.
 */
public final class AllowlistPages implements Pages {
    private final Allowlists allowlists;
    private final CustomerLists customers;
    private final Roster roster;
    private final Supplier<String> root;
    private final String url;
    private final Clock clock;
    private final AllowlistPreviews previews;

    /**
     * @param root SHA-256 of the root's public key, hexadecimal
     * @param url of the people's listener, without a path
     */
    public AllowlistPages(
            Allowlists allowlists,
            CustomerLists customers,
            Roster roster,
            Supplier<String> root,
            String url,
            Clock clock) {
        this.allowlists = allowlists;
        this.customers = customers;
        this.roster = roster;
        this.root = root;
        this.url = url;
        this.clock = clock;
        this.previews = new AllowlistPreviews(clock);
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Allowlist", AllowlistAddress.PATH, "wall", "w", Access.PERSON));
        doors.get(AllowlistAddress.PATH, Access.ANYONE, this::list);
        doors.get(
                AllowlistAddress.PATH + "/changes",
                Access.ANYONE,
                visit -> Future.succeededFuture(Answer.show(
                        "console/allowlistHistory.jte",
                        AllowlistHistoryView.of(
                                allowlists.published().map(Published::editions).orElse(List.of()),
                                visit.query().value("before")))));
    }

    private Future<Answer> list(Visit visit) {
        return visible(visit).compose(names -> {
            String customer = visit.query().value("customer");
            return names.contains(customer)
                    ? customers.of(customer).map(portion -> list(visit, names, portion))
                    : Future.succeededFuture(list(visit, names, Portion.ALL));
        });
    }

    /** The customers of devices that the visitor may see. */
    private Future<Set<String>> visible(Visit visit) {
        return visit.anybody().isEmpty() || !visit.may().hasRoleFor(Action.SEE_DEVICE)
                ? Future.succeededFuture(Set.of())
                : roster.choices(visit.actor())
                        .map(choices -> choices.customers().stream()
                                .map(Choices.Choice::value)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Answer list(Visit visit, Set<String> names, Portion portion) {
        Form query = visit.query();
        Instant now = clock.instant();
        Optional<Published> published = allowlists.published();
        List<Row> all = published.map(each -> each.newest().list().rows()).orElse(List.of());
        Map<String, String> products = named(all.stream().flatMap(row -> row.products().stream()), Catalogue::products);
        Map<String, String> regions = named(all.stream().flatMap(row -> row.region().stream()), Catalogue::regions);
        AllowlistAddress choice = AllowlistAddress.read(query, products.keySet(), regions.keySet(), names);
        Optional<Published> shown = published.filter(each -> query.ok());
        return Answer.show(
                "console/allowlist.jte",
                new AllowlistView(
                        query,
                        choice,
                        published,
                        shown.map(each -> rows(each, portion, choice, now)).orElse(List.of()),
                        shown.map(each -> previews.text(each, portion, choice)).orElse(""),
                        products,
                        regions,
                        names,
                        visit.anybody().isPresent() && visit.may().hasRoleFor(Action.MANAGE_PEOPLE),
                        root.get(),
                        url,
                        hearsTroubles(visit) ? allowlists.troubles() : List.of(),
                        now));
    }

    /** Also what is announced, whatever the format carries. */
    private static List<Row> rows(Published published, Portion portion, AllowlistAddress choice, Instant now) {
        return published
                .list(
                        portion,
                        choice.selection(),
                        choice.sources(),
                        Formats.of("table").orElseThrow(),
                        now)
                .rows();
    }

    private Map<String, String> named(Stream<Word> words, Function<Catalogue, List<Catalogue.Named>> of) {
        Map<String, String> named = new TreeMap<>();
        words.forEach(word -> named.put(word.value(), word.value()));
        allowlists
                .catalogue()
                .map(of)
                .orElse(List.of())
                .forEach(each -> named.computeIfPresent(
                        each.id().value(), (word, same) -> each.name().value()));
        return named;
    }

    private static boolean hearsTroubles(Visit visit) {
        return visit.anybody().isPresent() && visit.may().may(Action.SEE_AUDIT, Scope.PLATFORM);
    }
}

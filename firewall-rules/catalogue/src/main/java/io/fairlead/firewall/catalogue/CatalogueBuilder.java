package io.fairlead.firewall.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.catalogue.Catalogue.Domain;
import io.fairlead.firewall.catalogue.Catalogue.Named;
import io.fairlead.firewall.catalogue.Catalogue.Network;
import io.fairlead.settings.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes records of a tree that the schema has judged, and judges on: names, networks and dates, words that name nothing, and
 * what stands twice. What the schema refused is passed over here, so that all faults come at once.
 */
final class CatalogueBuilder {
    private static final int HIGHEST_PORT = 65_535;

    private final Marks marks;

    CatalogueBuilder(Marks marks) {
        this.marks = marks;
    }

    /** Empty, with a mark, when something is wrong. */
    Optional<Catalogue> build(JsonNode root) {
        Optional<Remark> title = text(root, "", "title", Remark::new);
        List<Line> lines = once(
                each(root, "products", this::line),
                "products/%d/id",
                line -> line.product().id());
        List<Named> products = lines.stream().map(Line::product).toList();
        List<Named> regions = once(each(root, "regions", this::named), "regions/%d/id", Named::id);
        Places places = new Places(words(products), words(regions));
        List<Domain> domains = once(
                each(
                        root,
                        "domains",
                        (node, at) -> text(node, at, "name", HostName::of)
                                .map(name -> new Domain(name, places.of(node, at)))),
                "domains/%d/name",
                Domain::name);
        List<Network> networks = once(
                each(
                        root,
                        "networks",
                        (node, at) ->
                                text(node, at, "cidr", Cidr::of).map(cidr -> new Network(cidr, places.of(node, at)))),
                "networks/%d/cidr",
                Network::cidr);
        Map<Integer, Row> rows = each(root, "services", (node, at) -> row(node, at, places));
        new Twice(marks).judge(rows);
        return title.map(whose ->
                new Catalogue(whose, products, regions, models(lines), domains, networks, List.copyOf(rows.values())));
    }

    /** A product line and the models that are of it. */
    private record Line(Named product, List<Remark> models) {}

    private Optional<Line> line(JsonNode node, String pointer) {
        List<Remark> models = sentences(node, pointer, "models");
        return named(node, pointer).map(product -> new Line(product, models));
    }

    private static Map<String, SortedSet<Word>> models(List<Line> lines) {
        Map<String, SortedSet<Word>> models = new HashMap<>();
        for (Line line : lines) {
            for (Remark model : line.models()) {
                models.computeIfAbsent(model.value(), first -> new TreeSet<>())
                        .add(line.product().id());
            }
        }
        return models;
    }

    /** Words that a place may name. */
    private final class Places {
        private final List<String> products;
        private final List<String> regions;

        Places(List<String> products, List<String> regions) {
            this.products = products;
            this.regions = regions;
        }

        Place of(JsonNode node, String pointer) {
            NavigableSet<Word> of = new TreeSet<>();
            int count = node.path("products").isArray() ? node.path("products").size() : 0;
            for (int i = 0; i < count; i++) {
                known(node.path("products").get(i), pointer + "/products/" + i, "product", products)
                        .ifPresent(of::add);
            }
            return new Place(known(node.path("region"), pointer + "/region", "region", regions), of);
        }

        private Optional<Word> known(JsonNode node, String pointer, String kind, List<String> known) {
            if (!node.isTextual() || marks.hasFault(pointer)) {
                return Optional.empty();
            }
            if (known.contains(node.asText())) {
                return Optional.of(new Word(node.asText()));
            }
            marks.refuse(
                    pointer,
                    Quoted.of(node.asText()) + " is no " + kind + " of this catalogue"
                            + Nearest.to(node.asText(), known)
                                    .map(word -> "; did you mean " + word + "?")
                                    .orElse(
                                            known.isEmpty()
                                                    ? "; it has none: list them under " + kind + "s"
                                                    : "; it has " + String.join(", ", known)));
            return Optional.empty();
        }
    }

    private Optional<Named> named(JsonNode node, String pointer) {
        Optional<Word> id = text(node, pointer, "id", Word::new);
        Optional<Remark> name = text(node, pointer, "name", Remark::new);
        return id.flatMap(word -> name.map(remark -> new Named(word, remark)));
    }

    private Optional<Row> row(JsonNode node, String pointer, Places places) {
        Optional<Destination> to = destination(node, pointer);
        Optional<Remark> purpose = text(node, pointer, "purpose", Remark::new);
        Optional<Instant> since = text(node, pointer, "since", CatalogueBuilder::moment);
        Optional<Instant> until = text(node, pointer, "until", CatalogueBuilder::moment);
        Place place = places.of(node, pointer);
        List<Remark> notes = sentences(node, pointer, "notes");
        SortedSet<Integer> ports = ports(node.path("ports"));
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            marks.refuse(pointer + "/until", "this ends before it begins: until is not after since");
            return Optional.empty();
        }
        SortedSet<Integer> furtherPorts = ports(node.path("further-ports"));
        if (furtherPorts.stream().anyMatch(port -> ports.contains(port))) {
            marks.refuse(pointer + "/further-ports", "a port stands among ports and among further-ports");
        }
        if (to.isEmpty() || purpose.isEmpty() || ports.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Row(
                to.get(),
                node.path("protocol").asText("tcp").equals("udp") ? Protocol.UDP : Protocol.TCP,
                ports,
                furtherPorts,
                place.products(),
                place.region(),
                purpose.get(),
                node.path("required").asBoolean(true),
                since,
                until,
                notes));
    }

    private Optional<Destination> destination(JsonNode node, String pointer) {
        Optional<Destination> host = text(node, pointer, "host", CatalogueBuilder::host);
        Optional<Destination> network = text(node, pointer, "network", Cidr::of);
        return host.or(() -> network);
    }

    private static HostName host(String text) {
        try {
            return HostName.of(text);
        } catch (IllegalArgumentException e) {
            if (isNetwork(text)) {
                throw new IllegalArgumentException("is an address: write network instead of host", e);
            }
            throw e;
        }
    }

    private static boolean isNetwork(String text) {
        try {
            return Destination.of(text) instanceof Cidr;
        } catch (IllegalArgumentException neither) {
            return false;
        }
    }

    private List<Remark> sentences(JsonNode node, String pointer, String key) {
        List<Remark> sentences = new ArrayList<>();
        JsonNode list = node.path(key);
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            text(list.get(i), pointer + "/" + key + "/" + i, Remark::new).ifPresent(sentences::add);
        }
        return sentences;
    }

    private static SortedSet<Integer> ports(JsonNode list) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (JsonNode each : list) {
            if (each.isIntegralNumber() && each.asLong() >= 1 && each.asLong() <= HIGHEST_PORT) {
                ports.add(each.asInt());
            }
        }
        return ports;
    }

    private static Instant moment(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "is neither a day such as 2026-12-01 nor a time such as 2026-12-01T06:00:00Z", e);
        }
    }

    private <T> Optional<T> text(JsonNode node, String pointer, String key, Function<String, T> of) {
        return text(node.path(key), pointer + "/" + key, of);
    }

    /** What a value cannot be is said better here than by a pattern. */
    private <T> Optional<T> text(JsonNode node, String pointer, Function<String, T> of) {
        if (!node.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of.apply(node.asText()));
        } catch (IllegalArgumentException e) {
            marks.refuse(pointer, Quoted.of(node.asText()) + " " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What could be made of the entries of a list, by their numbers. */
    private static <T> Map<Integer, T> each(JsonNode root, String key, BiFunction<JsonNode, String, Optional<T>> of) {
        Map<Integer, T> made = new TreeMap<>();
        JsonNode list = root.path(key);
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            int number = i;
            of.apply(list.get(i), "/" + key + "/" + i).ifPresent(one -> made.put(number, one));
        }
        return made;
    }

    private <T, K> List<T> once(Map<Integer, T> entries, String where, Function<T, K> by) {
        Map<K, Integer> first = new HashMap<>();
        entries.forEach((number, entry) -> {
            Integer before = first.putIfAbsent(by.apply(entry), number);
            if (before != null) {
                marks.refuse(
                        "/" + where.formatted(number),
                        Quoted.of(by.apply(entry).toString()) + " stands twice in this list");
            }
        });
        return List.copyOf(entries.values());
    }

    private static List<String> words(List<Named> named) {
        return named.stream().map(each -> each.id().value()).toList();
    }
}

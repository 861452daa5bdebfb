package io.fairlead.firewall.catalogue;

import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a product's instruments dial, and under which names its servers may publish more.
 *
 * @param title whose list it is
 * @param products that rows are told apart by
 * @param regions that rows are told apart by
 * @param models the product lines of devices, by the name of their model; a model that is not there is of none in particular
 * @param domains under which live hosts may be published
 * @param networks in which live addresses may be published
 * @param rows its services, in the order of lists; also those that are announced or over
 */
public record Catalogue(
        Remark title,
        List<Named> products,
        List<Named> regions,
        Map<String, SortedSet<Word>> models,
        List<Domain> domains,
        List<Network> networks,
        List<Row> rows) {
    private static final String SHIPPED = "catalogue.yaml";

    /** A product line or a region: its word, and its name for people. */
    public record Named(Word id, Remark name) {}

    /** A domain: itself and what is below it. */
    public record Domain(HostName name, Place place) {}

    /** A network, or one address. */
    public record Network(Cidr cidr, Place place) {}

    public Catalogue {
        products = List.copyOf(products);
        regions = List.copyOf(regions);
        models = Map.copyOf(models);
        domains = List.copyOf(domains);
        networks = List.copyOf(networks);
        rows = rows.stream().sorted(Row.ORDER).toList();
    }

    /**
     * From a file of at most 1 MiB.
     *
     * @throws CatalogueException with every fault of it
     * @throws IOException when it cannot be read
     */
    public static Catalogue read(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file)) {
            return read(file.toString(), text);
        }
    }

    /**
     * From UTF-8 of at most 1 MiB.
     *
     * @param name of the text, for the faults
     * @param text stays open
     * @throws CatalogueException with every fault of it
     * @throws IOException when it cannot be read
     */
    public static Catalogue read(String name, InputStream text) throws IOException {
        return new CatalogueReader(name).read(text.readNBytes(CatalogueReader.MOST_BYTES + 1));
    }

    /** The one that holds where an operator has none: this machine alone. */
    public static Catalogue shipped() {
        return new CatalogueReader(SHIPPED).read(resource(SHIPPED));
    }

    /** The JSON Schema (2020-12) by which catalogues are judged, with a description of every key. */
    public static String schema() {
        return new String(resource("catalogue.schema.json"), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream text = Catalogue.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whose instruments dial it, by the nearest domain above it or the smallest network around it, or by a service that leads
     * exactly there; empty when nothing names it.
     */
    public Optional<Place> placeOf(Destination live) {
        Optional<Place> around = live instanceof HostName name ? domain(name) : network((Cidr) live);
        return around.or(() -> rows.stream()
                .filter(row -> row.to().equals(live))
                .map(row -> new Place(row.region(), row.products()))
                .findFirst());
    }

    /**
     * What a device dials, by what is on record of it: in all regions when its region is none of these, and for all products
     * when its model is of none of them.
     *
     * @param region its id or its name, in whatever case
     * @param model as the catalogue writes it
     */
    public Place placeOf(String region, String model) {
        return new Place(
                regions.stream()
                        .filter(each -> each.id.value().equalsIgnoreCase(region)
                                || each.name.value().equalsIgnoreCase(region))
                        .findFirst()
                        .map(Named::id),
                models.getOrDefault(model, new TreeSet<>()));
    }

    private Optional<Place> domain(HostName name) {
        return domains.stream()
                .filter(domain -> name.isWithin(domain.name))
                .max(Comparator.comparingInt(domain -> domain.name.value().length()))
                .map(Domain::place);
    }

    private Optional<Place> network(Cidr cidr) {
        return networks.stream()
                .filter(network -> network.cidr.contains(cidr))
                .max(Comparator.comparingInt(network -> network.cidr.prefix()))
                .map(Network::place);
    }
}

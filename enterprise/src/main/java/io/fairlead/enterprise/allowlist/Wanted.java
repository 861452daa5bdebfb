package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows that are to be published: the catalogue's, and of live hosts those that it names.
 *
 * @param unnamed live hosts that the catalogue does not name, as they were written
 */
public record Wanted(List<Row> rows, List<String> unnamed) {
    public Wanted {
        rows = List.copyOf(rows);
        unnamed = List.copyOf(unnamed);
    }

    public static Wanted of(Catalogue catalogue, List<LiveHost> live) {
        List<Row> rows = new ArrayList<>(catalogue.rows());
        List<String> unnamed = new ArrayList<>();
        for (LiveHost host : live) {
            row(catalogue, host).ifPresentOrElse(rows::add, () -> unnamed.add(host.host()));
        }
        return new Wanted(rows, unnamed.stream().distinct().toList());
    }

    private static Optional<Row> row(Catalogue catalogue, LiveHost host) {
        Destination to;
        try {
            to = Destination.of(host.host());
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
        return catalogue
                .placeOf(to)
                .map(place -> new Row(
                        to,
                        Protocol.TCP,
                        host.ports(),
                        host.furtherPorts(),
                        place.products(),
                        place.region(),
                        host.purpose(),
                        host.required(),
                        Optional.empty(),
                        Optional.empty(),
                        host.notes()));
    }
}

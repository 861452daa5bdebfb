package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Row;
import io.fairlead.firewall.catalogue.Catalogue;
import io.fairlead.firewall.catalogue.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of the list that some devices dial: a row is in it when one of them dials it.
 *
 * @param places where the devices are and what they are; at least one
 */
public record Portion(Set<Place> places) {
    private static final Place ANYWHERE = new Place(Optional.empty(), new TreeSet<>());

    /** The whole list. */
    public static final Portion ALL = new Portion(Set.of(ANYWHERE));

    public Portion {
        if (places.isEmpty()) {
            throw new IllegalArgumentException("nobody dials");
        }
        // One portion has one form, by which what was made of it is found again.
        places = places.contains(ANYWHERE) ? Set.of(ANYWHERE) : Set.copyOf(places);
    }

    /** A device as its record says. */
    record Kind(String region, String model) {}

    /** Of these devices; all of it where there is none yet. */
    static Portion of(Catalogue catalogue, List<Kind> devices) {
        return devices.isEmpty()
                ? ALL
                : new Portion(devices.stream()
                        .map(device -> catalogue.placeOf(device.region, device.model))
                        .collect(Collectors.toSet()));
    }

    /** Those of these rows that are in it, in their order. */
    public List<Row> of(List<Row> rows) {
        return rows.stream().filter(this::includes).toList();
    }

    private boolean includes(Row row) {
        return places.stream().anyMatch(place -> dials(place, row));
    }

    private static boolean dials(Place place, Row row) {
        return (place.region().isEmpty()
                        || row.region().isEmpty()
                        || place.region().equals(row.region()))
                && (place.products().isEmpty()
                        || row.products().isEmpty()
                        || row.products().stream()
                                .anyMatch(product -> place.products().contains(product)));
    }
}

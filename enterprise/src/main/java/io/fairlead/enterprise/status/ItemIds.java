package io.fairlead.enterprise.status;

import io.fairlead.enterprise.status.GroupRows.ItemKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids of a group's items: those that were known, and those that its transaction reads or makes. */
final class ItemIds {
    private final Map<String, Map<String, Long>> known;
    private final Map<ItemKey, Long> others = new HashMap<>();

    /** @param known by device and item; never changed by anybody */
    ItemIds(Map<String, Map<String, Long>> known) {
        this.known = known;
    }

    void add(Map<ItemKey, Long> read) {
        others.putAll(read);
    }

    /** Of an item that has one. */
    Long of(String device, String item) {
        return Objects.requireNonNull(find(device, item), "an item without an id");
    }

    private @Nullable Long find(String device, String item) {
        Long id = known.getOrDefault(device, Map.of()).get(item);
        return id == null && !others.isEmpty() ? others.get(new ItemKey(device, item)) : id;
    }

    /** Those of the slices' items that have no id, each once. */
    Set<ItemKey> missing(List<Slice> slices) {
        Set<ItemKey> missing = new LinkedHashSet<>();
        for (Slice slice : slices) {
            String device = slice.device().value();
            for (Parsed parsed : slice.messages()) {
                if (parsed instanceof Parsed.Fit fit) {
                    for (DataItem item : fit.message().items()) {
                        if (find(device, item.name()) == null) {
                            missing.add(new ItemKey(device, item.name()));
                        }
                    }
                }
            }
        }
        return missing;
    }
}

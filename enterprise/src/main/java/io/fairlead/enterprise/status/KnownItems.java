package io.fairlead.enterprise.status;

import io.fairlead.enterprise.status.GroupRows.ItemKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Items that have been seen in {@code latest_value}. A row there stays for good, so nobody has to look for it again. Those
 * of the device that has not reported for the longest time are forgotten first. Safe for use by several threads.
 */
final class KnownItems {
    private final int bound;
    private final Map<String, Set<String>> byDevice = new LinkedHashMap<>(16, 0.75f, true);
    private int count;

    /** @param bound items to remember at most; each takes 100 to 200 bytes */
    KnownItems(int bound) {
        this.bound = bound;
    }

    /** Those of the slices' items that are not known, each once. */
    synchronized Set<ItemKey> others(List<Slice> slices) {
        Set<ItemKey> others = new LinkedHashSet<>();
        for (Slice slice : slices) {
            String device = slice.device().value();
            Set<String> known = byDevice.getOrDefault(device, Set.of());
            for (Parsed parsed : slice.messages()) {
                if (parsed instanceof Parsed.Fit fit) {
                    for (DataItem item : fit.message().items()) {
                        if (!known.contains(item.name())) {
                            others.add(new ItemKey(device, item.name()));
                        }
                    }
                }
            }
        }
        return others;
    }

    /** Takes note of items that are committed. */
    synchronized void seen(Collection<ItemKey> items) {
        for (ItemKey item : items) {
            if (byDevice.computeIfAbsent(item.device(), device -> new HashSet<>())
                    .add(item.item())) {
                count++;
            }
        }
        Iterator<Set<String>> oldest = byDevice.values().iterator();
        while (count > bound && oldest.hasNext()) {
            count -= oldest.next().size();
            oldest.remove();
        }
    }
}

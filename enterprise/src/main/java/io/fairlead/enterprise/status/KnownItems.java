package io.fairlead.enterprise.status;

import io.fairlead.enterprise.status.GroupRows.ItemKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ids of items that have been seen in {@code latest_value}. A row there stays for good, so nobody has to look for it
 * again. Those of the device that has not reported for the longest time are forgotten first. Safe for use by several
 * threads.
 */
final class KnownItems {
    private final int bound;
    /** Maps inside are never changed: who has asked may go on reading. */
    private final Map<String, Map<String, Long>> byDevice = new LinkedHashMap<>(16, 0.75f, true);

    private int count;

    /** @param bound items to remember at most; each takes some 60 bytes */
    KnownItems(int bound) {
        this.bound = bound;
    }

    /** The ids of a group's items, as far as they are known. */
    synchronized ItemIds of(Collection<Slice> slices) {
        Map<String, Map<String, Long>> known = new HashMap<>();
        for (Slice slice : slices) {
            String device = slice.device().value();
            known.put(device, byDevice.getOrDefault(device, Map.of()));
        }
        return new ItemIds(known);
    }

    /** Takes note of items that are committed. */
    synchronized void seen(Map<ItemKey, Long> items) {
        Map<String, Map<String, Long>> more = new TreeMap<>();
        // Devices of a kind name the same items: one text for all of them is in the processor's cache, a thousand are
        // not.
        items.forEach((item, id) -> more.computeIfAbsent(item.device(), device -> new HashMap<>())
                .put(item.item().intern(), id));
        more.forEach((device, ids) -> {
            Map<String, Long> before = byDevice.getOrDefault(device, Map.of());
            Map<String, Long> all = new HashMap<>(before);
            all.putAll(ids);
            byDevice.put(device, all);
            count += all.size() - before.size();
        });
        Iterator<Map<String, Long>> oldest = byDevice.values().iterator();
        while (count > bound && oldest.hasNext()) {
            count -= oldest.next().size();
            oldest.remove();
        }
    }
}

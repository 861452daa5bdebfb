package io.fairlead.enterprise.status;

import io.fairlead.enterprise.status.GroupRows.ItemKey;
import io.fairlead.enterprise.status.GroupRows.MessageRow;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of a group as arrays, and the times of their messages. There are ten times as many items as of anything else: so
 * they name their message by its place, and a column in which nothing stands is left out.
 */
final class ItemColumns {
    private final OffsetDateTime[] observedAt;
    private final Integer[] messages;
    private final Long[] items;
    private final @Nullable Double[] numbers;
    private final @Nullable String[] texts;
    private final @Nullable String[] units;
    private final Boolean[] newest;
    private int message;
    private int item;
    private boolean hasText;
    private boolean hasUnit;
    private boolean hasOlder;

    private ItemColumns(int count, int items) {
        observedAt = new OffsetDateTime[count];
        messages = new Integer[items];
        this.items = new Long[items];
        numbers = new Double[items];
        texts = new String[items];
        units = new String[items];
        newest = new Boolean[items];
    }

    /** Time of each message; place of its message, id, number, text, unit, whether newest, of each item. */
    static Tuple of(GroupRows rows, ItemIds ids, OffsetDateTime now) {
        ItemColumns columns = new ItemColumns(rows.messages().size(), rows.items());
        Map<ItemKey, MessageRow> newest = rows.newest(now);
        for (MessageRow message : rows.messages()) {
            columns.add(message, ids, newest);
        }
        return columns.tuple();
    }

    private void add(MessageRow row, ItemIds ids, Map<ItemKey, MessageRow> newestOf) {
        String device = row.stream().device();
        observedAt[message] = row.observedAt();
        message++;
        Integer place = message;
        for (DataItem each : row.items()) {
            messages[item] = place;
            items[item] = ids.of(device, each.name());
            numbers[item] = each.number();
            texts[item] = each.text();
            units[item] = each.unit();
            newest[item] =
                    newestOf.isEmpty() || row.equals(newestOf.getOrDefault(new ItemKey(device, each.name()), row));
            hasText |= each.text() != null;
            hasUnit |= each.unit() != null;
            hasOlder |= !newest[item];
            item++;
        }
    }

    private Tuple tuple() {
        return Tuple.from(new @Nullable Object[] {
            observedAt,
            messages,
            items,
            numbers,
            hasText ? texts : null,
            hasUnit ? units : null,
            hasOlder ? newest : null
        });
    }
}

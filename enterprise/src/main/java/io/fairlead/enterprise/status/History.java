package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What items were, as much of it as a chart can show. */
public final class History {
    /** More points than this are never given. */
    public static final int MOST_POINTS = 2_000;

    private static final int BUCKETS = 1_000;

    private final Database database;
    private final Devices devices;
    private final HistoryStore store = new HistoryStore();

    public History(Database database, Devices devices) {
        this.database = database;
        this.devices = devices;
    }

    /**
     * An item over some time: every value when there are few, else buckets with least, average and most; changes only when
     * it is a text. Fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN, NOT_FOUND when the device never reported this item.
     */
    public Future<Series> series(Actor actor, DeviceId device, String item, Span span) {
        return kind(actor, device, item)
                .compose(kind -> kind.number()
                        ? numbers(device, item, span)
                        : states(device, item, span).<Series>map(states -> states));
    }

    private Future<HistoryStore.Kind> kind(Actor actor, DeviceId device, String item) {
        return devices.mayOn(actor, Action.SEE_DATA, device)
                .compose(may -> store.kind(database.pool(), device, item))
                .map(found -> found.orElseThrow(
                        () -> new Refusal(Fault.NOT_FOUND, "device=" + device + " has no such item")));
    }

    /** Where a page ended: when its last value was received, and how many of that moment were shown. */
    public record Place(Instant receivedAt, int skip) {
        /** Throws a Refusal(INVALID). */
        public Place {
            if (skip < 0 || skip > 100_000) {
                throw new Refusal(Fault.INVALID, "there is no such page");
            }
        }
    }

    /**
     * Some values, in order of reception.
     *
     * @param next where the next page begins; null when this was the last
     */
    public record Page(
            @Nullable String unit,
            List<HistoryValue> values,
            @Nullable Place next) {}

    /**
     * Every value of an item as it was reported. Fails as {@link #series} does.
     *
     * @param after where the page before ended; null for the first page
     * @param limit 1 to {@value #MOST_POINTS}
     */
    public Future<Page> page(Actor actor, DeviceId device, String item, Span span, @Nullable Place after, int limit) {
        if (limit < 1 || limit > MOST_POINTS) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a page has 1 to " + MOST_POINTS + " values"));
        }
        return kind(actor, device, item)
                .compose(kind -> store.piece(database.pool(), device, item, span, after, limit + 1)
                        .map(read -> read.size() <= limit
                                ? new Page(kind.unit(), read, null)
                                : new Page(kind.unit(), read.subList(0, limit), place(after, read.subList(0, limit)))));
    }

    private static Place place(@Nullable Place before, List<HistoryValue> shown) {
        Instant last = shown.get(shown.size() - 1).receivedAt();
        long same =
                shown.stream().filter(value -> value.receivedAt().equals(last)).count();
        int earlier = before != null && before.receivedAt().equals(last) ? before.skip() : 0;
        return new Place(last, earlier + (int) same);
    }

    /** Numbers taken together: only those of the span, in buckets that begin at whole multiples of their width since 1970. */
    public record Aggregates(@Nullable String unit, Duration width, List<Series.Bucket> buckets) {}

    /**
     * Numbers in buckets. Fails as {@link #series} does; with CONFLICT when the item is a text, INVALID when the buckets
     * would be more than {@value #MOST_POINTS}.
     *
     * @param width of a bucket, whole seconds; null for one that gives 1,000 buckets or fewer
     */
    public Future<Aggregates> aggregates(
            Actor actor, DeviceId device, String item, Span span, @Nullable Duration width) {
        Duration wide = width == null ? Steps.of(span.length(), BUCKETS) : width;
        if (wide.compareTo(Duration.ofSeconds(1)) < 0
                || wide.multipliedBy(MOST_POINTS).compareTo(span.length()) < 0) {
            return Future.failedFuture(
                    new Refusal(Fault.INVALID, "buckets are a second wide or wider, and at most " + MOST_POINTS));
        }
        return kind(actor, device, item).compose(kind -> {
            if (!kind.number()) {
                throw new Refusal(Fault.CONFLICT, "device=" + device + " reports a text");
            }
            return store.buckets(database.pool(), device, item, span, wide)
                    .map(buckets -> new Aggregates(kind.unit(), wide, buckets));
        });
    }

    /** When a text changed, and to what. Fails as {@link #series} does; with CONFLICT when the item is a number. */
    public Future<Series.States> changes(Actor actor, DeviceId device, String item, Span span) {
        return kind(actor, device, item).compose(kind -> {
            if (kind.number()) {
                throw new Refusal(Fault.CONFLICT, "device=" + device + " reports a number");
            }
            return states(device, item, span);
        });
    }

    private Future<Series> numbers(DeviceId device, String item, Span span) {
        return store.raw(database.pool(), device, item, span, MOST_POINTS + 1).compose(samples -> {
            if (samples.size() <= MOST_POINTS) {
                return Future.succeededFuture(new Series.Raw(span, samples));
            }
            Duration width = Steps.of(span.length(), BUCKETS);
            Span aligned = aligned(span, width);
            return store.buckets(database.pool(), device, item, aligned, width)
                    .map(buckets -> new Series.Buckets(aligned, width, buckets));
        });
    }

    /** Buckets begin at the same moments wherever a range begins, so that nothing jumps when it is moved. */
    private static Span aligned(Span span, Duration width) {
        long seconds = width.toSeconds();
        Instant from = Instant.ofEpochSecond(Math.floorDiv(span.from().getEpochSecond(), seconds) * seconds);
        return new Span(from, span.to());
    }

    private Future<Series.States> states(DeviceId device, String item, Span span) {
        return store.before(database.pool(), device, item, span.from())
                .compose(before -> store.states(database.pool(), device, item, span, MOST_POINTS + 2)
                        .map(changes -> {
                            List<Series.State> states = new ArrayList<>(changes.size() + 1);
                            // What changed in the very moment in which the time begins did not hold in it.
                            boolean atOnce =
                                    !changes.isEmpty() && changes.get(0).since().equals(span.from());
                            before.filter(text -> !atOnce)
                                    .ifPresent(text -> states.add(new Series.State(span.from(), text)));
                            for (Series.State change : changes) {
                                boolean same = !states.isEmpty()
                                        && states.get(states.size() - 1).text().equals(change.text());
                                if (!same) {
                                    states.add(change);
                                }
                            }
                            return states.size() <= MOST_POINTS
                                    ? new Series.States(span, states, false)
                                    : new Series.States(span, states.subList(0, MOST_POINTS), true);
                        }));
    }
}

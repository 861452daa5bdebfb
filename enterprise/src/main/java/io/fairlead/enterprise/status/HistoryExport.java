package io.fairlead.enterprise.status;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every value of some items over some time, as a file. A page of rows is read, written, and only then the next one read:
 * what is in memory does not grow with the range, nor with how slowly it is taken, and no connection is held meanwhile.
 */
public final class HistoryExport {
    /** The most items of one file. */
    public static final int MOST_ITEMS = 50;

    /** More than one moment of reception can have of one item. */
    private static final int PAGE = 4_000;

    private final Database database;
    private final Devices devices;
    private final Audit audit;
    private final int page;
    private final HistoryStore store = new HistoryStore();

    public HistoryExport(Database database, Devices devices, Audit audit) {
        this(database, devices, audit, PAGE);
    }

    HistoryExport(Database database, Devices devices, Audit audit, int page) {
        this.database = database;
        this.devices = devices;
        this.audit = audit;
        this.page = page;
    }

    /** How a file is written. */
    public enum Format {
        /** RFC 4180 with a line of names, UTF-8. */
        CSV("text/csv; charset=utf-8", "csv"),
        /** An array of objects, one a line. */
        JSON("application/json", "json");

        private final String mediaType;
        private final String ending;

        Format(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Of the file's name, without the dot. */
        public String ending() {
            return ending;
        }
    }

    /**
     * What is to be exported.
     *
     * @param items 1 to {@value #MOST_ITEMS}
     */
    public record Wanted(DeviceId device, List<String> items, Span span, Format format) {
        public Wanted {
            items = List.copyOf(items);
            if (items.isEmpty() || items.size() > MOST_ITEMS) {
                throw new Refusal(Fault.INVALID, "a file has 1 to " + MOST_ITEMS + " items");
            }
            items.forEach(item -> Words.name("an item's name", item));
        }
    }

    /**
     * Asks whether it may be exported, and audits that it is. Nothing is written before.
     *
     * @return fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN, NOT_FOUND when the device never reported one of the items
     */
    public Future<Ready> begin(Actor actor, Wanted wanted) {
        return devices.mayOn(actor, Action.SEE_DATA, wanted.device())
                .compose(may -> units(wanted))
                .compose(units -> audit.record(new AuditEntry(
                                actor.audited(),
                                AuditCode.HISTORY_EXPORTED,
                                wanted.device().value(),
                                "from=" + wanted.span().from() + " to="
                                        + wanted.span().to() + " format="
                                        + wanted.format().ending() + " items=" + String.join(",", wanted.items())))
                        .map(new Ready(wanted, units)));
    }

    private Future<List<String>> units(Wanted wanted) {
        List<Future<String>> units = wanted.items().stream()
                .map(item -> store.kind(database.pool(), wanted.device(), item).map(kind -> {
                    String unit = kind.orElseThrow(() ->
                                    new Refusal(Fault.NOT_FOUND, "device=" + wanted.device() + " has no such item"))
                            .unit();
                    return unit == null ? "" : unit;
                }))
                .toList();
        return Future.all(units).map(all -> all.<String>list());
    }

    /** An export that may go out. */
    public final class Ready {
        private final Wanted wanted;
        private final List<String> units;

        private Ready(Wanted wanted, List<String> units) {
            this.wanted = wanted;
            this.units = units;
        }

        /**
         * Writes it.
         *
         * @param sink takes a piece; the next one comes when its future succeeds, and none when it fails
         * @return how many values there were
         */
        public Future<Long> write(Function<Buffer, Future<Void>> sink) {
            boolean csv = wanted.format() == Format.CSV;
            return sink.apply(Buffer.buffer(csv ? "device,item,observed_at,received_at,value,unit\r\n" : "["))
                    .compose(begun -> item(sink, 0, 0))
                    .compose(count -> csv
                            ? Future.succeededFuture(count)
                            : sink.apply(Buffer.buffer("\n]\n")).map(count));
        }

        private Future<Long> item(Function<Buffer, Future<Void>> sink, int index, long written) {
            return index == wanted.items().size()
                    ? Future.succeededFuture(written)
                    : rows(sink, index, Instant.EPOCH, written).compose(count -> item(sink, index + 1, count));
        }

        private Future<Long> rows(Function<Buffer, Future<Void>> sink, int index, Instant after, long written) {
            String item = wanted.items().get(index);
            return store.page(database.pool(), wanted.device(), item, wanted.span(), after, page)
                    .compose(read -> {
                        List<HistoryValue> whole = whole(read);
                        if (whole.isEmpty()) {
                            return Future.succeededFuture(written);
                        }
                        long count = written + whole.size();
                        Instant last = whole.get(whole.size() - 1).receivedAt();
                        Future<Void> taken = sink.apply(lines(whole, item, units.get(index), written));
                        return taken.compose(done ->
                                read.size() < page ? Future.succeededFuture(count) : rows(sink, index, last, count));
                    });
        }

        /** Without the last moment's rows, when there may be more of them: they come with the next page. */
        private List<HistoryValue> whole(List<HistoryValue> read) {
            if (read.size() < page) {
                return read;
            }
            Instant last = read.get(read.size() - 1).receivedAt();
            List<HistoryValue> whole = read.stream()
                    .filter(value -> value.receivedAt().isBefore(last))
                    .toList();
            if (whole.isEmpty()) {
                throw new IllegalStateException("more than " + page + " values of one item at one moment");
            }
            return whole;
        }

        private Buffer lines(List<HistoryValue> values, String item, String unit, long before) {
            Buffer lines = Buffer.buffer(100 * values.size());
            long number = before;
            for (HistoryValue value : values) {
                lines.appendString(
                        wanted.format() == Format.CSV ? csv(value, item, unit) : json(value, item, unit, number));
                number++;
            }
            return lines;
        }

        private String csv(HistoryValue value, String item, String unit) {
            return String.join(
                            ",",
                            CsvText.cell(wanted.device().value()),
                            CsvText.cell(item),
                            value.observedAt().toString(),
                            value.receivedAt().toString(),
                            cell(value.number(), value.text()),
                            CsvText.cell(unit))
                    + "\r\n";
        }

        private static String cell(@Nullable Double number, @Nullable String text) {
            return number != null ? CsvText.number(number) : CsvText.cell(text == null ? "" : text);
        }

        private String json(HistoryValue value, String item, String unit, long number) {
            JsonObject json = new JsonObject()
                    .put("device", wanted.device().value())
                    .put("item", item)
                    .put("observedAt", value.observedAt().toString())
                    .put("receivedAt", value.receivedAt().toString())
                    .put("value", value.number() != null ? value.number() : value.text());
            if (!unit.isEmpty()) {
                json.put("unit", unit);
            }
            return (number == 0 ? "\n" : ",\n") + json.encode();
        }
    }
}

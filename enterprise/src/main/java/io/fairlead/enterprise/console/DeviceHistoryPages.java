package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.console.DeviceHistory.Item;
import io.fairlead.enterprise.console.DeviceHistory.Range;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.HistoryExport;
import io.fairlead.enterprise.status.HistoryExport.Format;
import io.fairlead.enterprise.status.HistoryExport.Wanted;
import io.fairlead.enterprise.status.LatestValue;
import io.fairlead.enterprise.status.Series;
import io.fairlead.enterprise.status.Span;
import io.fairlead.enterprise.status.StatusService;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What items of a device were: charts, the same as tables, and files to take away. */
final class DeviceHistoryPages implements Pages {
    private final DeviceHeads heads;
    private final StatusService status;
    private final History history;
    private final HistoryExport export;

    DeviceHistoryPages(DeviceHeads heads, StatusService status, History history, HistoryExport export) {
        this.heads = heads;
        this.status = status;
        this.history = history;
        this.export = export;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/history", Access.to(Action.SEE_DATA), this::show);
        doors.get("/devices/:device/history/table", Access.to(Action.SEE_DATA), this::table);
        doors.get("/devices/:device/history/data", Access.to(Action.SEE_DATA), this::data);
        doors.get("/devices/:device/history/export", Access.to(Action.SEE_DATA), this::export);
    }

    private Future<Answer> show(Visit visit) {
        return page(visit).map(view -> Answer.show("console/deviceHistory.jte", view));
    }

    private Future<Answer> table(Visit visit) {
        return page(visit).compose(view -> {
            List<Future<DeviceHistoryTable.Part>> parts = view.chosen().stream()
                    .map(name -> history.series(
                                    visit.actor(), view.head().device().id(), name, view.span())
                            .map(series -> DeviceHistoryTable.part(item(view, name), series)))
                    .toList();
            return Future.all(parts)
                    .map(all ->
                            Answer.show("console/deviceHistoryTable.jte", new DeviceHistoryTable(view, all.list())));
        });
    }

    private static Item item(DeviceHistory view, String name) {
        return view.items().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Future<DeviceHistory> page(Visit visit) {
        return heads.of(visit, DeviceTab.HISTORY)
                .compose(head -> status.latest(visit.actor(), head.device().id())
                        .map(latest -> page(visit.query(), head, latest)));
    }

    private static DeviceHistory page(Form query, DeviceHead head, List<LatestValue> latest) {
        List<Item> items = latest.stream()
                .map(value -> new Item(value.item(), value.unit() == null ? "" : value.unit(), value.number() != null))
                .toList();
        List<String> asked = query.values("item");
        List<String> chosen = new ArrayList<>(items.stream()
                .map(Item::name)
                .filter(asked::contains)
                .limit(DeviceHistory.MOST)
                .toList());
        if (chosen.isEmpty()) {
            items.stream().filter(Item::number).limit(2).map(Item::name).forEach(chosen::add);
        }
        Span own = query.value("from").isEmpty() && query.value("to").isEmpty() ? null : span(query);
        if (own != null) {
            return new DeviceHistory(head, items, chosen, own, null, query);
        }
        Range range = Range.ofKey(query.value("range"));
        return new DeviceHistory(head, items, chosen, range.before(head.now()), range, query);
    }

    /** A time of one's own; null, with a message beside the field, for what is none. */
    private static @Nullable Span span(Form query) {
        Instant from = moment(query, "from");
        Instant to = moment(query, "to");
        if (from == null || to == null) {
            return null;
        }
        try {
            return new Span(from, to);
        } catch (Refusal wrong) {
            query.fault("to", "The end lies after the beginning, and at most ten years.");
            return null;
        }
    }

    private static @Nullable Instant moment(Form query, String field) {
        String text = query.value(field).strip();
        try {
            if (!text.matches("[0-9]{4}-.*")) {
                throw new DateTimeException("a year has four digits");
            }
            // What a browser's own field gives has neither seconds nor a zone; its module adds them.
            return Instant.parse(
                    text.matches(".*T[0-9:.]+") ? (text.length() == 16 ? text + ":00Z" : text + "Z") : text);
        } catch (DateTimeException wrong) {
            query.fault(field, "A time in UTC, please, such as 2026-11-21T08:00:00Z.");
            return null;
        }
    }

    /** One item for a chart. */
    private Future<Answer> data(Visit visit) {
        DeviceId device = DeviceHeads.id(visit);
        Span span = mustSpan(visit.query());
        return history.series(visit.actor(), device, visit.query().value("item"), span)
                .map(series -> Answer.data(json(series)));
    }

    private static Span mustSpan(Form query) {
        Span span = span(query);
        if (span == null) {
            throw new Refusal(Fault.INVALID, "from and to");
        }
        return span;
    }

    /** Columns, seconds since 1970: what the chart's module takes as it is. */
    static JsonObject json(Series series) {
        JsonObject json = new JsonObject()
                .put("from", series.span().from().getEpochSecond())
                .put("to", series.span().to().getEpochSecond());
        JsonArray times = new JsonArray();
        if (series instanceof Series.Raw raw) {
            JsonArray values = new JsonArray();
            raw.samples().forEach(one -> {
                times.add(one.at().toEpochMilli() / 1_000.0);
                values.add(one.value());
            });
            return json.put("kind", "raw").put("t", times).put("v", values);
        }
        if (series instanceof Series.Buckets buckets) {
            JsonArray least = new JsonArray();
            JsonArray average = new JsonArray();
            JsonArray most = new JsonArray();
            buckets.buckets().forEach(one -> {
                times.add(one.from().getEpochSecond());
                least.add(one.least());
                average.add(one.average());
                most.add(one.most());
            });
            return json.put("kind", "buckets")
                    .put("width", buckets.width().toSeconds())
                    .put("t", times)
                    .put("least", least)
                    .put("v", average)
                    .put("most", most);
        }
        Series.States states = (Series.States) series;
        JsonArray texts = new JsonArray();
        states.states().forEach(one -> {
            times.add(one.since().toEpochMilli() / 1_000.0);
            texts.add(Shown.brief(one.text()));
        });
        return json.put("kind", "states").put("t", times).put("v", texts).put("cut", states.cut());
    }

    private Future<Answer> export(Visit visit) {
        DeviceId device = DeviceHeads.id(visit);
        Format format = visit.query().choice("format", Format.class, Format.CSV);
        Wanted wanted = new Wanted(device, visit.query().values("item"), mustSpan(visit.query()), format);
        String name = device + "_" + wanted.span().from().toString().replaceAll("[:.]", "") + "." + format.ending();
        return export.begin(visit.actor(), wanted)
                .map(ready -> Answer.file(
                        "attachment; filename=\"" + name + "\"",
                        format.mediaType(),
                        -1,
                        sink -> ready.write(sink).mapEmpty()));
    }
}

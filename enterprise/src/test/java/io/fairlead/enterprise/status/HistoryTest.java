package io.fairlead.enterprise.status;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.HistoryExport.Format;
import io.fairlead.enterprise.status.HistoryExport.Wanted;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Actor ANNA = Actor.operatingSystem("anna");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Span DAY = new Span(NOW.minus(Duration.ofDays(1)), NOW);
    private static TestStatus status;
    private static History history;

    @BeforeAll
    static void start() {
        status = new TestStatus(Clock.fixed(NOW, ZoneOffset.UTC), StatusSettings.defaults());
        history = new History(status.fleet.database, status.fleet.devices);
        status.fleet.postgres.execute(
                "SELECT fairlead_ensure_partitions('item_history', date '2025-11-20', 375)",
                "SELECT fairlead_ensure_partitions('event', date '2026-11-01', 25)");
    }

    @AfterAll
    static void stop() {
        status.close();
    }

    /** A device with an item; rows are received when they are observed. */
    private static DeviceId device(String id, String item, boolean number) {
        DeviceId device = status.fleet.registered(id);
        item(device, item, number);
        return device;
    }

    private static void item(DeviceId device, String item, boolean number) {
        status.fleet.postgres.execute(
                "INSERT INTO latest_value (device, item, observed_at, received_at, number, text, unit,"
                        + " first_received) VALUES ('" + device + "', '" + item + "', now(), now(), "
                        + (number ? "1, NULL, '°C'" : "NULL, 'x', NULL") + ", now())");
    }

    private static void rows(DeviceId device, String item, String values) {
        status.fleet.postgres.execute("INSERT INTO item_history (item, observed_at, received_at, number, text)"
                + " SELECT (SELECT id FROM latest_value WHERE device = '" + device + "' AND item = '" + item + "'), "
                + values);
    }

    private static Series series(DeviceId device, String item, Span span) {
        return await(history.series(ANNA, device, item, span));
    }

    @Test
    void few_values_are_given_as_they_are_in_order_of_observation_also_those_that_came_late() {
        DeviceId device = device("h-1", "t", true);
        rows(device, "t", "timestamptz '2026-11-21 10:00Z', timestamptz '2026-11-21 10:00Z', 2, NULL");
        rows(device, "t", "timestamptz '2026-11-21 09:00Z', timestamptz '2026-11-21 11:00Z', 1, NULL");
        // Observed within the range, received after it: the network was down.
        rows(device, "t", "timestamptz '2026-11-21 10:30Z', timestamptz '2026-11-23 08:00Z', 3, NULL");
        rows(device, "t", "timestamptz '2026-11-20 10:30Z', timestamptz '2026-11-21 11:00Z', 9, NULL");
        Series.Raw raw = (Series.Raw) series(device, "t", new Span(NOW.minus(Duration.ofHours(4)), NOW));
        assertThat(raw.samples()).extracting(Series.Sample::value).containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void a_year_of_minutes_goes_out_as_buckets_that_hide_no_peak() {
        DeviceId device = device("h-2", "t", true);
        rows(
                device,
                "t",
                "at, at, 20 + (extract(epoch FROM at)::bigint / 60) % 5, NULL FROM generate_series("
                        + "timestamptz '2025-11-21 12:00Z', '2026-11-21 11:59Z', '1 minute') AS at");
        rows(device, "t", "timestamptz '2026-03-03 03:03:30Z', timestamptz '2026-03-03 03:03:30Z', 99, NULL");
        Span year = new Span(NOW.minus(Duration.ofDays(365)), NOW);
        Series.Buckets buckets = (Series.Buckets) series(device, "t", year);
        assertThat(buckets.width()).isEqualTo(Duration.ofHours(12));
        assertThat(buckets.buckets()).hasSizeBetween(700, History.MOST_POINTS);
        assertThat(buckets.buckets().stream().mapToLong(Series.Bucket::count).sum())
                .isEqualTo(525_601);
        assertThat(buckets.buckets().stream().filter(bucket -> bucket.most() == 99))
                .hasSize(1);
        assertThat(buckets.buckets()).allMatch(bucket -> bucket.least() == 20 && bucket.average() > 21.9);

        Series.Buckets day = (Series.Buckets) series(device, "t", new Span(NOW.minus(Duration.ofDays(2)), NOW));
        assertThat(day.width()).isEqualTo(Duration.ofMinutes(5));
        assertThat(series(device, "t", DAY)).isInstanceOf(Series.Raw.class);
    }

    @Test
    void a_year_is_read_from_the_index_alone() {
        DeviceId device = device("h-3", "t", true);
        rows(
                device,
                "t",
                "at, at, 1, NULL FROM generate_series(timestamptz '2026-11-19', '2026-11-21', '20 seconds') AS at");
        // Other devices write between, as they do.
        status.fleet.postgres.execute(
                "INSERT INTO item_history (item, observed_at, received_at, number) SELECT 1000 + n, at, at, 1"
                        + " FROM generate_series(timestamptz '2026-11-20', '2026-11-20 23:59Z', '1 minute') AS at,"
                        + " generate_series(1, 40) AS n",
                "VACUUM (ANALYZE) item_history_p20261120");
        String plan = status.fleet.postgres.value("EXPLAIN (FORMAT JSON) SELECT date_bin('1 hour', observed_at,"
                + " timestamptz '2026-11-20'), min(number), avg(number), max(number) FROM item_history"
                + " WHERE item = (SELECT id FROM latest_value WHERE device = 'h-3' AND item = 't') AND received_at >= timestamptz '2026-11-20'"
                + " AND received_at < timestamptz '2026-11-21' AND observed_at >= timestamptz '2026-11-20'"
                + " AND observed_at < timestamptz '2026-11-20 06:00' AND number IS NOT NULL GROUP BY 1");
        assertThat(plan).contains("Index Only Scan");
    }

    @Test
    void a_text_is_a_row_of_states_and_begins_with_the_one_that_held_before() {
        DeviceId device = device("h-4", "mode", false);
        String[] texts = {"idle", "idle", "run", "run", "error", "idle"};
        for (int i = 0; i < texts.length; i++) {
            String at = "timestamptz '2026-11-21 0" + (i + 2) + ":00Z'";
            rows(device, "mode", at + ", " + at + ", NULL, '" + texts[i] + "'");
        }
        Span span = new Span(Instant.parse("2026-11-21T03:30:00Z"), NOW);
        Series.States states = (Series.States) series(device, "mode", span);
        assertThat(states.states()).extracting(Series.State::text).containsExactly("idle", "run", "error", "idle");
        assertThat(states.states().get(0).since()).isEqualTo(span.from());
        assertThat(states.cut()).isFalse();
    }

    @Test
    void what_is_asked_wrongly_is_refused() {
        DeviceId device = device("h-5", "t", true);
        assertThat(TestFleet.refused(history.series(ANNA, device, "u", DAY))).isEqualTo(Fault.NOT_FOUND);
        assertThat(TestFleet.refused(history.series(Actor.person("nobody", true), device, "t", DAY)))
                .isIn(Fault.UNKNOWN_DEVICE, Fault.FORBIDDEN);
        assertThatThrownBy(() -> new Span(NOW, NOW)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new Span(NOW, NOW.plus(Duration.ofDays(4_000))))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new Wanted(device, List.of(), DAY, Format.CSV)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new Wanted(device, List.of("=x"), DAY, Format.CSV))
                .isInstanceOf(Refusal.class);
    }

    private static String exported(HistoryExport export, Wanted wanted, Function<Buffer, Future<Void>> sink) {
        Buffer all = Buffer.buffer();
        long count = await(export.begin(ANNA, wanted)
                .compose(ready -> ready.write(piece -> {
                    all.appendBuffer(piece);
                    return sink.apply(piece);
                })));
        assertThat(count).isPositive();
        return all.toString();
    }

    @Test
    void an_export_has_every_row_once_however_small_its_pages_and_no_formula_in_it() {
        DeviceId device = device("h-6", "t", true);
        item(device, "note", false);
        // Three rows at each moment, pages of four: pages end within a moment.
        rows(
                device,
                "t",
                "at - n * interval '1 second', at, -n, NULL FROM generate_series(timestamptz '2026-11-21 08:00Z',"
                        + " '2026-11-21 08:09Z', '1 minute') AS at, generate_series(1, 3) AS n");
        rows(
                device,
                "note",
                "timestamptz '2026-11-21 08:00Z', timestamptz '2026-11-21 08:00Z', NULL, '=cmd|''/c calc''!A1, \"x\"'");
        HistoryExport export = new HistoryExport(status.fleet.database, status.fleet.devices, status.fleet.audit, 4);

        String csv = exported(
                export, new Wanted(device, List.of("t", "note"), DAY, Format.CSV), gone -> Future.succeededFuture());
        List<String> lines = csv.lines().toList();
        assertThat(lines).hasSize(32).doesNotHaveDuplicates();
        assertThat(lines.get(0)).isEqualTo("device,item,observed_at,received_at,value,unit");
        assertThat(lines.get(1)).isEqualTo("h-6,t,2026-11-21T07:59:57Z,2026-11-21T08:00:00Z,-3,°C");
        assertThat(lines.get(31)).endsWith(",\"'=cmd|'/c calc'!A1, \"\"x\"\"\",");

        String json =
                exported(export, new Wanted(device, List.of("t"), DAY, Format.JSON), gone -> Future.succeededFuture());
        assertThat(new JsonArray(json)).hasSize(30);
        assertThat(status.fleet.count("audit_entry WHERE code = 'history.exported' AND actor = 'os:anna'"))
                .isEqualTo(2);
    }

    @Test
    void an_export_reads_no_further_than_its_reader_takes() {
        DeviceId device = device("h-7", "t", true);
        rows(
                device,
                "t",
                "at, at, 1, NULL FROM generate_series(timestamptz '2026-11-21 08:00Z', '2026-11-21 09:00Z', '1 second')"
                        + " AS at");
        HistoryExport export = new HistoryExport(status.fleet.database, status.fleet.devices, status.fleet.audit, 100);
        List<Integer> sizes = new ArrayList<>();
        Future<Long> cut = export.begin(ANNA, new Wanted(device, List.of("t"), DAY, Format.CSV))
                .compose(ready -> ready.write(piece -> {
                    sizes.add(piece.length());
                    return sizes.size() < 3 ? Future.succeededFuture() : Future.failedFuture("the browser has gone");
                }));
        boolean failed = await(cut.transform(done -> Future.succeededFuture(done.failed())));
        assertThat(failed).isTrue();
        assertThat(sizes).hasSize(3).allMatch(size -> size < 10_000);
    }

    @Test
    void events_come_page_by_page_none_twice_and_none_left_out() {
        DeviceId device = status.fleet.registered("h-8");
        // Twelve at one moment, some of them alike, in pages of five.
        status.fleet.postgres.execute(
                "INSERT INTO event (device, received_at, observed_at, code, severity, text) SELECT 'h-8',"
                        + " timestamptz '2026-11-21 08:00Z', timestamptz '2026-11-21 08:00Z', 'c' || n % 4, 'warning', 'same'"
                        + " FROM generate_series(1, 12) AS n");
        status.fleet.postgres.execute(
                "INSERT INTO event (device, received_at, observed_at, code, severity, text) VALUES ('h-8',"
                        + " '2026-11-21 09:00Z', '2026-11-21 09:00Z', 'late', 'info', 'x'), ('h-8', '2026-11-20 09:00Z',"
                        + " '2026-11-21 09:00Z', 'early', 'critical', 'x')");
        Events events = new Events(status.fleet.database, status.fleet.devices);
        List<String> codes = new ArrayList<>();
        Events.Place after = null;
        do {
            Events.Page page = await(events.page(ANNA, device, Severity.INFO, after, 5));
            page.events().forEach(event -> codes.add(event.code()));
            after = page.next();
        } while (after != null);
        assertThat(codes).hasSize(14);
        assertThat(codes.get(0)).isEqualTo("late");
        assertThat(codes.get(13)).isEqualTo("early");
        for (int n = 0; n < 4; n++) {
            String code = "c" + n;
            assertThat(codes).filteredOn(code::equals).hasSize(3);
        }
        assertThat(await(events.page(ANNA, device, Severity.ERROR, null, 5)).events())
                .extracting(PastEvent::code)
                .containsExactly("early");
    }

    @Test
    void events_of_a_time_are_those_received_then() {
        DeviceId device = status.fleet.registered("h-9");
        status.fleet.postgres.execute("INSERT INTO event (device, received_at, observed_at, code, severity, text)"
                + " SELECT 'h-9', at, at, 'c' || extract(hour FROM at AT TIME ZONE 'UTC'), 'info', 'x'"
                + " FROM generate_series(timestamptz '2026-11-21 01:00Z', '2026-11-21 05:00Z', '1 hour') AS at");
        Events events = new Events(status.fleet.database, status.fleet.devices);
        Events.Wanted some = new Events.Wanted(
                Severity.INFO, Instant.parse("2026-11-21T02:00:00Z"), Instant.parse("2026-11-21T04:00:00Z"));
        assertThat(await(events.page(ANNA, device, some, null, 10)).events())
                .extracting(PastEvent::code)
                .containsExactly("c3", "c2");
        Events.Page first = await(events.page(ANNA, device, some, null, 1));
        assertThat(await(events.page(ANNA, device, some, first.next(), 1)).events())
                .extracting(PastEvent::code)
                .containsExactly("c2");
        Events.Wanted all = new Events.Wanted(Severity.INFO, Instant.MIN, Instant.MAX);
        assertThat(await(events.page(ANNA, device, all, null, 10)).events()).hasSize(5);
    }

    @Test
    void values_come_page_by_page_none_twice_and_none_left_out_also_those_of_one_moment() {
        DeviceId device = device("h-10", "t", true);
        // Three rows at each moment, some of them alike, in pages of four and of one.
        rows(
                device,
                "t",
                "at - n / 2 * interval '1 second', at, n / 2, NULL FROM generate_series(timestamptz '2026-11-21 08:00Z',"
                        + " '2026-11-21 08:09Z', '1 minute') AS at, generate_series(1, 3) AS n");
        for (int size : new int[] {1, 4, 30, 2_000}) {
            List<HistoryValue> values = new ArrayList<>();
            History.Place after = null;
            do {
                History.Page page = await(history.page(ANNA, device, "t", DAY, after, size));
                assertThat(page.unit()).isEqualTo("°C");
                assertThat(page.values()).hasSizeBetween(1, size);
                values.addAll(page.values());
                after = page.next();
            } while (after != null);
            assertThat(values).hasSize(30).isSortedAccordingTo(Comparator.comparing(HistoryValue::receivedAt));
            assertThat(values.stream().mapToDouble(HistoryValue::number).sum()).isEqualTo(20);
        }
        Span before = new Span(NOW.minus(Duration.ofDays(3)), NOW.minus(Duration.ofDays(2)));
        assertThat(await(history.page(ANNA, device, "t", before, null, 10)).values())
                .isEmpty();
    }

    @Test
    void numbers_are_taken_together_in_whole_buckets_and_only_those_that_were_asked_for() {
        DeviceId device = device("h-11", "t", true);
        item(device, "note", false);
        rows(
                device,
                "t",
                "at, at, extract(minute FROM at), NULL"
                        + " FROM generate_series(timestamptz '2026-11-21 08:00Z', '2026-11-21 08:59Z', '1 minute') AS at");
        Instant from = Instant.parse("2026-11-21T08:05:00Z");
        Span span = new Span(from, from.plus(Duration.ofMinutes(30)));
        History.Aggregates found = await(history.aggregates(ANNA, device, "t", span, Duration.ofMinutes(15)));
        assertThat(found.buckets())
                .containsExactly(
                        new Series.Bucket(Instant.parse("2026-11-21T08:00:00Z"), 5, 9.5, 14, 10),
                        new Series.Bucket(Instant.parse("2026-11-21T08:15:00Z"), 15, 22, 29, 15),
                        new Series.Bucket(Instant.parse("2026-11-21T08:30:00Z"), 30, 32, 34, 5));
        assertThat(found.unit()).isEqualTo("°C");
        assertThat(await(history.aggregates(ANNA, device, "t", span, null)).width())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(TestFleet.refused(history.aggregates(ANNA, device, "t", DAY, Duration.ofSeconds(43))))
                .isEqualTo(Fault.INVALID);
        assertThat(await(history.aggregates(ANNA, device, "t", DAY, Duration.ofSeconds(44)))
                        .buckets())
                .hasSize(60);
        // Ten years from the first day that there is, in weeks that begin before it.
        Instant first = Instant.parse("2000-01-01T00:00:00Z");
        Span ten = new Span(first, first.plus(Duration.ofDays(3_653)));
        assertThat(await(history.aggregates(ANNA, device, "t", ten, null)).buckets())
                .isEmpty();
        assertThat(TestFleet.refused(history.aggregates(ANNA, device, "note", DAY, null)))
                .isEqualTo(Fault.CONFLICT);
        assertThat(TestFleet.refused(history.changes(ANNA, device, "t", DAY))).isEqualTo(Fault.CONFLICT);
        assertThat(TestFleet.refused(history.page(ANNA, device, "none", DAY, null, 10)))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(TestFleet.refused(history.page(Actor.person("nobody", true), device, "t", DAY, null, 10)))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
    }

    @Test
    void large_numbers_have_an_average() {
        DeviceId device = device("h-12", "t", true);
        rows(device, "t", "timestamptz '2026-11-21 08:00Z', timestamptz '2026-11-21 08:00Z', 1e300, NULL");
        rows(device, "t", "timestamptz '2026-11-21 08:00Z', timestamptz '2026-11-21 08:00Z', -1e300, NULL");
        assertThat(await(history.aggregates(ANNA, device, "t", DAY, null)).buckets())
                .extracting(Series.Bucket::average)
                .containsExactly(0.0);
    }

    @Test
    void more_changes_than_are_given_are_said_to_be_there() {
        DeviceId device = device("h-13", "state", false);
        rows(
                device,
                "state",
                "at, at, NULL, CASE WHEN extract(second FROM at)::int % 2 = 0 THEN 'on' ELSE 'off' END FROM"
                        + " generate_series(timestamptz '2026-11-21 08:00Z', '2026-11-21 08:33:19Z', '1 second') AS at");
        Series.States all = await(history.changes(ANNA, device, "state", DAY));
        assertThat(all.states()).hasSize(2_000);
        assertThat(all.cut()).isFalse();
        rows(device, "state", "timestamptz '2026-11-21 07:00Z', timestamptz '2026-11-21 07:00Z', NULL, 'x'");
        Series.States cut = await(history.changes(ANNA, device, "state", DAY));
        assertThat(cut.states()).hasSize(2_000);
        assertThat(cut.cut()).isTrue();
        // Whoever goes on where these end misses none.
        Span rest = new Span(cut.states().get(1_999).since(), NOW);
        assertThat(await(history.changes(ANNA, device, "state", rest)).states()).hasSize(2);
    }

    @Test
    void a_cell_that_a_spreadsheet_would_run_is_made_a_text() {
        assertThat(CsvText.cell("plain text")).isEqualTo("plain text");
        assertThat(CsvText.cell("a,b")).isEqualTo("\"a,b\"");
        for (String formula : List.of(
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                " =1",
                "\r=1",
                "\n=1",
                "|x",
                "%x",
                "\uff1d1",
                "\u00a0=1",
                "\ufeff@x",
                "'=1")) {
            assertThat(CsvText.cell(formula).replaceFirst("^\"", "")).startsWith("'");
        }
        assertThat(CsvText.number(-1.5)).isEqualTo("-1.5");
        assertThat(CsvText.number(3)).isEqualTo("3");
    }
}

package io.fairlead.agent.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final Documents DOCUMENTS = new Documents(XmlReaders.ofJdk());
    private static final long ROOMY = 50L << 20;
    private static final long SMALL = 256 * 1024;

    @TempDir
    Path folder;

    private Path spool;
    private Outbox outbox;

    @BeforeEach
    void open() throws IOException {
        spool = folder.resolve("outbox");
        outbox = outbox(ROOMY);
    }

    @AfterEach
    void close() throws IOException {
        outbox.close();
    }

    @Test
    void messages_come_out_as_they_went_in_and_stay_until_they_are_settled() throws Exception {
        for (int i = 1; i <= 10; i++) {
            assertThat(outbox.append(telemetry(i, 10))).isEqualTo(i);
        }
        assertThat(sequences(outbox.oldest(4, 60_000))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sequences(outbox.oldest(4, 60_000))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(outbox.oldest(1, 60_000).get(0).getItem().get(0).getText()).startsWith("1 ");
        outbox.settled(3);
        assertThat(sequences(outbox.oldest(200, 60_000))).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L);
        outbox.settled(2);
        assertThat(sequences(outbox.oldest(1, 60_000))).containsExactly(4L);
    }

    @Test
    void a_batch_fits_the_bytes_but_one_message_always_comes() throws Exception {
        for (int i = 1; i <= 5; i++) {
            outbox.append(telemetry(i, 1000));
        }
        assertThat(sequences(outbox.oldest(200, 2900))).containsExactly(1L, 2L);
        assertThat(sequences(outbox.oldest(200, 10))).containsExactly(1L);
    }

    @Test
    void the_epoch_and_everything_unsettled_outlive_a_restart() throws Exception {
        String epoch = outbox.epoch();
        for (int i = 1; i <= 2000; i++) {
            outbox.append(telemetry(i, 300));
        }
        handOut(1500);
        outbox.settled(1500);
        reopen(ROOMY);
        assertThat(outbox.epoch()).isEqualTo(epoch).matches("[0-9a-f]{32}");
        assertThat(outbox.oldest(1, 60_000).get(0).getSequence()).isEqualTo(1501);
        assertThat(outbox.append(telemetry(2001, 10))).isEqualTo(2001);
        assertThat(segments()).hasSizeLessThan(5);
    }

    @Test
    void without_a_clean_stop_nothing_unsettled_is_missing_and_no_number_is_used_twice() throws Exception {
        for (int i = 1; i <= 100; i++) {
            outbox.append(telemetry(i, 300));
        }
        handOut(60);
        outbox.settled(60);
        outbox = outbox(ROOMY);
        List<Long> left = sequences(outbox.oldest(200, 600_000));
        assertThat(left).isSorted().contains(61L, 99L).endsWith(100L).hasSizeBetween(40, 100);
        assertThat(outbox.append(telemetry(101, 10))).isEqualTo(101);
    }

    @Test
    void numbers_never_go_back_when_everything_was_settled() throws Exception {
        for (int i = 1; i <= 1200; i++) {
            outbox.append(telemetry(i, 300));
            handOut(1);
            outbox.settled(i);
        }
        reopen(ROOMY);
        assertThat(outbox.oldest(10, 60_000)).isEmpty();
        assertThat(outbox.append(telemetry(1201, 10))).isEqualTo(1201);
    }

    @Test
    void numbers_never_go_back_when_the_segments_are_gone() throws Exception {
        for (int i = 1; i <= 1500; i++) {
            outbox.append(telemetry(i, 100));
        }
        String epoch = outbox.epoch();
        outbox.close();
        for (Path segment : segments()) {
            Files.delete(segment);
        }
        outbox = outbox(ROOMY);
        assertThat(outbox.epoch()).isEqualTo(epoch);
        long next = outbox.append(telemetry(1, 10));
        assertThat(next).isGreaterThan(1500);
        reopen(ROOMY);
        assertThat(outbox.append(telemetry(1, 10))).isEqualTo(next + 1);
    }

    @Test
    void a_lost_ledger_costs_numbers_but_no_message() throws Exception {
        outbox.append(telemetry(1, 10));
        String epoch = outbox.epoch();
        outbox.close();
        Files.delete(spool.resolve("ledger"));
        outbox = outbox(ROOMY);
        assertThat(outbox.epoch()).isEqualTo(epoch);
        assertThat(sequences(outbox.oldest(10, 60_000))).containsExactly(1L);
        assertThat(outbox.append(telemetry(2, 10))).isGreaterThan(1L << 32);
    }

    @Test
    void a_lost_epoch_file_is_found_again_in_the_ledger() throws Exception {
        outbox.append(telemetry(1, 10));
        String epoch = outbox.epoch();
        outbox.close();
        Files.delete(spool.resolve("epoch"));
        outbox = outbox(ROOMY);
        assertThat(outbox.epoch()).isEqualTo(epoch);
        assertThat(outbox.append(telemetry(2, 10))).isEqualTo(2);
    }

    @Test
    void a_damaged_segment_stops_neither_the_start_nor_what_is_behind_it() throws Exception {
        for (int i = 1; i <= 1500; i++) {
            outbox.append(telemetry(i, 300));
        }
        outbox.close();
        List<Path> segments = segments();
        flip(segments.get(0));
        flip(segments.get(segments.size() - 1));
        outbox = outbox(ROOMY);
        assertThat(outbox.append(telemetry(1, 10))).isGreaterThan(1500);
        assertThat(sequences(outbox.oldest(10_000, 60_000_000)))
                .startsWith(1L, 2L)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .filteredOn(line -> line.contains(" file.damaged "))
                .hasSize(2);
    }

    @Test
    void a_message_that_fits_no_report_is_refused_and_leaves_nothing_behind() throws Exception {
        StatusMessage large = telemetry(1, 1000);
        for (int i = 0; i < 60; i++) {
            large.getItem().add(item("x" + i, "y".repeat(1000)));
        }
        assertThatThrownBy(() -> outbox.append(large))
                .isInstanceOf(MessageTooLarge.class)
                .hasMessageContaining("60000");
        assertThat(outbox.append(telemetry(1, 10))).isEqualTo(1);
        assertThat(sequences(outbox.oldest(10, 60_000))).containsExactly(1L);
    }

    @Test
    void a_folder_that_is_none_is_a_clear_error() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new Outbox(file, ROOMY, Ids.random(), DOCUMENTS, audit()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the spool's folder " + file);
    }

    @Test
    void a_full_spool_drops_the_oldest_telemetry_first_and_counts() throws Exception {
        reopen(SMALL);
        Deque<Long> important = new ArrayDeque<>();
        int appended = 0;
        for (; appended < 1300; appended++) {
            if (appended % 20 == 0) {
                important.add(outbox.append(event(appended, 300)));
            } else {
                outbox.append(telemetry(appended, 300));
            }
            assertThat(outbox.bytes()).isLessThanOrEqualTo(SMALL);
        }
        List<Long> left = sequences(outbox.oldest(10_000, 60_000_000));
        assertThat(left).containsAll(important).isSorted().endsWith(1300L);
        assertThat(outbox.dropped()).isEqualTo(appended - left.size());
        long dropped = outbox.dropped();
        reopen(SMALL);
        assertThat(outbox.dropped()).isEqualTo(dropped);
        assertThat(sequences(outbox.oldest(10_000, 60_000_000))).isEqualTo(left);
    }

    @Test
    void a_spool_full_of_events_drops_the_oldest_for_an_event_and_telemetry_at_once() throws Exception {
        reopen(SMALL);
        for (int i = 1; i <= 1300; i++) {
            outbox.append(event(i, 300));
        }
        List<Long> left = sequences(outbox.oldest(10_000, 60_000_000));
        assertThat(left).isSorted().endsWith(1299L, 1300L);
        assertThat(outbox.dropped()).isEqualTo(1300 - left.size());
        long dropped = outbox.dropped();
        for (int i = 0; outbox.dropped() == dropped; i++) {
            outbox.append(telemetry(i, 300));
        }
        assertThat(sequences(outbox.oldest(10_000, 60_000_000))).containsAll(left);
    }

    @Test
    void whatever_happens_what_is_left_is_in_order_and_bounded_and_accounted_for() throws Exception {
        int seeds = Boolean.getBoolean("fairlead.long") ? 100 : 3;
        for (int seed = 1; seed <= seeds; seed++) {
            Random random = new Random(seed);
            outbox.close();
            spool = folder.resolve("outbox-" + seed);
            outbox = outbox(SMALL);
            List<Long> appended = new ArrayList<>();
            for (int step = 0; step < 1000; step++) {
                int what = random.nextInt(100);
                if (what < 90) {
                    boolean matters = random.nextInt(5) == 0;
                    int size = 1 + random.nextInt(900);
                    appended.add(outbox.append(matters ? event(step, size) : telemetry(step, size)));
                } else if (what < 96) {
                    List<Long> batch = sequences(outbox.oldest(1 + random.nextInt(20), 60_000));
                    if (!batch.isEmpty()) {
                        outbox.settled(batch.get(batch.size() - 1));
                    }
                } else if (what < 98) {
                    reopen(SMALL);
                } else {
                    outbox = outbox(SMALL);
                }
                assertThat(outbox.bytes()).isLessThanOrEqualTo(SMALL);
            }
            List<Long> left = sequences(outbox.oldest(10_000, 60_000_000));
            assertThat(appended).isSorted().doesNotHaveDuplicates().containsAll(left);
            assertThat(left).isSorted().doesNotHaveDuplicates();
            long settled = outbox.settled();
            long waiting =
                    appended.stream().filter(sequence -> sequence > settled).count();
            assertThat(waiting - left.size()).isLessThanOrEqualTo(outbox.dropped());
        }
    }

    @Test
    void a_crash_in_the_midst_of_dropping_is_made_good_at_the_start() throws Exception {
        for (int i = 1; i <= 1300; i++) {
            outbox.append(i % 10 == 0 ? event(i, 300) : telemetry(i, 300));
        }
        outbox.close();
        Ledger ledger = Ledger.read(spool.resolve("ledger")).orElseThrow();
        long first = Long.parseLong(segments().get(0).getFileName().toString().substring(0, 19));
        ledger.withDropping(first, false, 500).write(spool.resolve("ledger"));
        outbox = outbox(ROOMY);
        assertThat(outbox.dropped()).isEqualTo(500);
        assertThat(sequences(outbox.oldest(3, 60_000))).containsExactly(10L, 20L, 30L);
        reopen(ROOMY);
        assertThat(outbox.dropped()).isEqualTo(500);
    }

    @Test
    void after_a_restore_from_an_older_copy_nothing_new_passes_for_a_duplicate() throws Exception {
        for (int i = 1; i <= 5; i++) {
            outbox.append(telemetry(i, 10));
        }
        reopen(ROOMY);
        outbox.append(telemetry(6, 10));
        outbox.append(event(7, 10));
        outbox.settled(100);
        List<StatusMessage> left = outbox.oldest(10, 60_000);
        assertThat(sequences(left)).containsExactly(101L, 102L);
        assertThat(left.get(0).getItem().get(0).getText()).startsWith("6 ");
        assertThat(left.get(1).getEvent().get(0).getText()).startsWith("7 ");
        assertThat(outbox.append(telemetry(8, 10))).isEqualTo(103);
        outbox.settled(101);
        reopen(ROOMY);
        assertThat(sequences(outbox.oldest(10, 60_000))).containsExactly(102L, 103L);
    }

    @Test
    void an_older_copy_that_has_grown_past_what_the_enterprise_has_loses_nothing_of_it() throws Exception {
        for (int i = 1; i <= 900; i++) {
            outbox.append(telemetry(i, 10));
        }
        handOut(900);
        outbox.settled(900);
        reopen(ROOMY);
        for (int i = 901; i <= 1005; i++) {
            outbox.append(telemetry(i, 10));
        }
        handOut(50);
        outbox.settled(1000);

        List<StatusMessage> left = outbox.oldest(200, 600_000);
        assertThat(left).hasSize(105);
        assertThat(sequences(left))
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(1001L)
                .endsWith(1105L);
        assertThat(left.stream()
                        .map(each ->
                                Integer.parseInt(each.getItem().get(0).getText().split(" ", 2)[0])))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(901, 1005).boxed().toList());
    }

    @Test
    void a_number_that_no_copy_can_have_given_out_is_not_believed() throws Exception {
        outbox.append(telemetry(1, 10));
        assertThat(outbox.believable(Long.MAX_VALUE)).isFalse();
        assertThat(outbox.believable(1_000_000)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> outbox.settled(Long.MAX_VALUE));
        assertThat(outbox.append(telemetry(2, 10))).isEqualTo(2);
    }

    @Test
    void a_file_full_of_another_versions_messages_blocks_nothing() throws Exception {
        outbox.close();
        String next = "<StatusMessage xmlns='urn:next'>" + "x".repeat(50_000) + "</StatusMessage>";
        try (Spool files = Spool.open(spool, ROOMY, Ids.random(), audit())) {
            for (int i = 1; i <= 20; i++) {
                files.append(new Spooled(true, i, next.getBytes()));
            }
        }
        outbox = outbox(ROOMY);
        outbox.append(telemetry(21, 10));

        assertThat(sequences(outbox.oldest(50, 60_000))).containsExactly(21L);
        assertThat(outbox.settled()).isEqualTo(20);
        assertThat(spool.resolve("unreadable-20.xml")).exists();
    }

    @Test
    void a_message_of_another_version_blocks_nothing() throws Exception {
        outbox.append(telemetry(1, 10));
        outbox.close();
        try (Spool files = Spool.open(spool, ROOMY, Ids.random(), audit())) {
            files.append(new Spooled(true, 2, "<StatusMessage xmlns='urn:next'/>".getBytes()));
        }
        outbox = outbox(ROOMY);
        outbox.append(telemetry(3, 10));
        for (int i = 0; i < 3; i++) {
            assertThat(sequences(outbox.oldest(2, 60_000))).startsWith(1L);
            assertThat(sequences(outbox.oldest(200, 60_000))).containsExactly(1L, 3L);
        }
        assertThat(spool.resolve("unreadable-2.xml")).hasContent("<StatusMessage xmlns='urn:next'/>");
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .filteredOn(line -> line.contains(" outbox.unreadable "))
                .hasSize(1);
    }

    @Test
    void many_threads_may_append_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Long>>> futures = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                futures.add(threads.submit(() -> {
                    List<Long> mine = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        mine.add(outbox.append(telemetry(i, 100)));
                    }
                    return mine;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> future : futures) {
                assertThat(future.get()).isSorted();
                all.addAll(future.get());
            }
            assertThat(all).hasSize(200).doesNotHaveDuplicates();
            assertThat(sequences(outbox.oldest(1000, 600_000)))
                    .containsExactlyInAnyOrderElementsOf(all)
                    .isSorted();
        } finally {
            threads.shutdown();
        }
    }

    /** As if they were sent: only what was can be confirmed. */
    private void handOut(int messages) throws IOException {
        assertThat(outbox.oldest(messages, 10_000_000)).hasSize(messages);
    }

    private void reopen(long maxBytes) throws IOException {
        outbox.close();
        outbox = outbox(maxBytes);
    }

    private Outbox outbox(long maxBytes) throws IOException {
        return new Outbox(spool, maxBytes, Ids.random(), DOCUMENTS, audit());
    }

    private LocalAudit audit() {
        return new LocalAudit(folder.resolve("audit.log"), Clock.systemUTC());
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(spool)) {
            return files.filter(Segment::isOne).sorted().toList();
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length * 2 / 3] ^= 4;
        Files.write(file, bytes);
    }

    private static List<Long> sequences(List<StatusMessage> messages) {
        return messages.stream().map(StatusMessage::getSequence).toList();
    }

    private static StatusMessage telemetry(int number, int size) {
        StatusMessage message = new StatusMessage();
        message.setObservedAt(Instant.parse("2026-11-21T12:00:00Z"));
        message.getItem().add(item("text", number + " " + "x".repeat(size)));
        return message;
    }

    private static DataItem item(String name, String text) {
        DataItem item = new DataItem();
        item.setName(name);
        item.setText(text);
        return item;
    }

    private static StatusMessage event(int number, int size) {
        StatusMessage message = telemetry(number, size);
        Event event = new Event();
        event.setCode("started");
        event.setText(number + " ");
        message.getEvent().add(event);
        return message;
    }
}

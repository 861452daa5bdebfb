package io.fairlead.enterprise.file;

import static io.fairlead.enterprise.file.TestFiles.CHUNK;
import static io.fairlead.enterprise.file.TestFiles.bytes;
import static io.fairlead.enterprise.file.TestFiles.offer;
import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.contract.agent.Order;
import io.fairlead.enterprise.file.Standing.Word;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.instruction.Outcome;
import io.fairlead.enterprise.instruction.Result;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransfersTest {
    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
    private TestFleet fleet;
    private TestFiles files;
    private DeviceId lab;

    @BeforeEach
    void open() {
        fleet = new TestFleet(clock);
        files = node();
        lab = fleet.enrolled("LAB-7", TestFleet.hex(1));
    }

    /** Another server process on the same database and folder. */
    private TestFiles node() {
        return new TestFiles(fleet, folder.resolve("data"), new ManualTimers());
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private Transfer see(TransferId id) {
        return await(files.transfers.get(ANNA, id));
    }

    private byte[] content(TransferId id) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] next = await(files.transfers.read(ANNA, id, 0));
                next.length > 0;
                next = await(files.transfers.read(ANNA, id, all.size()))) {
            all.writeBytes(next);
        }
        return all.toByteArray();
    }

    private List<String> audited() {
        return await(fleet.audit.list(100, "LAB-7")).stream()
                .map(row -> row.code())
                .filter(code -> code.startsWith("transfer."))
                .toList();
    }

    private Order order(int index) {
        return files.documents.read(
                await(files.instructions.waiting(lab, 0, 50)).get(index).order(), Order.class);
    }

    private long blobs() {
        try (Stream<Path> walk = Files.walk(files.folder)) {
            return walk.filter(Files::isRegularFile).count();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_upload_goes_from_the_order_to_the_last_byte() {
        byte[] file = bytes(1, 2 * CHUNK + 100);
        TransferId id = files.upload(lab);
        Order order = order(0);
        assertThat(order.getUpload().getTransfer()).isEqualTo(id.value());
        assertThat(order.getUpload().getPath()).isEqualTo("logs/app.log");
        assertThat(order.getBy()).isEqualTo("os:anna");
        assertThat(order.getReason()).isEqualTo("ticket 1");
        assertThat(see(id).state()).isEqualTo(TransferState.REQUESTED);

        assertThat(await(files.device.standing(lab, id))).isEqualTo(new Standing(id, Word.WANTED, 0));
        for (int again = 0; again < 2; again++) {
            assertThat(await(files.device.offer(lab, id, offer("app.log", file))))
                    .isEqualTo(new Standing(id, Word.WANTED, 0));
        }
        assertThat(files.put(lab, id, file, 0, CHUNK)).isEqualTo(new Put.Stored(CHUNK));
        assertThat(see(id).state()).isEqualTo(TransferState.RUNNING);
        assertThat(files.put(lab, id, file, CHUNK, CHUNK)).isEqualTo(new Put.Stored(2 * CHUNK));
        assertThat(await(files.device.expected(lab, id))).isEqualTo(2 * CHUNK);
        for (int again = 0; again < 2; again++) {
            assertThat(files.put(lab, id, file, 2 * CHUNK, CHUNK)).isEqualTo(new Put.Completed(file.length));
        }
        assertThat(await(files.device.standing(lab, id))).isEqualTo(new Standing(id, Word.COMPLETE, file.length));
        assertThat(await(files.device.end(lab, id, TransferState.DONE, "")).word())
                .isEqualTo(Word.COMPLETE);
        assertThat(content(id)).isEqualTo(file);
        assertThat(audited())
                .containsExactly(
                        "transfer.saved", "transfer.ended", "transfer.begun", "transfer.offered", "transfer.requested");
    }

    @Test
    void a_file_for_a_device_is_fetched_in_pieces_and_ends_by_its_word() {
        byte[] file = bytes(2, CHUNK + 5_000);
        TransferId id = files.sent(lab, "updates/fix.zip", file);
        Order order = order(0);
        assertThat(order.getReceive().getName()).isEqualTo("updates/fix.zip");
        assertThat(order.getReceive().getSize()).isEqualTo(file.length);
        assertThat(order.getReceive().getSha256()).isEqualTo(TestFiles.sha256(file));
        assertThat(order.getReason()).isEqualTo("ticket 2");

        assertThat(await(files.device.get(lab, id, new ByteRange(0, CHUNK - 1))).bytes())
                .isEqualTo(Arrays.copyOf(file, CHUNK));
        assertThat(await(files.device.get(lab, id, new ByteRange(CHUNK, file.length - 1)))
                        .bytes())
                .isEqualTo(Arrays.copyOfRange(file, CHUNK, file.length));
        assertThat(see(id)).returns(TransferState.RUNNING, Transfer::state).returns((long) CHUNK, Transfer::moved);
        for (ByteRange none : List.of(
                new ByteRange(0, 99),
                new ByteRange(1, CHUNK),
                new ByteRange(CHUNK, CHUNK + 99),
                new ByteRange(CHUNK, file.length))) {
            assertThat(refused(files.device.get(lab, id, none))).as("%s", none).isEqualTo(Fault.INVALID);
        }
        assertThat(refused(files.device.put(lab, id, new ByteRange(0, 0), 1, new byte[1])))
                .isEqualTo(Fault.NOT_FOUND);
        for (int again = 0; again < 2; again++) {
            assertThat(await(files.device.end(lab, id, TransferState.DONE, "D:/in/fix.zip"))
                            .word())
                    .isEqualTo(Word.COMPLETE);
        }
        assertThat(see(id))
                .returns(TransferState.DONE, Transfer::state)
                .returns((long) file.length, Transfer::moved)
                .returns("D:/in/fix.zip", Transfer::detail);
        assertThat(refused(files.device.get(lab, id, new ByteRange(0, 99)))).isEqualTo(Fault.TRANSFER_ENDED);
        assertThat(content(id)).isEqualTo(file);
    }

    @Test
    void another_device_finds_nothing() {
        DeviceId other = fleet.enrolled("LAB-8", TestFleet.hex(2));
        byte[] file = bytes(3, 10);
        TransferId up = files.upload(lab);
        TransferId down = files.sent(lab, "x", file);
        TransferId none = new TransferId(TestFleet.hex(99));
        for (TransferId id : List.of(up, down, none)) {
            assertThat(List.of(
                            refused(files.device.standing(other, id)),
                            refused(files.device.offer(other, id, offer("x", file))),
                            refused(files.device.expected(other, id)),
                            refused(files.device.put(other, id, new ByteRange(0, 9), 10, file)),
                            refused(files.device.get(other, id, new ByteRange(0, 9))),
                            refused(files.device.end(other, id, TransferState.FAILED, ""))))
                    .containsOnly(Fault.NOT_FOUND);
        }
        assertThat(see(up).state()).isEqualTo(TransferState.REQUESTED);
    }

    @Test
    void a_chunk_elsewhere_is_told_where_it_belongs_and_one_of_another_size_is_refused() {
        byte[] file = bytes(4, 4 * CHUNK - 1);
        ByteRange first = new ByteRange(0, CHUNK - 1);
        ByteRange second = new ByteRange(CHUNK, 2 * CHUNK - 1);
        TransferId id = files.upload(lab);
        assertThat(refused(files.device.put(lab, id, first, file.length, new byte[CHUNK])))
                .as("not offered yet")
                .isEqualTo(Fault.INVALID);
        assertThat(await(files.device.offer(lab, id, offer("x", file))).word()).isEqualTo(Word.WANTED);
        assertThat(files.put(lab, id, file, 2 * CHUNK, CHUNK)).isEqualTo(new Put.Elsewhere(0));
        assertThat(files.put(lab, id, file, 0, CHUNK)).isEqualTo(new Put.Stored(CHUNK));
        assertThat(files.put(lab, id, file, 0, CHUNK)).isEqualTo(new Put.Elsewhere(CHUNK));
        assertThat(files.put(lab, id, file, 3 * CHUNK, CHUNK)).isEqualTo(new Put.Elsewhere(CHUNK));
        assertThat(refused(files.device.put(lab, id, second, file.length + 1, new byte[CHUNK])))
                .isEqualTo(Fault.INVALID);
        assertThat(refused(call(() -> files.device.put(lab, id, second, file.length, new byte[CHUNK - 1]))))
                .isEqualTo(Fault.INVALID);
        for (ByteRange none : List.of(
                new ByteRange(CHUNK, CHUNK),
                new ByteRange(CHUNK, 2 * CHUNK - 2),
                new ByteRange(CHUNK + 1, 2 * CHUNK),
                new ByteRange(file.length - 10, file.length - 1))) {
            assertThat(refused(call(() -> files.device.put(lab, id, none, file.length, new byte[none.length()]))))
                    .as("%s", none)
                    .isEqualTo(Fault.INVALID);
        }
        assertThat(see(id).moved()).isEqualTo(CHUNK);
    }

    @Test
    void of_two_chunks_of_one_transfer_at_once_one_is_refused_and_nothing_is_mixed() {
        byte[] file = bytes(40, 6 * CHUNK);
        byte[] other = bytes(41, file.length);
        TransferId id = files.upload(lab);
        assertThat(await(files.device.offer(lab, id, offer("x", file))).word()).isEqualTo(Word.WANTED);
        for (int at = 0; at < file.length; at += CHUNK) {
            ByteRange range = new ByteRange(at, at + CHUNK - 1L);
            Future<Put> here = files.device.put(lab, id, range, file.length, Arrays.copyOfRange(file, at, at + CHUNK));
            List<Future<Put>> more = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                more.add(files.device.put(lab, id, range, file.length, Arrays.copyOfRange(other, at, at + CHUNK)));
            }
            more.forEach(each -> assertThat(refused(each)).isEqualTo(Fault.BUSY));
            assertThat(await(here).expected()).isEqualTo(at + CHUNK);
        }
        assertThat(content(id)).isEqualTo(file);
    }

    @Test
    void bytes_that_are_not_those_announced_are_wanted_once_more_and_then_no_more() {
        byte[] file = bytes(5, 300);
        byte[] wrong = bytes(6, 300);
        TransferId id = files.upload(lab);
        assertThat(await(files.device.offer(lab, id, offer("x", file))).word()).isEqualTo(Word.WANTED);
        assertThat(files.put(lab, id, wrong, 0, 300)).isEqualTo(new Put.NotAnnounced(0));
        assertThat(await(files.device.expected(lab, id))).isZero();
        assertThat(files.put(lab, id, wrong, 0, 300)).isEqualTo(new Put.NotAnnounced(-1));
        assertThat(see(id)).returns(TransferState.FAILED, Transfer::state).returns(null, Transfer::blob);
        assertThat(refused(files.device.put(lab, id, new ByteRange(0, 299), 300, file)))
                .isEqualTo(Fault.TRANSFER_ENDED);

        TransferId second = files.upload(lab);
        assertThat(await(files.device.offer(lab, second, offer("x", file))).word())
                .isEqualTo(Word.WANTED);
        assertThat(files.put(lab, second, wrong, 0, 300)).isEqualTo(new Put.NotAnnounced(0));
        assertThat(files.put(lab, second, file, 0, 300)).isEqualTo(new Put.Completed(300));
        assertThat(content(second)).isEqualTo(file);
    }

    @Test
    void a_file_that_changed_at_the_device_begins_anew_and_not_for_ever() {
        TransferId id = files.upload(lab);
        byte[] before = bytes(7, CHUNK + 100);
        assertThat(await(files.device.offer(lab, id, offer("x", before))).word())
                .isEqualTo(Word.WANTED);
        assertThat(files.put(lab, id, before, 0, CHUNK)).isEqualTo(new Put.Stored(CHUNK));
        byte[] after = bytes(8, CHUNK + 200);
        assertThat(await(files.device.offer(lab, id, offer("x", after)))).isEqualTo(new Standing(id, Word.WANTED, 0));
        assertThat(files.put(lab, id, after, 0, CHUNK)).isEqualTo(new Put.Stored(CHUNK));
        for (int i = 0; i < 4; i++) {
            assertThat(await(files.device.offer(lab, id, offer("x", bytes(20 + i, 10))))
                            .word())
                    .isEqualTo(Word.WANTED);
        }
        assertThat(await(files.device.offer(lab, id, offer("x", bytes(30, 10)))).word())
                .isEqualTo(Word.CANCELLED);
        assertThat(see(id).state()).isEqualTo(TransferState.FAILED);
    }

    @Test
    void an_empty_file_is_complete_as_soon_as_it_is_offered() {
        TransferId id = files.upload(lab);
        assertThat(await(files.device.offer(lab, id, offer("empty.log", new byte[0])))
                        .word())
                .isEqualTo(Word.COMPLETE);
        assertThat(content(id)).isEmpty();
        TransferId down = files.sent(lab, "empty", new byte[0]);
        assertThat(await(files.device.end(lab, down, TransferState.DONE, "")).word())
                .isEqualTo(Word.COMPLETE);
    }

    @Test
    void a_cancelled_transfer_takes_and_gives_nothing_more_and_its_device_is_told() {
        byte[] file = bytes(9, 2 * CHUNK);
        TransferId up = files.upload(lab);
        assertThat(await(files.device.offer(lab, up, offer("x", file))).word()).isEqualTo(Word.WANTED);
        assertThat(files.put(lab, up, file, 0, CHUNK)).isEqualTo(new Put.Stored(CHUNK));
        TransferId down = files.sent(lab, "x", file);
        for (TransferId id : List.of(up, down)) {
            for (int again = 0; again < 2; again++) {
                assertThat(await(files.transfers.cancel(ANNA, id)).state()).isEqualTo(TransferState.CANCELLED);
            }
            assertThat(await(files.device.standing(lab, id)).word()).isEqualTo(Word.CANCELLED);
        }
        assertThat(refused(
                        files.device.put(lab, up, new ByteRange(CHUNK, 2 * CHUNK - 1), file.length, new byte[CHUNK])))
                .isEqualTo(Fault.TRANSFER_ENDED);
        assertThat(refused(files.device.get(lab, down, new ByteRange(0, CHUNK - 1))))
                .isEqualTo(Fault.TRANSFER_ENDED);
        // The one that had begun is ended at the device too, each time it is said; of the other it has not heard yet.
        assertThat(await(files.instructions.waiting(lab, 0, 50))).hasSize(3);
        assertThat(order(1).getCancel().getTransfer()).isEqualTo(up.value());
        assertThat(order(2).getCancel().getTransfer()).isEqualTo(up.value());
        // Too late at the device: the row says what is true there, and the audit has a code for it.
        for (int again = 0; again < 2; again++) {
            assertThat(await(files.device.end(lab, down, TransferState.DONE, "D:/x"))
                            .word())
                    .isEqualTo(Word.CANCELLED);
        }
        assertThat(see(down).detail()).isEqualTo("cancelled, but done at the device: D:/x");
        assertThat(audited())
                .filteredOn("transfer.done-although-cancelled"::equals)
                .hasSize(1);
        TransferId done = files.uploaded(lab, "x", file);
        assertThat(refused(files.transfers.cancel(ANNA, done))).isEqualTo(Fault.CONFLICT);
    }

    @Test
    void an_instruction_that_was_refused_or_failed_ends_its_transfer() {
        TransferId refused = files.upload(lab);
        TransferId failed = files.upload(lab);
        TransferId begun = files.upload(lab);
        TransferId cut = files.upload(lab);
        assertThat(await(files.device.offer(lab, cut, offer("x", bytes(1, 10)))).word())
                .isEqualTo(Word.WANTED);
        List<Result> results = List.of(
                new Result(lab, 1, Outcome.REFUSED, "not below an upload root", clock.instant()),
                new Result(lab, 2, Outcome.FAILED, "no such file", clock.instant()),
                new Result(lab, 3, Outcome.DONE, "", clock.instant()),
                new Result(lab, 4, Outcome.INTERRUPTED, "", clock.instant()));
        Void settled = await(fleet.database.inTransaction(c -> files.instructions.settle(c, results)));
        assertThat(settled).isNull();
        assertThat(see(refused))
                .returns(TransferState.REFUSED, Transfer::state)
                .returns("not below an upload root", Transfer::detail);
        assertThat(see(failed).state()).isEqualTo(TransferState.FAILED);
        assertThat(see(begun).state()).isEqualTo(TransferState.REQUESTED);
        assertThat(see(cut).state()).isEqualTo(TransferState.OFFERED);
    }

    @Test
    void an_instruction_that_is_taken_back_ends_its_transfer() {
        TransferId id = files.upload(lab);
        assertThat(await(files.instructions.cancel(Actor.operatingSystem("ben"), lab, 1, "not needed")))
                .isNull();
        assertThat(see(id))
                .returns(TransferState.CANCELLED, Transfer::state)
                .returns("its instruction was taken back", Transfer::detail);
    }

    @Test
    void two_nodes_agree_on_each_offset_whoever_is_asked() {
        TestFiles second = node();
        byte[] file = bytes(10, 40 * CHUNK);
        TransferId id = files.upload(lab);
        assertThat(await(files.device.offer(lab, id, offer("x", file))).word()).isEqualTo(Word.WANTED);
        long stored = 0;
        for (int chunk = 0; chunk < 40; chunk++) {
            int first = chunk * CHUNK;
            byte[] bytes = Arrays.copyOfRange(file, first, first + CHUNK);
            ByteRange range = new ByteRange(first, first + CHUNK - 1L);
            // The agent's connection broke and it went to the other node while the first was still at it.
            Future<Put> here = files.device.put(lab, id, range, file.length, bytes);
            Future<Put> there = second.device.put(lab, id, range, file.length, bytes);
            List<Put> both = List.of(await(here), await(there));
            stored += both.stream().filter(Put.Stored.class::isInstance).count();
            assertThat(both).allSatisfy(put -> assertThat(put.expected()).isEqualTo(first + CHUNK));
        }
        assertThat(stored).isEqualTo(39);
        assertThat(see(id).state()).isEqualTo(TransferState.DONE);
        assertThat(content(id)).isEqualTo(file);
    }

    @Test
    void many_at_once_keep_their_bytes_apart() {
        List<TransferId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(files.upload(lab));
            assertThat(await(files.device.offer(lab, ids.get(i), offer("f" + i, bytes(100 + i, 3 * CHUNK))))
                            .word())
                    .isEqualTo(Word.WANTED);
        }
        for (int first = 0; first < 3 * CHUNK; first += CHUNK) {
            List<Future<Put>> puts = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                byte[] bytes = Arrays.copyOfRange(bytes(100 + i, 3 * CHUNK), first, first + CHUNK);
                puts.add(files.device.put(lab, ids.get(i), new ByteRange(first, first + CHUNK - 1L), 3 * CHUNK, bytes));
            }
            assertThat(await(Future.all(puts)).succeeded()).isTrue();
        }
        for (int i = 0; i < ids.size(); i++) {
            assertThat(content(ids.get(i))).isEqualTo(bytes(100 + i, 3 * CHUNK));
        }
    }

    @Test
    void what_the_disk_has_and_the_database_does_not_is_taken_as_it_is() throws Exception {
        byte[] file = bytes(11, 3 * CHUNK);
        TransferId id = files.upload(lab);
        assertThat(await(files.device.offer(lab, id, offer("x", file))).word()).isEqualTo(Word.WANTED);
        String blob = see(id).blob();
        // Forced, and then the server died before its commit.
        assertThat(files.blobs.append(blob, 0, Arrays.copyOf(file, CHUNK), false))
                .isEqualTo(CHUNK);
        assertThat(files.put(lab, id, file, 0, CHUNK)).isEqualTo(new Put.Stored(CHUNK));
        // The disk lost what it had promised: the device sends it again.
        files.blobs.delete(blob);
        assertThat(files.put(lab, id, file, CHUNK, CHUNK)).isEqualTo(new Put.Elsewhere(0));
        for (int at = 0; at < 2 * CHUNK; at += CHUNK) {
            assertThat(files.put(lab, id, file, at, CHUNK)).isEqualTo(new Put.Stored(at + CHUNK));
        }
        assertThat(files.put(lab, id, file, 2 * CHUNK, CHUNK)).isEqualTo(new Put.Completed(file.length));
    }

    @Test
    void a_file_that_was_damaged_here_is_not_given_out() throws Exception {
        byte[] file = bytes(12, 1_000);
        TransferId down = files.sent(lab, "x", file);
        String blob = String.valueOf(see(down).blob());
        Path path = files.folder.resolve(blob.substring(0, 2)).resolve(blob);
        byte[] raw = Files.readAllBytes(path);
        raw[500] ^= 1;
        Files.write(path, raw);
        assertThat(refused(files.device.get(lab, down, new ByteRange(0, 999)))).isEqualTo(Fault.TRANSFER_ENDED);
        assertThat(see(down)).returns(TransferState.FAILED, Transfer::state);
    }

    @Test
    void a_link_opens_its_file_once_within_ten_minutes() {
        byte[] file = bytes(13, 100);
        TransferId id = files.uploaded(lab, "x", file);
        DownloadLinks.Link link = await(files.links.make(ANNA, id));
        assertThat(fleet.postgres.value("SELECT string_agg(sha256, ' ') FROM transfer_link"))
                .hasSize(64)
                .doesNotContain(link.token());
        assertThat(refused(files.links.use("0".repeat(64), "192.0.2.1"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(files.links.use("../" + link.token(), "192.0.2.1"))).isEqualTo(Fault.NOT_FOUND);
        Transfer opened = await(files.links.use(link.token(), "192.0.2.1"));
        assertThat(await(files.links.read(opened, 0))).isEqualTo(file);
        assertThat(refused(files.links.use(link.token(), "192.0.2.1"))).isEqualTo(Fault.NOT_FOUND);

        DownloadLinks.Link late = await(files.links.make(ANNA, id));
        clock.advance(Duration.ofMinutes(10));
        assertThat(refused(files.links.use(late.token(), "192.0.2.1"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(files.links.make(ANNA, files.upload(lab)))).isEqualTo(Fault.CONFLICT);
        assertThat(audited()).contains("transfer.link-made", "transfer.link-used");
    }

    @Test
    void what_is_old_is_forgotten_with_its_bytes_and_what_is_stranded_ends() throws Exception {
        TransferId done = files.uploaded(lab, "x", bytes(14, 100));
        TransferId never = files.upload(lab);
        TransferId running = files.upload(lab);
        assertThat(await(files.device.offer(lab, running, offer("y", bytes(15, 3 * CHUNK))))
                        .word())
                .isEqualTo(Word.WANTED);
        assertThat(files.put(lab, running, bytes(15, 3 * CHUNK), 0, CHUNK)).isEqualTo(new Put.Stored(CHUNK));
        String staged = await(files.staging.begin(ANNA, lab, 10));
        assertThat(await(files.staging.add(ANNA, staged, 0, new byte[10], true)))
                .isEqualTo(10);
        assertThat(blobs()).isEqualTo(3);

        clock.advance(Duration.ofHours(25));
        assertThat(await(files.retention.run())).isNull();
        assertThat(see(never).state()).isEqualTo(TransferState.FAILED);
        assertThat(see(running).state()).isEqualTo(TransferState.RUNNING);
        assertThat(files.put(lab, running, bytes(15, 3 * CHUNK), CHUNK, CHUNK)).isEqualTo(new Put.Stored(2 * CHUNK));

        fleet.enrol(lab, TestFleet.hex(77));
        assertThat(await(files.retention.run())).isNull();
        assertThat(see(running).state()).as("enrolled anew").isEqualTo(TransferState.FAILED);

        clock.advance(Duration.ofDays(90));
        assertThat(await(files.retention.run())).isNull();
        assertThat(refused(files.transfers.get(ANNA, done))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fleet.count("transfer")).isZero();
        assertThat(blobs()).isZero();
        assertThat(audited()).filteredOn("transfer.deleted"::equals).hasSize(3);
    }

    @Test
    void rates_are_of_the_last_chunks_and_end_with_them() {
        byte[] file = bytes(16, 6 * CHUNK);
        TransferId id = files.upload(lab);
        assertThat(await(files.device.offer(lab, id, offer("x", file))).word()).isEqualTo(Word.WANTED);
        for (int i = 0; i < 5; i++) {
            assertThat(files.put(lab, id, file, (long) i * CHUNK, CHUNK).expected())
                    .isEqualTo((i + 1) * CHUNK);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(see(id).rateAt(clock.instant())).isEqualTo(CHUNK);
        clock.advance(Duration.ofMinutes(2));
        assertThat(see(id).rateAt(clock.instant())).isZero();
    }

    @Test
    void a_staged_file_becomes_one_transfer_however_often_it_is_said() {
        byte[] file = bytes(17, 1_000);
        String staged = await(files.staging.begin(ANNA, lab, file.length));
        assertThat(await(files.staging.add(ANNA, staged, 0, file, true))).isEqualTo(file.length);
        List<Future<Transfer>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(call(() -> files.staging.send(ANNA, lab, staged, offer("x", file), "")));
        }
        List<Boolean> sent = all.stream()
                .map(each -> await(each.transform(done -> Future.succeededFuture(done.succeeded()))))
                .toList();
        assertThat(sent).containsExactlyInAnyOrder(true, false, false, false, false);
        assertThat(refused(call(() -> files.staging.send(ANNA, lab, staged, offer("x", file), ""))))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(fleet.count("transfer")).isEqualTo(1);
        assertThatThrownBy(() -> fleet.postgres.execute("INSERT INTO transfer SELECT '" + TestFleet.hex(55)
                        + "', device, direction, asked, name, size, sha256, protection, state, moved, rate, blob, restarts,"
                        + " sequence, requested_by, reason, detail, requested_at FROM transfer"))
                .hasMessageContaining("transfer_blob");
    }

    @Test
    void what_is_sent_on_while_retention_sweeps_keeps_its_bytes() throws Exception {
        byte[] file = bytes(18, 1_000);
        String staged = await(files.staging.begin(ANNA, lab, file.length));
        assertThat(await(files.staging.add(ANNA, staged, 0, file, true))).isEqualTo(file.length);
        Path path = files.folder.resolve(staged.substring(0, 2)).resolve(staged);
        Instant old = Instant.now().minus(Duration.ofDays(3));
        Path aged = Files.setLastModifiedTime(path, FileTime.from(old));
        Instant before = old.plus(Duration.ofDays(1));
        // Retention has looked at folder and table, and has not deleted yet.
        assertThat(files.blobs.untouchedSince(before)).containsExactly(staged);
        TransferId id = await(files.staging.send(ANNA, lab, staged, offer("x", file), ""))
                .id();
        assertThat(files.blobs.deleteUntouchedSince(staged, before)).isFalse();
        assertThat(aged).exists();
        assertThat(content(id)).isEqualTo(file);
        // The other way round: it came first.
        assertThat(files.blobs.deleteUntouchedSince(staged, Instant.now().plusSeconds(60)))
                .isTrue();
        assertThat(files.blobs.touch(staged)).isFalse();
    }

    @Test
    void what_people_type_is_refused_in_words() {
        for (String path : new String[] {"", " ", "a\nb", "x".repeat(513), "a\u202eb", "a\u0000b"}) {
            assertThat(refused(call(() -> files.transfers.upload(ANNA, lab, path, ""))))
                    .as(path)
                    .isEqualTo(Fault.INVALID);
        }
        assertThat(refused(call(() -> files.transfers.upload(ANNA, lab, "x", "r".repeat(301)))))
                .isEqualTo(Fault.INVALID);
        assertThat(refused(call(() -> files.transfers.upload(ANNA, new DeviceId("NONE"), "x", ""))))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
        DeviceId never = fleet.registered("LAB-9");
        assertThat(refused(files.staging.begin(ANNA, never, 10))).isEqualTo(Fault.NOT_ENROLLED);
        assertThat(refused(call(() -> files.staging.add(ANNA, "0".repeat(32), 0, new byte[1], true))))
                .isEqualTo(Fault.NOT_FOUND);
        String staged = await(files.staging.begin(ANNA, lab, 1));
        assertThat(await(files.staging.add(ANNA, staged, 0, new byte[1], true))).isEqualTo(1);
        assertThat(refused(files.staging.send(ANNA, lab, staged, offer("x", new byte[] {1}), "")))
                .isEqualTo(Fault.DIGEST);
        assertThat(fleet.count("transfer")).isZero();
    }

    private static <T> Future<T> call(java.util.function.Supplier<Future<T>> call) {
        return Future.succeededFuture().compose(now -> call.get());
    }
}

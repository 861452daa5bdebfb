package io.fairlead.agent.file;

import static io.fairlead.agent.file.FilesRig.cancel;
import static io.fairlead.agent.file.FilesRig.done;
import static io.fairlead.agent.file.FilesRig.id;
import static io.fairlead.agent.file.FilesRig.random;
import static io.fairlead.agent.file.FilesRig.receive;
import static io.fairlead.agent.file.FilesRig.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.Disks;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.TransferOutcome;
import io.fairlead.soap.Fault;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transfers over real TLS, from an order to the file in its place. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransfersTest {
    private static final int CHUNK = 131_072;

    @TempDir
    private Path folder;

    private FilesEnterprise enterprise;
    private FilesRig rig;
    private @Nullable Transfers transfers;

    @BeforeEach
    void open() throws Exception {
        enterprise = new FilesEnterprise(folder);
        rig = new FilesRig(folder);
    }

    @AfterEach
    void close() {
        stop();
        enterprise.close();
    }

    // Up
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void a_file_of_an_upload_root_arrives_whole_and_nothing_of_the_transfer_stays() throws Exception {
        byte[] content = file("logs/run.log", 3 * CHUNK + 17);
        Handled handled = start().upload(upload(id(1), "logs/run.log"));

        assertThat(handled).isEqualTo(Handled.done("begun"));
        arrived(1, content);
        assertThat(enterprise.uploads.get(id(1)).offer.getName()).isEqualTo("run.log");
        assertThat(enterprise.bytesIn).hasValue(content.length);
        FilesRig.await("forgotten", () -> transfers().progress().isEmpty());
        assertThat(rig.data).isEmptyDirectory();
        assertThat(audit()).contains("transfer.begun id=" + id(1)).contains("outcome=DONE");
    }

    @Test
    void an_absolute_path_within_a_root_will_do_and_so_will_a_file_without_bytes() throws Exception {
        byte[] content = file("a b.log", 5);
        byte[] empty = file("empty", 0);
        done(start().upload(upload(id(1), rig.out.resolve("a b.log").toString())));
        done(transfers().upload(upload(id(2), "empty")));

        arrived(1, content);
        arrived(2, empty);
    }

    @Test
    void several_go_at_once() throws Exception {
        byte[] large = file("large", 40 * CHUNK);
        byte[] small = file("small", CHUNK);
        CountDownLatch others = new CountDownLatch(1);
        enterprise.trouble = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith(id(1))) {
                await(others);
            }
            return false;
        };
        start();
        done(transfers().upload(upload(id(1), "large")));
        done(transfers().upload(upload(id(2), "small")));
        byte[] down = random(10 * CHUNK);
        enterprise.downloads.put(id(3), down);
        done(transfers().receive(receive(id(3), "down", down)));

        arrived(2, small);
        placed(3, "down", down);
        others.countDown();
        arrived(1, large);
    }

    @Test
    void a_file_that_grows_is_sent_as_long_as_it_was() throws Exception {
        byte[] content = file("growing.log", 4 * CHUNK);
        Path file = rig.out.resolve("growing.log");
        enterprise.trouble = exchange -> {
            Files.write(file, new byte[1000], StandardOpenOption.APPEND);
            return false;
        };
        done(start().upload(upload(id(1), "growing.log")));

        arrived(1, content);
    }

    @Test
    void a_file_whose_bytes_change_fails_and_says_so() throws Exception {
        byte[] changed = file("rewritten.log", 4 * CHUNK);
        Path file = rig.out.resolve("rewritten.log");
        changed[3 * CHUNK + 5]++;
        enterprise.trouble = exchange -> {
            Files.write(file, changed);
            return false;
        };
        done(start().upload(upload(id(1), "rewritten.log")));

        ended(1, TransferOutcome.FAILED, "the file was changed while it was sent");
        assertThat(enterprise.uploads.get(id(1)).complete).isFalse();
    }

    @Test
    void a_file_that_becomes_shorter_fails_and_says_so() throws Exception {
        assertThat(file("cut.log", 4 * CHUNK)).isNotEmpty();
        Path file = rig.out.resolve("cut.log");
        enterprise.trouble = exchange -> {
            Files.write(file, new byte[10]);
            return false;
        };
        done(start().upload(upload(id(1), "cut.log")));

        ended(1, TransferOutcome.FAILED, "it has become shorter");
    }

    @Test
    void what_the_enterprise_lost_is_sent_again_from_there_and_what_it_has_is_not() throws Exception {
        byte[] content = file("log", 6 * CHUNK);
        AtomicInteger puts = new AtomicInteger();
        enterprise.trouble = exchange -> {
            if (exchange.getRequestMethod().equals("PUT") && puts.incrementAndGet() == 4) {
                // As after a restart from an older state.
                enterprise.uploads.get(id(1)).offset = CHUNK;
            }
            return false;
        };
        done(start().upload(upload(id(1), "log")));

        arrived(1, content);
        assertThat(enterprise.bytesIn).hasValue(content.length + 3L * CHUNK);
    }

    @Test
    void answers_that_are_lost_and_an_enterprise_that_is_busy_cost_one_chunk_each() throws Exception {
        byte[] content = file("log", 6 * CHUNK);
        AtomicInteger puts = new AtomicInteger();
        enterprise.trouble = exchange -> {
            if (!exchange.getRequestMethod().equals("PUT")) {
                return false;
            }
            int put = puts.incrementAndGet();
            if (put == 2) {
                FilesEnterprise.fault(exchange, Fault.BUSY);
            }
            return put == 2 || put == 4;
        };
        done(start().upload(upload(id(1), "log")));

        arrived(1, content);
        assertThat(puts).hasValue(6 + 2);
    }

    @Test
    void while_the_device_is_muted_an_upload_waits_and_says_why_and_then_goes_on_where_it_was() throws Exception {
        byte[] content = file("log", 4 * CHUNK);
        enterprise.trouble = exchange -> {
            FilesEnterprise.Upload upload = enterprise.uploads.get(id(1));
            boolean muted = upload != null && upload.offset == 2L * CHUNK;
            if (muted) {
                FilesEnterprise.refuse(exchange, Fault.DEVICE_MUTED);
            }
            return muted;
        };
        done(start().upload(upload(id(1), "log")));

        FilesRig.await("refused, and asked again", () -> enterprise.requests.size() >= 6);
        FilesRig.await("why", () -> transfers().progress().get(0).state().contains("device-muted at the enterprise"));
        assertThat(enterprise.uploads.get(id(1)).offset).isEqualTo(2L * CHUNK);
        enterprise.trouble = exchange -> false;

        arrived(1, content);
        assertThat(enterprise.bytesIn).hasValue(content.length);
    }

    @Test
    void bytes_that_arrive_wrong_are_sent_once_more_and_then_no_more() throws Exception {
        assertThat(file("log", 2 * CHUNK)).isNotEmpty();
        enterprise.trouble = exchange -> {
            if (exchange.getRequestMethod().equals("PUT") && enterprise.uploads.get(id(1)).offset == CHUNK) {
                Files.write(enterprise.uploads.get(id(1)).file, new byte[CHUNK]);
            }
            return false;
        };
        done(start().upload(upload(id(1), "log")));

        ended(1, TransferOutcome.FAILED, "wrong, twice");
        assertThat(enterprise.bytesIn).hasValue(4L * CHUNK);
    }

    // Down
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void a_file_comes_to_its_place_whole_and_never_over_another() throws Exception {
        byte[] content = random(2 * CHUNK + 1);
        enterprise.downloads.put(id(1), content);
        Files.createDirectory(rig.in.resolve("methods"));
        done(start().receive(receive(id(1), "methods/m1.bin", content)));

        placed(1, "methods/m1.bin", content);
        assertThat(enterprise.ends.get(id(1)).getDetail()).isEqualTo("placed as methods/m1.bin");

        Handled second = transfers().receive(receive(id(2), "methods/m1.bin", random(3)));
        assertThat(second.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(second.detail()).contains("there is already a file methods/m1.bin");
        assertThat(rig.in.resolve("methods/m1.bin")).hasBinaryContent(content);
    }

    @Test
    void a_name_taken_meanwhile_is_left_as_it_is() throws Exception {
        byte[] content = random(2 * CHUNK);
        enterprise.downloads.put(id(1), content);
        enterprise.trouble = exchange -> {
            Files.writeString(rig.in.resolve("m1"), "the instrument's own");
            return false;
        };
        done(start().receive(receive(id(1), "m1", content)));

        ended(1, TransferOutcome.FAILED, "already a file m1");
        assertThat(rig.in.resolve("m1")).hasContent("the instrument's own");
        assertThat(rig.in.toFile().list()).containsExactly("m1");
    }

    @Test
    void wrong_bytes_are_fetched_once_more_and_never_placed() throws Exception {
        byte[] content = random(2 * CHUNK);
        byte[] wrong = content.clone();
        wrong[7]++;
        enterprise.downloads.put(id(1), wrong);
        done(start().receive(receive(id(1), "m1", content)));

        ended(1, TransferOutcome.FAILED, "wrong, twice");
        assertThat(enterprise.bytesOut).hasValue(4L * CHUNK);
        assertThat(rig.in).isEmptyDirectory();
    }

    @Test
    void a_disk_at_its_floor_refuses_what_is_new_and_lets_what_was_begun_wait() throws Exception {
        byte[] content = random(4 * CHUNK);
        enterprise.downloads.put(id(1), content);
        start();
        rig.disks = path -> new Disks.Space(1L << 40, 6 * CHUNK);
        assertThat(transfers().receive(receive(id(1), "m1", content)).detail()).contains("stays free");

        rig.disks = path -> new Disks.Space(1L << 40, 1L << 39);
        enterprise.trouble = exchange -> {
            rig.disks = path -> new Disks.Space(1L << 40, 0);
            return false;
        };
        done(transfers().receive(receive(id(1), "m1", content)));
        FilesRig.await("waiting", () -> transfers().progress().get(0).state().contains("the disk is full"));
        assertThat(transfers().progress().get(0).done()).isEqualTo(CHUNK);
        stop();
        enterprise.trouble = exchange -> false;
        rig.disks = path -> new Disks.Space(1L << 40, 1L << 39);

        start();
        placed(1, "m1", content);
        assertThat(enterprise.bytesOut).hasValue(4L * CHUNK);
    }

    // Both
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void what_a_stop_interrupts_goes_on_where_it_was() throws Exception {
        byte[] up = file("up", 30 * CHUNK);
        byte[] down = random(30 * CHUNK);
        enterprise.downloads.put(id(2), down);
        start();
        done(transfers().upload(upload(id(1), "up")));
        done(transfers().receive(receive(id(2), "down", down)));
        FilesRig.await("begun", () -> enterprise.bytesIn.get() > 3 * CHUNK && enterprise.bytesOut.get() > 3 * CHUNK);
        stop();
        start();

        arrived(1, up);
        placed(2, "down", down);
        assertThat(enterprise.bytesIn.get()).isLessThanOrEqualTo(31L * CHUNK);
        assertThat(enterprise.bytesOut.get()).isLessThanOrEqualTo(31L * CHUNK);
    }

    @Test
    void an_order_a_person_and_the_enterprise_can_each_end_one() throws Exception {
        rig.rate = OptionalLong.of(8_000);
        byte[] content = file("large", 100 * CHUNK);
        enterprise.downloads.put(id(2), content);
        start();
        done(transfers().upload(upload(id(1), "large")));
        done(transfers().receive(receive(id(2), "down", content)));
        FilesRig.await("begun", () -> transfers().progress().size() == 2 && !enterprise.uploads.isEmpty());
        assertThat(transfers().cancel(cancel(id(2))).detail()).isEqualTo("ended");
        assertThat(transfers().cancel(id(1), "a person at the instrument")).isTrue();

        ended(1, TransferOutcome.CANCELLED, "cancelled by a person at the instrument");
        ended(2, TransferOutcome.CANCELLED, "cancelled by the enterprise");
        assertThat(transfers().cancel(cancel(id(2))).detail()).contains("no such transfer");

        enterprise.cancelled.put(id(3), true);
        done(transfers().upload(upload(id(3), "large")));
        FilesRig.await("forgotten", () -> transfers().progress().isEmpty());
        assertThat(enterprise.ends).doesNotContainKey(id(3));
        assertThat(rig.data).isEmptyDirectory();
        assertThat(rig.in).isEmptyDirectory();
    }

    @Test
    void bytes_go_in_the_hours_of_the_site_only() throws Exception {
        byte[] content = file("log", CHUNK);
        rig.open = false;
        done(start().upload(upload(id(1), "log")));
        FilesRig.await("waiting", () -> transfers().progress().get(0).state().contains("the hours of site.conf"));
        assertThat(enterprise.requests).isEmpty();
        stop();
        rig.open = true;

        start();
        arrived(1, content);
    }

    @Test
    void both_ways_together_are_never_faster_than_the_customer_allows() throws Exception {
        // 128 kbit/s.
        rig.rate = OptionalLong.of(16_000);
        byte[] up = file("up", 48 << 10);
        byte[] down = random(48 << 10);
        enterprise.downloads.put(id(2), down);
        start();
        long begun = System.nanoTime();
        done(transfers().upload(upload(id(1), "up")));
        done(transfers().receive(receive(id(2), "down", down)));
        arrived(1, up);
        placed(2, "down", down);
        double seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(enterprise.bytesIn.get() + enterprise.bytesOut.get()).isEqualTo(96 << 10);
        assertThat(seconds).as("for 96 KiB at 16 000 B/s").isGreaterThanOrEqualTo(0.9 * (96 << 10) / 16_000);
    }

    @Test
    void what_must_be_asked_is_asked_after_the_order_and_waits_for_a_yes() throws Exception {
        byte[] content = file("patients/p1.csv", 10);
        rig.patient = List.of("patients");
        start();
        assertThat(transfers().upload(upload(id(1), "patients/p1.csv")))
                .isEqualTo(Handled.refused("the file may hold patient data: nobody can be asked"));

        rig.nobody = Optional.empty();
        rig.answer = Optional.of("declined at the instrument");
        assertThat(transfers().upload(upload(id(2), "patients/p1.csv")))
                .isEqualTo(Handled.done("begun: asking at the instrument"));
        ended(2, TransferOutcome.REFUSED, "declined at the instrument");
        assertThat(enterprise.uploads).isEmpty();

        rig.answer = Optional.empty();
        done(transfers().upload(upload(id(3), "patients/p1.csv")));
        arrived(3, content);
    }

    @Test
    void what_the_site_denies_is_refused_also_when_it_was_begun() throws Exception {
        rig.open = false;
        assertThat(file("log", CHUNK)).isNotEmpty();
        done(start().upload(upload(id(1), "log")));
        stop();
        rig.open = true;
        rig.word = new SiteWord.Refused("site.conf denies upload");
        start();

        ended(1, TransferOutcome.REFUSED, "site.conf denies upload");
        assertThat(transfers().upload(upload(id(2), "log"))).isEqualTo(Handled.refused("site.conf denies upload"));
        assertThat(enterprise.bytesIn).hasValue(0);
    }

    // ------------------------------------------------------------------------------------------------------------

    private Transfers start() throws IOException {
        Transfers started = rig.transfers(FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"));
        started.start();
        transfers = started;
        return started;
    }

    private Transfers transfers() {
        return Objects.requireNonNull(transfers);
    }

    private void stop() {
        if (transfers != null) {
            transfers.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] file(String name, int length) throws IOException {
        byte[] content = random(length);
        Path file = rig.out.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return content;
    }

    private void arrived(int id, byte[] content) throws Exception {
        FilesRig.await("complete " + id, () -> {
            FilesEnterprise.Upload upload = enterprise.uploads.get(id(id));
            return upload != null && upload.complete;
        });
        if (content.length > 0) {
            assertThat(enterprise.uploads.get(id(id)).file).hasBinaryContent(content);
        }
    }

    private void placed(int id, String name, byte[] content) throws Exception {
        ended(id, TransferOutcome.DONE, "placed as " + name);
        assertThat(rig.in.resolve(name)).hasBinaryContent(content);
        try (Stream<Path> files = Files.walk(rig.in)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(NamePath.OWN));
        }
    }

    private void ended(int id, TransferOutcome outcome, String detail) throws InterruptedException {
        FilesRig.await("end of " + id, () -> enterprise.ends.containsKey(id(id)));
        assertThat(enterprise.ends.get(id(id)).getOutcome()).isEqualTo(outcome);
        assertThat(enterprise.ends.get(id(id)).getDetail()).contains(detail);
    }

    private String audit() throws IOException {
        return Files.readString(folder.resolve("audit.log"), StandardCharsets.UTF_8);
    }

    @Test
    void what_is_on_its_way_is_for_the_agent_alone_and_what_is_placed_for_whom_its_folder_is() throws Exception {
        byte[] content = random(3 * CHUNK);
        enterprise.downloads.put(id(1), content);
        Set<String> seen = new TreeSet<>();
        enterprise.trouble = exchange -> {
            try (Stream<Path> all = Files.walk(rig.data)) {
                for (Path each : all.toList()) {
                    seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
                }
            }
            return false;
        };
        for (String mode : List.of("rwxrwxr-x", "rwxr-x---", "rwx------")) {
            Path folder = Files.createDirectory(rig.in.resolve(mode));
            Path shared = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            try (SeekableByteChannel hidden = Files.newByteChannel(
                    shared.resolve("hidden"),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                assertThat(hidden.isOpen()).isTrue();
            }
            try (Walk.Folder open = Walk.ofSystem().open(rig.in, List.of(mode))) {
                open.share("hidden");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("hidden"))))
                    .isEqualTo(mode.replace("x", "-"));
        }
        start();
        done(transfers().receive(receive(id(1), "down", content)));
        placed(1, "down", content);
        assertThat(seen).containsExactly("rw-------", "rwx------");
    }
}

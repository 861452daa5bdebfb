package io.fairlead.agent.file;

import static io.fairlead.agent.file.FilesRig.done;
import static io.fairlead.agent.file.FilesRig.id;
import static io.fairlead.agent.file.FilesRig.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.contract.agent.TransferOutcome;
import io.fairlead.soap.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that leave, over real TLS, from an order to the last byte. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsTest {
    private static final int CHUNK = TransfersRig.CHUNK;

    @TempDir
    private Path folder;

    private TransfersRig all;
    private FilesEnterprise enterprise;
    private FilesRig rig;

    @BeforeEach
    void open() throws Exception {
        all = new TransfersRig(folder);
        enterprise = all.enterprise;
        rig = all.rig;
    }

    @AfterEach
    void close() {
        all.close();
    }

    @Test
    void a_file_of_an_upload_root_arrives_whole_and_nothing_of_the_transfer_stays() throws Exception {
        byte[] content = all.file("logs/run.log", 3 * CHUNK + 17);
        Handled handled = all.start().upload(upload(id(1), "logs/run.log"));

        assertThat(handled).isEqualTo(Handled.done("begun"));
        all.arrived(1, content);
        assertThat(enterprise.uploads.get(id(1)).offer.getName()).isEqualTo("run.log");
        assertThat(enterprise.bytesIn).hasValue(content.length);
        FilesRig.await("forgotten", () -> all.transfers().progress().isEmpty());
        assertThat(rig.data).isEmptyDirectory();
        assertThat(all.audit()).contains("transfer.begun id=" + id(1)).contains("outcome=DONE");
    }

    @Test
    void an_absolute_path_within_a_root_will_do_and_so_will_a_file_without_bytes() throws Exception {
        byte[] content = all.file("a b.log", 5);
        byte[] empty = all.file("empty", 0);
        done(all.start().upload(upload(id(1), rig.out.resolve("a b.log").toString())));
        done(all.transfers().upload(upload(id(2), "empty")));

        all.arrived(1, content);
        all.arrived(2, empty);
    }

    @Test
    void a_file_that_grows_is_sent_as_long_as_it_was() throws Exception {
        byte[] content = all.file("growing.log", 4 * CHUNK);
        Path file = rig.out.resolve("growing.log");
        enterprise.trouble = exchange -> {
            Files.write(file, new byte[1000], StandardOpenOption.APPEND);
            return false;
        };
        done(all.start().upload(upload(id(1), "growing.log")));

        all.arrived(1, content);
    }

    @Test
    void a_file_whose_bytes_change_fails_and_says_so() throws Exception {
        byte[] changed = all.file("rewritten.log", 4 * CHUNK);
        Path file = rig.out.resolve("rewritten.log");
        changed[3 * CHUNK + 5]++;
        enterprise.trouble = exchange -> {
            Files.write(file, changed);
            return false;
        };
        done(all.start().upload(upload(id(1), "rewritten.log")));

        all.ended(1, TransferOutcome.FAILED, "the file was changed while it was sent");
        assertThat(enterprise.uploads.get(id(1)).complete).isFalse();
    }

    @Test
    void a_file_that_becomes_shorter_fails_and_says_so() throws Exception {
        assertThat(all.file("cut.log", 4 * CHUNK)).isNotEmpty();
        Path file = rig.out.resolve("cut.log");
        enterprise.trouble = exchange -> {
            Files.write(file, new byte[10]);
            return false;
        };
        done(all.start().upload(upload(id(1), "cut.log")));

        all.ended(1, TransferOutcome.FAILED, "it has become shorter");
    }

    @Test
    void what_the_enterprise_lost_is_sent_again_from_there_and_what_it_has_is_not() throws Exception {
        byte[] content = all.file("log", 6 * CHUNK);
        AtomicInteger puts = new AtomicInteger();
        enterprise.trouble = exchange -> {
            if (exchange.getRequestMethod().equals("PUT") && puts.incrementAndGet() == 4) {
                // As after a restart from an older state.
                enterprise.uploads.get(id(1)).offset = CHUNK;
            }
            return false;
        };
        done(all.start().upload(upload(id(1), "log")));

        all.arrived(1, content);
        assertThat(enterprise.bytesIn).hasValue(content.length + 3L * CHUNK);
    }

    @Test
    void answers_that_are_lost_and_an_enterprise_that_is_busy_cost_one_chunk_each() throws Exception {
        byte[] content = all.file("log", 6 * CHUNK);
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
        done(all.start().upload(upload(id(1), "log")));

        all.arrived(1, content);
        assertThat(puts).hasValue(6 + 2);
    }

    @Test
    void while_the_device_is_muted_an_upload_waits_and_says_why_and_then_goes_on_where_it_was() throws Exception {
        byte[] content = all.file("log", 4 * CHUNK);
        enterprise.trouble = exchange -> {
            FilesEnterprise.Upload upload = enterprise.uploads.get(id(1));
            boolean muted = upload != null && upload.offset == 2L * CHUNK;
            if (muted) {
                FilesEnterprise.refuse(exchange, Fault.DEVICE_MUTED);
            }
            return muted;
        };
        done(all.start().upload(upload(id(1), "log")));

        FilesRig.await("refused, and asked again", () -> enterprise.requests.size() >= 5);
        FilesRig.await(
                "why", () -> all.transfers().progress().get(0).state().contains("device-muted at the enterprise"));
        assertThat(enterprise.uploads.get(id(1)).offset).isEqualTo(2L * CHUNK);
        enterprise.trouble = exchange -> false;
        // As polls say it that are answered again: the next pause's end is not waited for.
        FilesRig.await("the next piece", () -> {
            all.transfers().lineIsBack();
            return enterprise.uploads.get(id(1)).offset > 2L * CHUNK;
        });

        all.arrived(1, content);
        assertThat(enterprise.bytesIn).hasValue(content.length);
    }

    @Test
    void bytes_that_arrive_wrong_are_sent_once_more_and_then_no_more() throws Exception {
        assertThat(all.file("log", 2 * CHUNK)).isNotEmpty();
        enterprise.trouble = exchange -> {
            if (exchange.getRequestMethod().equals("PUT") && enterprise.uploads.get(id(1)).offset == CHUNK) {
                Files.write(enterprise.uploads.get(id(1)).file, new byte[CHUNK]);
            }
            return false;
        };
        done(all.start().upload(upload(id(1), "log")));

        all.ended(1, TransferOutcome.FAILED, "wrong, twice");
        assertThat(enterprise.bytesIn).hasValue(4L * CHUNK);
    }
}

package io.fairlead.agent.file;

import static io.fairlead.agent.file.FilesRig.cancel;
import static io.fairlead.agent.file.FilesRig.done;
import static io.fairlead.agent.file.FilesRig.id;
import static io.fairlead.agent.file.FilesRig.random;
import static io.fairlead.agent.file.FilesRig.receive;
import static io.fairlead.agent.file.FilesRig.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.contract.agent.TransferOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds for transfers of either direction, over real TLS. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransfersTest {
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
    void several_go_at_once() throws Exception {
        byte[] large = all.file("large", 40 * CHUNK);
        byte[] small = all.file("small", CHUNK);
        CountDownLatch others = new CountDownLatch(1);
        enterprise.trouble = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith(id(1))) {
                await(others);
            }
            return false;
        };
        all.start();
        done(all.transfers().upload(upload(id(1), "large")));
        done(all.transfers().upload(upload(id(2), "small")));
        byte[] down = random(10 * CHUNK);
        enterprise.downloads.put(id(3), down);
        done(all.transfers().receive(receive(id(3), "down", down)));

        all.arrived(2, small);
        all.placed(3, "down", down);
        others.countDown();
        all.arrived(1, large);
    }

    @Test
    void what_a_stop_interrupts_goes_on_where_it_was() throws Exception {
        byte[] up = all.file("up", 30 * CHUNK);
        byte[] down = random(30 * CHUNK);
        enterprise.downloads.put(id(2), down);
        all.start();
        done(all.transfers().upload(upload(id(1), "up")));
        done(all.transfers().receive(receive(id(2), "down", down)));
        FilesRig.await("begun", () -> enterprise.bytesIn.get() > 3 * CHUNK && enterprise.bytesOut.get() > 3 * CHUNK);
        all.stop();
        all.start();

        all.arrived(1, up);
        all.placed(2, "down", down);
        assertThat(enterprise.bytesIn.get()).isLessThanOrEqualTo(31L * CHUNK);
        assertThat(enterprise.bytesOut.get()).isLessThanOrEqualTo(31L * CHUNK);
    }

    @Test
    void an_order_a_person_and_the_enterprise_can_each_end_one() throws Exception {
        rig.rate = OptionalLong.of(8_000);
        byte[] content = all.file("large", 100 * CHUNK);
        enterprise.downloads.put(id(2), content);
        all.start();
        done(all.transfers().upload(upload(id(1), "large")));
        done(all.transfers().receive(receive(id(2), "down", content)));
        FilesRig.await("begun", () -> all.transfers().progress().size() == 2 && !enterprise.uploads.isEmpty());
        assertThat(all.transfers().cancel(cancel(id(2))).detail()).isEqualTo("ended");
        assertThat(all.transfers().cancel(id(1), "a person at the instrument")).isTrue();

        all.ended(1, TransferOutcome.CANCELLED, "cancelled by a person at the instrument");
        all.ended(2, TransferOutcome.CANCELLED, "cancelled by the enterprise");
        assertThat(all.transfers().cancel(cancel(id(2))).detail()).contains("no such transfer");

        enterprise.cancelled.put(id(3), true);
        done(all.transfers().upload(upload(id(3), "large")));
        FilesRig.await("forgotten", () -> all.transfers().progress().isEmpty());
        assertThat(enterprise.ends).doesNotContainKey(id(3));
        assertThat(rig.data).isEmptyDirectory();
        assertThat(rig.in).isEmptyDirectory();
    }

    @Test
    void bytes_go_in_the_hours_of_the_site_only() throws Exception {
        byte[] content = all.file("log", CHUNK);
        rig.open = false;
        done(all.start().upload(upload(id(1), "log")));
        FilesRig.await(
                "waiting", () -> all.transfers().progress().get(0).state().contains("the hours of site.conf"));
        assertThat(enterprise.requests).isEmpty();
        all.stop();
        rig.open = true;

        all.start();
        all.arrived(1, content);
    }

    @Test
    void both_ways_together_are_never_faster_than_the_customer_allows() throws Exception {
        // 128 kbit/s.
        rig.rate = OptionalLong.of(16_000);
        byte[] up = all.file("up", 48 << 10);
        byte[] down = random(48 << 10);
        enterprise.downloads.put(id(2), down);
        all.start();
        long begun = System.nanoTime();
        done(all.transfers().upload(upload(id(1), "up")));
        done(all.transfers().receive(receive(id(2), "down", down)));
        all.arrived(1, up);
        all.placed(2, "down", down);
        double seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(enterprise.bytesIn.get() + enterprise.bytesOut.get()).isEqualTo(96 << 10);
        assertThat(seconds).as("for 96 KiB at 16 000 B/s").isGreaterThanOrEqualTo(0.9 * (96 << 10) / 16_000);
    }

    @Test
    void what_must_be_asked_is_asked_after_the_order_and_waits_for_a_yes() throws Exception {
        byte[] content = all.file("patients/p1.csv", 10);
        rig.patient = List.of("patients");
        all.start();
        assertThat(all.transfers().upload(upload(id(1), "patients/p1.csv")))
                .isEqualTo(Handled.refused("the file may hold patient data: nobody can be asked"));

        rig.nobody = Optional.empty();
        rig.answer = Optional.of("declined at the instrument");
        assertThat(all.transfers().upload(upload(id(2), "patients/p1.csv")))
                .isEqualTo(Handled.done("begun: asking at the instrument"));
        all.ended(2, TransferOutcome.REFUSED, "declined at the instrument");
        assertThat(enterprise.uploads).isEmpty();

        rig.answer = Optional.empty();
        done(all.transfers().upload(upload(id(3), "patients/p1.csv")));
        all.arrived(3, content);
    }

    @Test
    void what_the_site_denies_is_refused_also_when_it_was_begun() throws Exception {
        rig.open = false;
        assertThat(all.file("log", CHUNK)).isNotEmpty();
        done(all.start().upload(upload(id(1), "log")));
        all.stop();
        rig.open = true;
        rig.word = new SiteWord.Refused("site.conf denies upload");
        all.start();

        all.ended(1, TransferOutcome.REFUSED, "site.conf denies upload");
        assertThat(all.transfers().upload(upload(id(2), "log"))).isEqualTo(Handled.refused("site.conf denies upload"));
        assertThat(enterprise.bytesIn).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

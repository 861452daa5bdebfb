package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.link.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hours of a site end while a file is on its way. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoursTest {
    private static final int CHUNK = 131_072;

    @TempDir
    private Path folder;

    private volatile Instant now = Instant.parse("2026-11-20T21:59:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);

    @Test
    void a_transfer_rests_after_the_chunk_in_which_the_hours_end_and_goes_on_when_they_begin() throws Exception {
        FilesRig rig = new FilesRig(folder);
        byte[] content = FilesRig.random(4 * CHUNK + 1);
        Files.write(rig.out.resolve("run.log"), content);
        try (FilesEnterprise enterprise = new FilesEnterprise(folder)) {
            enterprise.trouble = exchange -> {
                if (exchange.getRequestMethod().equals("PUT") && enterprise.uploads.get(FilesRig.id(1)).offset > 0) {
                    now = Instant.parse("2026-11-20T22:00:00Z");
                }
                return false;
            };
            Sending sending = sending(rig, FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"));
            Duration wait = sending.step();
            while (wait.isZero()) {
                wait = sending.step();
            }
            assertThat(wait).as("until the hours are looked at again").isEqualTo(Duration.ofSeconds(20));
            assertThat(sending.progress().state()).isEqualTo("waiting: the hours of site.conf");
            assertThat(sending.progress().left()).isEmpty();
            assertThat(enterprise.bytesIn).as("to the end of its chunk").hasValue(2 * CHUNK);

            int requests = enterprise.requests.size();
            now = Instant.parse("2026-11-21T19:59:59Z");
            assertThat(sending.step()).isEqualTo(Duration.ofSeconds(20));
            assertThat(enterprise.requests).hasSize(requests);

            enterprise.trouble = exchange -> false;
            now = Instant.parse("2026-11-21T20:00:00Z");
            while (!sending.over()) {
                assertThat(sending.step()).isZero();
            }
            assertThat(enterprise.uploads.get(FilesRig.id(1)).file).hasBinaryContent(content);
            assertThat(enterprise.bytesIn).as("nothing goes twice").hasValue(content.length);
        }
    }

    private Sending sending(FilesRig rig, Identity identity) throws Exception {
        try (Transfers transfers = rig.transfers(identity)) {
            assertThat(FilesRig.done(transfers.upload(FilesRig.upload(FilesRig.id(1), "run.log"))))
                    .isNotNull();
        }
        FileRules rules = new FileRules(
                List.of(rig.out),
                List.of(),
                new PatientPaths(List.of()),
                Optional.empty(),
                OptionalLong.empty(),
                this::open,
                1,
                1);
        Desk desk = new Desk(
                rules,
                rig,
                Walk.ofSystem(),
                new TransferFolder(rig.data),
                new TransferLine(FilesRig.link(identity), "device-1"),
                new Pacer(OptionalLong.empty(), System::nanoTime, nanos -> {}),
                new DiskFloor(0, 0, path -> new Disks.Space(1L << 40, 1L << 39)),
                clock,
                new LocalAudit(folder.resolve("audit.log"), clock),
                () -> false);
        return new Sending(desk, desk.folder().all().get(0), new Preparing(desk, List.of(), "device-1"));
    }

    /** From eight to ten in the evening. */
    private boolean open() {
        LocalTime at = LocalTime.now(clock);
        return !at.isBefore(LocalTime.of(20, 0)) && at.isBefore(LocalTime.of(22, 0));
    }
}

package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.SavedIdentity;
import io.fairlead.contract.agent.TransferOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at offsets all over a large file, in both directions: at most one chunk goes again for each. */
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransfersKilledTest {
    private static final boolean LONG = Boolean.getBoolean("fairlead.long");
    private static final int SIZE = (LONG ? 256 : 32) << 20;
    private static final int KILLS = LONG ? 50 : 6;
    private static final int CHUNK = 131_072;

    @TempDir
    private Path folder;

    private FilesEnterprise enterprise;

    @BeforeEach
    void open() throws Exception {
        enterprise = new FilesEnterprise(folder);
        SavedIdentity.save(
                FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"), folder.resolve("identity"));
    }

    @AfterEach
    void close() {
        enterprise.close();
    }

    @Test
    void an_upload_survives_each_kill() throws Exception {
        byte[] content = FilesRig.random(SIZE);
        Path file = Files.createDirectories(folder.resolve("out")).resolve("large");
        Files.write(file, content);
        int kills = killedAtOffsets(
                enterprise.bytesIn,
                () -> enterprise.uploads.containsKey(TransfersChild.ID)
                        ? enterprise.uploads.get(TransfersChild.ID).offset
                        : 0,
                List.of("upload", "large"));

        assertThat(enterprise.uploads.get(TransfersChild.ID).complete).isTrue();
        assertThat(enterprise.uploads.get(TransfersChild.ID).file).hasSameBinaryContentAs(file);
        again("upload", enterprise.bytesIn.get(), kills);
    }

    @Test
    void a_download_survives_each_kill() throws Exception {
        byte[] content = FilesRig.random(SIZE);
        enterprise.downloads.put(TransfersChild.ID, content);
        int kills = killedAtOffsets(
                enterprise.bytesOut,
                this::forced,
                List.of("receive", "large", String.valueOf(SIZE), FilesEnterprise.sha256(content)));

        assertThat(enterprise.ends.get(TransfersChild.ID).getOutcome()).isEqualTo(TransferOutcome.DONE);
        assertThat(folder.resolve("in/large")).hasBinaryContent(content);
        assertThat(folder.resolve("in").toFile().list()).containsExactly("large");
        again("download", enterprise.bytesOut.get(), kills);
    }

    private static void again(String what, long bytes, int kills) {
        long again = bytes - SIZE;
        System.out.println(what + " of " + SIZE + " bytes, " + kills + " kills: " + again + " bytes again, "
                + again / CHUNK + " chunks");
        assertThat(kills).isGreaterThanOrEqualTo(KILLS * 9 / 10);
        assertThat(again).isBetween(0L, (long) kills * CHUNK);
    }

    /** What of a download a power cut would leave too. */
    private long forced() {
        long size = folder.resolve("data/transfers")
                .resolve(TransfersChild.ID)
                .resolve("content")
                .toFile()
                .length();
        return size == SIZE ? size : size - size % CHUNK;
    }

    /**
     * Kills the child each time a further part has moved, and starts it again; returns how often it was killed.
     *
     * @param kept bytes that need not move again
     */
    private int killedAtOffsets(AtomicLong moved, LongSupplier kept, List<String> order) throws Exception {
        int kills = 0;
        long lost = 0;
        List<String> arguments = order;
        for (int i = 1; i <= KILLS; i++) {
            Process child = child(arguments);
            arguments = List.of();
            // Somewhere within a chunk, never at the same place of one.
            long at = SIZE / (KILLS + 1L) * i + i * 7919L % CHUNK;
            FilesRig.await("offset " + at, () -> moved.get() >= at || !child.isAlive());
            boolean killed = child.isAlive();
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            if (killed) {
                kills++;
                enterprise.awaitRest();
                long again = moved.get() - kept.getAsLong() - lost;
                assertThat(again).as("bytes again after kill " + i).isBetween(0L, (long) CHUNK);
                lost += again;
            }
        }
        Process last = child(arguments);
        assertThat(last.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
        assertThat(folder.resolve("handled")).hasContent("DONE begun");
        return kills;
    }

    private Process child(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                TransfersChild.class.getName(),
                folder.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("child.log").toFile()))
                .start();
    }
}

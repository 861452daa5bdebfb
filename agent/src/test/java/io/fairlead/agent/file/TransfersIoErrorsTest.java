package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.agent.link.SavedIdentity;
import io.fairlead.contract.agent.TransferOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Writes, renames and forced writes that fail at random, by libfiu under a process: it goes on, and what it places is whole. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransfersIoErrorsTest {
    private static final int SIZE = 8 << 20;
    private static final Map<String, String> FAULTS = Map.of(
            "posix/io/rw/write", "0.02",
            "posix/io/rw/pwrite", "0.05",
            "posix/io/sync/fsync", "0.2",
            "posix/io/sync/fdatasync", "0.2",
            "posix/io/dir/rename", "0.2");

    private static final String FAULT = "Input/output error";
    private static final List<String> SYNCS = List.of("posix/io/sync/fsync", "posix/io/sync/fdatasync");

    @TempDir
    private Path folder;

    private Process child;

    @AfterEach
    void end() {
        if (child != null) {
            child.destroyForcibly();
        }
    }

    @BeforeAll
    static void the_tool_is_there() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/fiu-run")), "fiu-run is missing (Debian package fiu-utils)");
    }

    @Test
    void a_download_survives_io_errors_of_every_kind() throws Exception {
        byte[] content = FilesRig.random(SIZE);
        try (FilesEnterprise enterprise = new FilesEnterprise(folder)) {
            SavedIdentity.save(
                    FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"), folder.resolve("identity"));
            enterprise.downloads.put(TransfersChild.ID, content);
            child = child("receive", "large", String.valueOf(SIZE), FilesEnterprise.sha256(content));
            FilesRig.await("begun", () -> enterprise.bytesOut.get() > 0 || !child.isAlive());
            fail(child);
            long tried = enterprise.bytesOut.get();
            // So many bytes are enough, and so are some faults: after each the agent waits longer before it tries
            // again.
            FilesRig.await(
                    "troubles",
                    () -> enterprise.bytesOut.get() > tried + (2 << 20) || faults() > 3 || !child.isAlive());
            mend(child);

            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as("%s", log()).isZero();
            assertThat(enterprise.ends.get(TransfersChild.ID).getOutcome()).isEqualTo(TransferOutcome.DONE);
        }
        assertThat(folder.resolve("in/large")).hasBinaryContent(content);
        assertThat(log()).as("errors happened").contains(FAULT);
    }

    @Test
    void an_upload_survives_io_errors_of_every_kind_from_its_order_on() throws Exception {
        byte[] content = FilesRig.random(SIZE);
        try (FilesEnterprise enterprise = new FilesEnterprise(folder)) {
            SavedIdentity.save(
                    FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"), folder.resolve("identity"));
            Path out = Files.createDirectories(folder.resolve("out"));
            assertThat(Files.write(out.resolve("large"), content)).exists();
            child = child(TransfersChild.WHEN_TOLD, "large");
            FilesRig.await("started", () -> Files.exists(folder.resolve("waits")) || !child.isAlive());
            // Nothing can be forced to disk: the order fails for certain, and not by chance.
            fail(child, SYNCS, "1");
            assertThat(Files.createFile(folder.resolve(TransfersChild.WHEN_TOLD)))
                    .exists();
            FilesRig.await("a refused order", () -> faults() > 0 || !child.isAlive());
            int refused = faults();
            fail(child);
            FilesRig.await(
                    "troubles",
                    () -> enterprise.bytesIn.get() > (1 << 16) || faults() > refused + 3 || !child.isAlive());
            mend(child);

            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as("%s", log()).isZero();
            assertThat(enterprise.uploads.get(TransfersChild.ID).complete).isTrue();
            assertThat(enterprise.uploads.get(TransfersChild.ID).file).hasBinaryContent(content);
        }
        assertThat(log()).as("errors happened").contains(FAULT);
    }

    private int faults() {
        return log().split(FAULT, -1).length - 1;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("child.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail(Process child) throws Exception {
        for (Map.Entry<String, String> fault : FAULTS.entrySet()) {
            fail(child, List.of(fault.getKey()), fault.getValue());
        }
    }

    private void fail(Process child, List<String> calls, String probability) throws Exception {
        for (String call : calls) {
            control(child, "enable_random name=" + call + ",failinfo=5,probability=" + probability);
        }
    }

    private void mend(Process child) throws Exception {
        for (String fault : FAULTS.keySet()) {
            control(child, "disable name=" + fault);
        }
    }

    private Process child(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "fiu-run",
                "-x",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TransfersChild.class.getName(),
                folder.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile());
        builder.environment().put("TMPDIR", folder.toString());
        return builder.start();
    }

    private void control(Process child, String what) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("fiu-ctrl", "-c", what, String.valueOf(child.pid()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("fiu.log").toFile());
        builder.environment().put("TMPDIR", folder.toString());
        Process control = builder.start();
        assertThat(control.waitFor(30, TimeUnit.SECONDS)).isTrue();
        // It may have done all it had to do meanwhile: its own exit value says whether it did it well.
        assertThat(control.exitValue() == 0 || !child.isAlive())
                .as("%s", Files.readString(folder.resolve("fiu.log")))
                .isTrue();
    }
}

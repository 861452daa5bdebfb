package io.fairlead.system.powercut;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * An ext4 file system in a file, mounted over a loop device. The file holds what the kernel has sent to the disk and
 * nothing else: a copy of it is the disk after a power cut.
 */
final class LoopDisk implements AutoCloseable {
    private final Path image;
    private final Path root;
    private final Thread atExit = new Thread(this::unmount);

    private LoopDisk(Path image, Path root) {
        this.image = image;
        this.root = root;
    }

    /** Skips the test loudly where this machine lets nobody mount; fails it where everything must run. */
    static void needed(Path folder) throws IOException {
        try (LoopDisk disk = make(folder, 8)) {
            Files.writeString(disk.root().resolve("probe"), "writable");
        } catch (IllegalStateException e) {
            String message =
                    "NOT RUN: a power cut cannot be played here, for want of root, losetup, mkfs.ext4 or mount: "
                            + e.getMessage();
            System.err.println(message);
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail(message);
            }
            Assumptions.abort(message);
        }
    }

    /** Makes and mounts a disk of so many MiB. */
    static LoopDisk make(Path folder, int mebibytes) throws IOException {
        Path image = Files.createTempFile(folder, "disk", ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes << 20);
        }
        run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        return mount(folder, image);
    }

    /** The disk as a power cut at this moment would leave it, mounted beside. */
    LoopDisk afterPowerCut(Path folder) throws IOException {
        Path copy = Files.createTempFile(folder, "cut", ".img");
        Files.copy(image, copy, StandardCopyOption.REPLACE_EXISTING);
        return mount(folder, copy);
    }

    private static LoopDisk mount(Path folder, Path image) throws IOException {
        LoopDisk disk = new LoopDisk(image, Files.createTempDirectory(folder, "mount"));
        // The kernel's own commit every 5 s would write while the image is being copied, which no power cut does.
        run("mount", "-o", "loop,commit=600", image.toString(), disk.root.toString());
        Runtime.getRuntime().addShutdownHook(disk.atExit);
        return disk;
    }

    Path root() {
        return root;
    }

    /** Unmounts, which also gives the loop device back. */
    @Override
    public void close() throws IOException {
        unmount();
        Runtime.getRuntime().removeShutdownHook(atExit);
        Files.delete(image);
    }

    private void unmount() {
        try {
            run("umount", root.toString());
        } catch (IllegalStateException busy) {
            run("umount", "--lazy", root.toString());
        }
    }

    private static void run(String... command) {
        try {
            Path output = Files.createTempFile("command", ".out");
            try {
                Process process = new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            String.join(" ", command) + ": " + Files.readString(output, StandardCharsets.UTF_8));
                }
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}

package io.fairlead.system;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A small disk in memory, to be filled. */
record Tmpfs(Path root) implements AutoCloseable {
    private static final String FILLER = "filler";

    /** Mounts one over a folder that is made; skips the test loudly where nobody may, fails it where all must run. */
    static Tmpfs mount(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        if (!run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + mebibytes + "m", "tmpfs", folder.toString())) {
            String message = "NOT RUN: a full disk cannot be played here, for want of root or mount";
            System.err.println(message);
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail(message);
            }
            Assumptions.abort(message);
        }
        return new Tmpfs(folder);
    }

    long free() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Lets something else take the disk, but for so many bytes: whole pages. */
    void fillBut(long bytes) throws IOException {
        Files.deleteIfExists(root.resolve(FILLER));
        Files.write(root.resolve(FILLER), new byte[Math.toIntExact(free() - bytes)]);
    }

    void giveBack() throws IOException {
        Files.delete(root.resolve(FILLER));
    }

    @Override
    public void close() throws IOException {
        if (!run("umount", root.toString()) && !run("umount", "--lazy", root.toString())) {
            throw new IOException("cannot unmount " + root);
        }
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

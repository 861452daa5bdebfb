package io.fairlead.agent.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A disk of a few megabytes (tmpfs), and an instrument that fills it. Only root can mount. */
public final class SmallDisk implements AutoCloseable {
    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** @param root an empty folder, which the disk takes over */
    public static SmallDisk mount(Path root, int mebibytes) throws IOException {
        if (!Host.ofThisSystem().root()) {
            Assumptions.abort("root is missing: only root can mount a disk");
        }
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=755", "tmpfs", root.toString());
        return new SmallDisk(root);
    }

    public Path root() {
        return root;
    }

    public long free() {
        return root.toFile().getUsableSpace();
    }

    /** The instrument writes until so many bytes are left; 0: until the disk takes no more. */
    public void fillTo(long left) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(root.resolve("instrument"))) {
            while (free() > left) {
                out.write(block);
            }
        } catch (IOException full) {
            if (left > 0) {
                throw full;
            }
        }
    }

    /** The instrument takes its file away. */
    public void clear() throws IOException {
        Files.delete(root.resolve("instrument"));
    }

    @Override
    public void close() throws IOException {
        run("umount", "--lazy", root.toString());
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

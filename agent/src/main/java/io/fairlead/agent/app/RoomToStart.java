package io.fairlead.agent.app;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the disk takes what an agent writes when it starts. On a disk that is full to its last byte it can promise
 * nothing: no number would be forced, no instruction journaled. So it waits, at no cost to the instrument, instead of ending
 * and being started anew for ever; what it had written before stands, and the enterprise keeps what it has for it.
 */
final class RoomToStart {
    /** More than journal, token and audit take in the first minutes. */
    static final int BYTES = 256 << 10;

    static final long PAUSE_MILLIS = 15_000;
    /** Said again after so many looks: every ten minutes. */
    static final int LOOKS_A_WORD = 40;

    private final Path data;
    private final Pause pause;
    private final Consumer<String> say;

    /** Waits. Handed in, so that a test need not. */
    @FunctionalInterface
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    /** @param say takes a line for people */
    RoomToStart(Path data, Pause pause, Consumer<String> say) {
        this.data = data;
        this.pause = pause;
        this.say = say;
    }

    /** @throws IOException when it is something else than a full disk */
    void await() throws IOException, InterruptedException {
        int looks = 0;
        for (IOException full = tried(); full != null; full = tried()) {
            if (looks++ % LOOKS_A_WORD == 0) {
                say.accept("agent: the disk of " + data + " is full (" + full.getMessage()
                        + "). The agent waits until there"
                        + " is room for it, at least " + BYTES / 1024
                        + " kB, and then goes on by itself; nothing is lost,"
                        + " and nothing is sent meanwhile.");
            }
            pause.millis(PAUSE_MILLIS);
        }
        if (looks > 0) {
            say.accept("agent: there is room again; the agent starts.");
        }
    }

    private @Nullable IOException tried() throws IOException {
        Path probe = data.resolve("room.tmp");
        try (FileChannel channel = FileChannel.open(
                probe,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                Durable.ownerOnly(probe))) {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return null;
        } catch (IOException e) {
            if (isFull(e)) {
                return e;
            }
            throw e;
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("not enough space")
                || message.contains("quota exceeded");
    }
}

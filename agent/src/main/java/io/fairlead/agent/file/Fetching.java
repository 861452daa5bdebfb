package io.fairlead.agent.file;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.link.FileLink;
import io.fairlead.agent.link.LinkException;
import io.fairlead.contract.agent.TransferOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way from the enterprise: chunk by chunk into this agent's own folder, each forced to disk, then
 * {@link Placing}.
 */
final class Fetching extends Carrying {
    private static final Duration DISK_FULL = Duration.ofSeconds(30);

    private @Nullable FileChannel content;
    private boolean resumed;

    Fetching(Desk desk, Transfer transfer) {
        super(desk, transfer);
        this.resumed = transfer.phase() == Transfer.Phase.PLACING;
    }

    @Override
    Duration carry() throws IOException, LinkException, NotPossible {
        if (transfer().phase() == Transfer.Phase.PLACING) {
            return place();
        }
        FileChannel to = content;
        if (to == null) {
            to = open();
            content = to;
        }
        long have = to.position();
        return have < transfer().size() ? fetch(to, have) : complete(to);
    }

    /** A power cut may leave a part of a chunk; what stands before it was forced. */
    private FileChannel open() throws IOException {
        Path file = desk.folder().content(transfer().id());
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Durable.ownerOnly(file));
        long have = Math.min(channel.size(), transfer().size());
        long whole = have == transfer().size() ? have : have - have % FileLink.MAX_CHUNK;
        channel.truncate(whole);
        channel.position(whole);
        moved(whole);
        return channel;
    }

    private Duration fetch(FileChannel to, long have) throws IOException, LinkException {
        int length = (int) Math.min(FileLink.MAX_CHUNK, transfer().size() - have);
        if (!desk.disks().room(desk.folder().folder(), length)) {
            return pause("the disk is full", DISK_FULL);
        }
        FileLink.Answer answer =
                desk.pacer().move(this::wanted, pace -> desk.line().get(transfer(), have, length, pace));
        if (!answer.good()) {
            return refused(answer);
        }
        store(to, answer.body());
        moved(to.position());
        return Duration.ZERO;
    }

    /** A full disk takes a part first: it is cut off, so that nothing follows a piece that is not whole. */
    private void store(FileChannel to, ByteBuffer chunk) throws IOException {
        try {
            while (chunk.hasRemaining()) {
                int written = to.write(chunk);
                if (written == 0) {
                    throw new IOException("the disk takes nothing");
                }
            }
            to.force(false);
        } catch (IOException e) {
            letGo();
            throw e;
        }
    }

    private Duration complete(FileChannel to) throws IOException, NotPossible {
        to.force(true);
        letGo();
        placing().requireFree();
        write(transfer().in(Transfer.Phase.PLACING));
        return Duration.ZERO;
    }

    private Duration place() throws IOException, NotPossible {
        Placing.Placed placed = placing().place(desk.folder().content(transfer().id()), resumed);
        resumed = true;
        if (placed == Placing.Placed.DONE) {
            return end(TransferOutcome.DONE, "placed as " + transfer().path());
        }
        if (transfer().again()) {
            throw NotPossible.failed("the bytes arrived wrong, twice");
        }
        desk.folder().deleteContent(transfer().id());
        write(transfer().fromTheStart());
        return Duration.ZERO;
    }

    private Placing placing() throws NotPossible {
        return new Placing(
                desk,
                transfer(),
                Path.of(transfer().root()),
                NamePath.parse(transfer().path()));
    }

    @Override
    void letGo() throws IOException {
        FileChannel open = content;
        content = null;
        if (open != null) {
            open.close();
        }
        if (transfer().phase() == Transfer.Phase.PLACING) {
            try {
                placing().clean();
            } catch (NotPossible e) {
                // The folder is gone, and with it what lay there.
            }
        }
    }

    @Override
    boolean patient() {
        return false;
    }

    @Override
    boolean readsOnly() {
        return false;
    }
}

package io.fairlead.agent.file;

import io.fairlead.agent.link.FileLink;
import io.fairlead.agent.link.LinkException;
import io.fairlead.contract.agent.TransferResponse;
import io.fairlead.contract.agent.TransferState;
import io.fairlead.soap.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to the enterprise. Its size and SHA-256 are fixed before the first byte goes. They are reckoned again
 * over what is sent, and the last chunk of a file whose bytes have changed meanwhile is never sent.
 */
final class Sending extends Carrying {
    private static final String CHANGED = "the file was changed while it was sent";

    private final Preparing preparing;
    private @Nullable Source source;
    /** Over the bytes before {@link #offset}; null: the enterprise is to be asked where to go on. */
    private @Nullable MessageDigest digest;

    private long offset;

    Sending(Desk desk, Transfer transfer, Preparing preparing) {
        super(desk, transfer);
        this.preparing = preparing;
    }

    @Override
    Duration carry() throws IOException, LinkException, NotPossible {
        if (transfer().phase() == Transfer.Phase.BEGUN) {
            letGo();
            write(preparing.prepare(transfer(), this::wanted));
            return Duration.ZERO;
        }
        MessageDigest before = digest;
        return before == null ? begin() : sendChunk(before);
    }

    /** Asks where to go on, and reckons over what is there already. */
    private Duration begin() throws IOException, LinkException, NotPossible {
        TransferResponse answer = desk.line().offer(transfer());
        if (answer.getState() == TransferState.COMPLETE) {
            return sent();
        }
        return answer.getState() == TransferState.CANCELLED ? dropped() : goOnAt(answer.getOffset());
    }

    private Duration goOnAt(long from) throws IOException, LinkException, NotPossible {
        if (from > transfer().size()) {
            throw LinkException.badAnswer("the enterprise has more than there is");
        }
        letGo();
        Source open = open();
        source = open;
        MessageDigest reckoned = sha256();
        offset = 0;
        while (offset < from) {
            requireWanted();
            reckoned.update(read(open, (int) Math.min(FileLink.MAX_CHUNK, from - offset)));
        }
        digest = reckoned;
        moved(offset);
        return Duration.ZERO;
    }

    private Source open() throws IOException, NotPossible {
        return transfer().prepared()
                ? Source.own(desk.folder().content(transfer().id()))
                : Source.open(
                        desk.walk(),
                        Path.of(transfer().root()),
                        NamePath.parse(transfer().path()));
    }

    private byte[] read(Source open, int length) throws IOException, NotPossible {
        try {
            byte[] piece = open.read(offset, length);
            offset += length;
            return piece;
        } catch (EOFException e) {
            throw NotPossible.failed(CHANGED + ": it has become shorter");
        }
    }

    private Duration sendChunk(MessageDigest before) throws IOException, LinkException, NotPossible {
        long from = offset;
        byte[] chunk = read(Objects.requireNonNull(source), (int)
                Math.min(FileLink.MAX_CHUNK, transfer().size() - from));
        before.update(chunk);
        boolean last = offset == transfer().size();
        // Until the enterprise has said that it has this chunk, nobody knows where to go on.
        digest = null;
        if (last && !HexFormat.of().formatHex(before.digest()).equals(transfer().sha256())) {
            throw NotPossible.failed(CHANGED);
        }
        FileLink.Answer answer =
                desk.pacer().move(this::wanted, pace -> desk.line().put(transfer(), from, chunk, pace));
        if (answer.status() == 200) {
            return sent();
        }
        if (answer.good()) {
            moved(offset);
            digest = last ? null : before;
            return Duration.ZERO;
        }
        if (answer.fault().filter(Fault.OFFSET::equals).isPresent()
                && answer.offset().isPresent()) {
            return goOnAt(answer.offset().getAsLong());
        }
        if (answer.fault().filter(Fault.DIGEST::equals).isPresent()) {
            return wrong();
        }
        return refused(answer);
    }

    /** What arrived is not what was sent: once more, then no more. */
    private Duration wrong() throws IOException, NotPossible {
        if (transfer().again()) {
            throw NotPossible.failed("the bytes arrived wrong, twice");
        }
        write(transfer().fromTheStart());
        return Duration.ZERO;
    }

    private void requireWanted() throws InterruptedIOException {
        if (!wanted()) {
            throw new InterruptedIOException("no longer wanted");
        }
    }

    @Override
    void letGo() throws IOException {
        Source open = source;
        source = null;
        digest = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    boolean patient() throws IOException, NotPossible {
        return preparing.patient(transfer());
    }

    @Override
    boolean readsOnly() {
        return transfer().phase() == Transfer.Phase.OFFERED || transfer().phase() == Transfer.Phase.BEGUN;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}

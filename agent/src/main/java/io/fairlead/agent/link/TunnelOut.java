package io.fairlead.agent.link;

import io.fairlead.statements.RunningHash;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes binary frames of 32 KiB at most (a relay keeps sixteen of them before it stops to read), masked by fresh random numbers each (RFC 6455 section 5.3), and frames of control
 * between them. Who reads never waits for who writes: an answer to a ping that finds the line busy goes out behind the frame
 * that is being written. Between them stands what the {@link Scribe} says of the bytes, as frames of text. Thread-safe.
 */
final class TunnelOut extends OutputStream {
    private static final int HEAD = 8;
    /** With its head two full records of TLS, and no third one for a few bytes. */
    private static final int MOST = 32 * 1024 - HEAD;

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private final OutputStream line;
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] frame = new byte[HEAD + MOST];
    private final byte[] mask = new byte[4];
    private final AtomicReference<byte @Nullable []> owed = new AtomicReference<>();
    private final Scribe scribe;
    private final RunningHash sent = new RunningHash();
    private final RunningHash received;
    private volatile boolean wordOwed;
    private boolean lastWordSaid;
    private boolean closeSaid;
    private volatile boolean ended;

    /** @param received what has come from the viewer */
    TunnelOut(OutputStream line, SecureRandom random, Scribe scribe, RunningHash received) {
        this.line = line;
        this.random = random;
        this.scribe = scribe;
        this.received = received;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        for (int at = 0; at < length; at += MOST) {
            int now = Math.min(MOST, length - at);
            lock.lock();
            try {
                sent.add(ByteBuffer.wrap(bytes, from + at, now));
                send(BINARY, bytes, from + at, now);
            } finally {
                lock.unlock();
            }
            payOwed();
        }
    }

    /** Says that we are there. A line that is busy says so by itself. */
    void ping() throws IOException {
        if (lock.tryLock()) {
            try {
                send(PING, new byte[0], 0, 0);
            } finally {
                lock.unlock();
            }
            payOwed();
        }
    }

    /** Answers a ping; the last one counts (RFC 6455 section 5.5.3). */
    void pong(byte[] content) throws IOException {
        owed.set(content);
        payOwed();
    }

    /** Has the scribe say what was carried so far; behind the frame that is being written, if the line is busy. */
    void word() throws IOException {
        wordOwed = true;
        payOwed();
    }

    private void payOwed() throws IOException {
        while ((owed.get() != null || wordOwed) && lock.tryLock()) {
            try {
                byte[] content = owed.getAndSet(null);
                if (content != null && !closeSaid) {
                    send(PONG, content, 0, content.length);
                }
                if (wordOwed && !closeSaid) {
                    sayWord(false);
                }
                wordOwed = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Says why it ends; nothing follows.
     *
     * @return whether it went out in that time
     */
    boolean sayClose(StreamCause why, Duration patience) throws InterruptedException {
        byte[] words = why.words().getBytes(StandardCharsets.US_ASCII);
        byte[] content = new byte[2 + words.length];
        content[0] = (byte) (why.code() >> 8);
        content[1] = (byte) why.code();
        System.arraycopy(words, 0, content, 2, words.length);
        if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            return last(content);
        } finally {
            lock.unlock();
        }
    }

    private void sayWord(boolean last) throws IOException {
        if (lastWordSaid) {
            return;
        }
        lastWordSaid = last;
        Optional<SignedText> word = scribe.say(last, sent.now(), received.now());
        if (word.isPresent() && !ended) {
            byte[] text = word.get().header().getBytes(StandardCharsets.US_ASCII);
            send(TEXT, text, 0, text.length);
        }
    }

    /** Answers the other side's last word with the same (section 5.5.1), if the line is free in that time. */
    void answerClose(byte[] content, Duration patience) throws InterruptedException {
        if (lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                boolean said = last(content);
                assert said || closeSaid;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean last(byte[] content) {
        if (closeSaid) {
            return false;
        }
        try {
            sayWord(true);
            send(CLOSE, content, 0, content.length);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            closeSaid = true;
        }
    }

    /** From now on writing fails. */
    void end() {
        ended = true;
    }

    /** The scribe's last word where the line broke: it is kept here only. Nothing is written any more. */
    void wordAlone() {
        lock.lock();
        try {
            sayWord(true);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written once it has ended", e);
        } finally {
            lock.unlock();
        }
    }

    private void send(int code, byte[] bytes, int from, int length) throws IOException {
        if (closeSaid || ended) {
            throw new IOException("the stream is over");
        }
        int at = 0;
        frame[at++] = (byte) code;
        if (length < 126) {
            frame[at++] = (byte) (0x80 | length);
        } else {
            frame[at++] = (byte) (0x80 | 126);
            frame[at++] = (byte) (length >> 8);
            frame[at++] = (byte) length;
        }
        random.nextBytes(mask);
        System.arraycopy(mask, 0, frame, at, mask.length);
        at += mask.length;
        for (int i = 0; i < length; i++) {
            frame[at + i] = (byte) (bytes[from + i] ^ mask[i & 3]);
        }
        line.write(frame, 0, at + length);
        line.flush();
    }
}

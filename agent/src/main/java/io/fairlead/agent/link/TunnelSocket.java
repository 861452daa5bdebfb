package io.fairlead.agent.link;

import io.fairlead.statements.RunningHash;
import io.fairlead.statements.StreamCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One stream at a relay: bytes in and out as binary frames (RFC 6455). One thread reads, one writes, any closes. A ping goes
 * out every 20 s; 45 s in which nothing comes are the end. Each minute and at the end the {@link Scribe} says what was
 * carried. What the relay sends against the protocol ends the stream with {@link StreamCause#PROTOCOL}. About 100 KiB and
 * one thread that sleeps.
 */
public final class TunnelSocket implements AutoCloseable {
    static final Duration PING = Duration.ofSeconds(20);
    static final Duration SILENCE = Duration.ofSeconds(45);
    /** How long the other side may take to say good-bye too. */
    static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** So many pings are a minute. */
    private static final int PINGS_A_WORD = 3;

    private final Socket way;
    private final TunnelFrames frames;
    private final TunnelOut out;
    private final RunningHash received = new RunningHash();
    private final AtomicReference<StreamCause> cause = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final InputStream in = new In();
    private final OutputStream held = new Out();
    private volatile Pace inPace = Pace.NONE;
    private volatile Pace outPace = Pace.NONE;
    private volatile LongSupplier nanos = System::nanoTime;
    private volatile long passed = System.nanoTime();

    /** @param way under the TLS: closing it wakes whoever waits, where TLS would wait for its own last words */
    TunnelSocket(
            Socket way, Socket tls, InputStream in, SecureRandom random, Duration ping, Duration silence, Scribe scribe)
            throws IOException {
        this.way = way;
        way.setSoTimeout(Math.toIntExact(silence.toMillis()));
        tls.setSoTimeout(Math.toIntExact(silence.toMillis()));
        this.out = new TunnelOut(tls.getOutputStream(), random, scribe, received);
        this.frames = new TunnelFrames(in, out);
        Thread pings = new Thread(() -> ping(ping), "tunnel-ping");
        pings.setDaemon(true);
        pings.start();
    }

    /** Before the first byte: at which pace each direction goes, and by which clock it is noticed that something passes. */
    void hold(Pace toUs, Pace toViewer, LongSupplier clock) {
        inPace = toUs;
        outPace = toViewer;
        nanos = clock;
        passed = clock.getAsLong();
    }

    /** Nanoseconds since a byte passed, in either direction; or since it was opened. */
    public long quietNanos() {
        return nanos.getAsLong() - passed;
    }

    /** What the viewer sends; ends when the stream is over, however it ended: {@link #cause} says. */
    public InputStream in() {
        return in;
    }

    /** To the viewer; each write is a frame, or several. Blocks while the relay takes nothing. */
    public OutputStream out() {
        return held;
    }

    /** Why it is over; empty while it is not. */
    public Optional<StreamCause> cause() {
        return Optional.ofNullable(cause.get());
    }

    /** Ends it, and says why; from any thread. From now on nothing is read or written. Takes two seconds at most. */
    public void close(StreamCause why) {
        if (!cause.compareAndSet(null, why)) {
            return;
        }
        try {
            if (out.sayClose(why, LAST_WORDS)) {
                boolean answered = over.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
                assert answered || over.getCount() > 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Ends it as it should end. */
    @Override
    public void close() {
        close(StreamCause.LEFT);
    }

    private void end() {
        over.countDown();
        out.end();
        try {
            way.close();
        } catch (IOException e) {
            // It is closed as well as it can be.
        }
        out.wordAlone();
    }

    private void ping(Duration every) {
        try {
            for (int pings = 1; !over.await(every.toMillis(), TimeUnit.MILLISECONDS); pings++) {
                out.ping();
                if (pings % PINGS_A_WORD == 0) {
                    out.word();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            lost(StreamCause.OTHER_SIDE_GONE);
        }
    }

    /** Nobody reads for an answer: this is who reads. */
    private void broken() {
        try {
            if (cause.compareAndSet(null, StreamCause.PROTOCOL)) {
                boolean said = out.sayClose(StreamCause.PROTOCOL, LAST_WORDS);
                assert said || over.getCount() >= 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void lost(StreamCause why) {
        boolean first = cause.compareAndSet(null, why);
        assert first || cause.get() != null;
        end();
    }

    /** What comes, without its frames. */
    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, into.length);
            if (length == 0) {
                return 0;
            }
            int most = Math.min(length, inPace.slice());
            try {
                int read = frames.read(into, from, most);
                while (read >= 0 && !counted(into, from, read)) {
                    read = frames.read(into, from, most);
                }
                if (read < 0) {
                    lost(frames.closed().orElse(StreamCause.OTHER_SIDE_GONE));
                } else {
                    passed = nanos.getAsLong();
                    inPace.pass(read);
                }
                return read;
            } catch (TunnelFrames.Broken e) {
                broken();
            } catch (IOException e) {
                // Silence too long is one of these.
                lost(StreamCause.OTHER_SIDE_GONE);
            }
            return -1;
        }

        /** Not once we have said good-bye: what still comes then is for nobody, and our last word does not count it. */
        private boolean counted(byte[] bytes, int from, int length) {
            synchronized (received) {
                if (cause.get() != null) {
                    return false;
                }
                received.add(ByteBuffer.wrap(bytes, from, length));
                return true;
            }
        }
    }

    /** What goes to the viewer, at its pace. */
    private final class Out extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, bytes.length);
            int slice = outPace.slice();
            for (int at = 0; at < length; at += slice) {
                int now = Math.min(slice, length - at);
                outPace.pass(now);
                out.write(bytes, from + at, now);
                passed = nanos.getAsLong();
                if (slice >= length - at) {
                    return;
                }
            }
        }
    }
}

package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.RunningHash;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import io.fairlead.statements.Transcript;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A recorder on a real folder, whose time the test holds, and an agent that keeps its transcript. */
final class RecordingRig {
    static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    static final String SESSION = "5e".repeat(16);
    static final String STREAM = "57".repeat(16);
    static final RecordingId ID = new RecordingId("0123456789abcdef0123456789abcdef");

    final Vertx vertx = Vertx.vertx();
    final Blocking blocking = new Blocking(vertx).ofThreads("recordings", 1);
    final AtomicLong nanos = new AtomicLong(1);
    final ConcurrentLinkedQueue<Runnable> timers = new ConcurrentLinkedQueue<>();
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final DataFolder data;
    final Path folder;
    final RecordingKeys keys;
    final Recordings recordings;
    final KeyPair device = pair();

    private RunningHash sent = new RunningHash();
    private RunningHash received = new RunningHash();
    private int number;

    RecordingRig(Path temporary) throws GeneralSecurityException {
        this.data = new DataFolder(temporary);
        this.folder = data.recordings();
        this.keys = RecordingKeys.open(data, false);
        this.recordings = new Recordings(folder, keys);
    }

    static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        return pairs.generateKeyPair();
    }

    Recorder recorder(long floor) {
        Timers held = (delay, call) -> {
            timers.add(call);
            return () -> {
                boolean gone = timers.remove(call);
                assert gone || !timers.contains(call);
            };
        };
        Clock clock = Clock.fixed(START, ZoneOffset.UTC);
        return new Recorder(folder, keys, floor, blocking, held, clock, nanos::get, new SecureRandom());
    }

    Recording start(Ticket.Kind kind) throws Exception {
        sent = new RunningHash();
        received = new RunningHash();
        number = 0;
        return await(recorder(1 << 20).start(ID, head(kind), listener()));
    }

    static Head head(Ticket.Kind kind) {
        return new Head(SESSION, STREAM, "LAB-7", kind, "desktop", "Grüber, Ann <ann>", 90);
    }

    Recording.Listener listener() {
        return new Recording.Listener() {
            @Override
            public void drained() {
                heard.add("drained");
            }

            @Override
            public void failed(Throwable why) {
                heard.add("failed: " + why.getMessage());
            }
        };
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    String hear() throws InterruptedException {
        String said = heard.poll(60, TimeUnit.SECONDS);
        return said == null ? "nothing" : said;
    }

    /** Until nothing waits for the disk: its one worker comes to what is asked of it last. */
    void settle() throws Exception {
        String last = await(blocking.call(() -> "last"));
        assert last.equals("last");
    }

    /** Time goes on; what a timer waits for happens. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    /** What the agent sends, and the relay records. */
    Recording.Taken show(Recording recording, byte[] bytes) {
        sent.add(ByteBuffer.wrap(bytes));
        return recording.append(Direction.TO_VIEWER, Buffer.buffer(bytes));
    }

    Recording.Taken type(Recording recording, byte[] bytes) {
        received.add(ByteBuffer.wrap(bytes));
        return recording.append(Direction.TO_AGENT, Buffer.buffer(bytes));
    }

    SignedText sign(boolean last) throws GeneralSecurityException {
        number++;
        byte[] statement = new Transcript(
                        "LAB-7",
                        SESSION,
                        STREAM,
                        "desktop",
                        Ticket.Kind.RFB,
                        number,
                        last,
                        nanos.get() / 1_000_000,
                        sent.now(),
                        received.now())
                .statement();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(device.getPrivate());
        signature.update(statement);
        return new SignedText(statement, signature.sign());
    }

    Vouchers vouchers(SignedText... kept) {
        return new Vouchers(SESSION, STREAM, "LAB-7", List.of(device.getPublic()), List.of(kept), Optional.empty());
    }

    Path file(String suffix) {
        return folder.resolve(ID.value() + suffix);
    }

    void close() throws Exception {
        Void closed = await(vertx.close());
        assert closed == null;
    }
}

package io.fairlead.agent.remote;

import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Scribe;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TunnelSocket;
import io.fairlead.agent.rfb.Ended;
import io.fairlead.agent.rfb.Line;
import io.fairlead.agent.rfb.RfbFilter;
import io.fairlead.agent.rfb.Scope;
import io.fairlead.agent.rfb.Side;
import io.fairlead.agent.rfb.Terms;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service of this PC at one relay, until either side leaves or {@link #end} is called. A desktop goes through the
 * filter, always. Two to four threads.
 */
final class Stream {
    private static final long REST_MILLIS = 50;
    /** A viewer may come a minute after this side. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);

    private final Wish wish;
    private final Desk desk;
    private @Nullable StreamCause cause;
    private @Nullable TunnelSocket tunnel;
    private @Nullable ServiceEnd local;
    private @Nullable RfbFilter filter;

    /**
     * What the order asked for, once it was found to be granted.
     *
     * @param viewer whose it is, as the enterprise says
     * @param watcher whether he is another than who asked for the session
     * @param clipboard whether text may be copied, should it be a desktop that is controlled
     */
    record Wish(
            String session,
            String id,
            String viewer,
            boolean watcher,
            SessionService use,
            Service service,
            boolean clipboard,
            List<ServerAddress> relays,
            String ticket,
            Identity shown,
            SignedText receipt) {}

    Stream(Wish wish, Desk desk) {
        this.wish = wish;
        this.desk = desk;
    }

    String id() {
        return wish.id();
    }

    SessionService use() {
        return wish.use();
    }

    /** Who looks on, when it is another than who asked for the session. */
    Optional<String> watcher() {
        return wish.watcher() ? Optional.of(wish.viewer()) : Optional.empty();
    }

    /** Blocks until it is over; returns whether the relay said that this device is barred: then nothing else will say so. */
    boolean run() {
        boolean barred = false;
        try (TunnelSocket opened =
                desk.relays().open(wish.shown(), wish.relays(), wish.ticket(), wish.receipt(), scribe())) {
            if (!held(opened, null)) {
                return false;
            }
            try (ServiceEnd end = service()) {
                if (held(opened, end)) {
                    audit(LocalAuditCode.STREAM_OPENED, "service", wish.use());
                    pass(opened, end);
                }
            } catch (IOException e) {
                LOG.warn("stream={} service={} cause=\"{}\"", id(), wish.use(), e.toString());
                opened.close(StreamCause.SERVICE_UNREACHABLE);
            }
            StreamCause how = opened.cause().orElse(StreamCause.LEFT);
            barred = how == StreamCause.DEVICE_BARRED;
            audit(LocalAuditCode.STREAM_ENDED, "cause", how.words());
        } catch (IOException e) {
            LOG.warn("stream={} relay=unreachable cause=\"{}\"", id(), e.getMessage());
            audit(LocalAuditCode.STREAM_REFUSED, "why", "no relay lets it in: " + e.getMessage());
        }
        return barred;
    }

    private Scribe scribe() {
        return new StreamScribe(desk.transcripts(), wish.shown(), wish.session(), wish.id(), wish.use(), desk.nanos());
    }

    private ServiceEnd service() throws IOException {
        return wish.service().kind() == Service.Kind.TERMINAL
                ? TerminalEnd.open(wish.service(), Sessions.mark(wish.shown()) + id(), desk)
                : ServiceEnd.Dialled.to(wish.service());
    }

    /** Keeps what is to be closed at the end; false when that has come already. */
    private boolean held(TunnelSocket opened, @Nullable ServiceEnd end) {
        @Nullable StreamCause already;
        synchronized (this) {
            tunnel = opened;
            local = end;
            already = cause;
        }
        if (already != null) {
            opened.close(already);
        }
        return already == null;
    }

    private void pass(TunnelSocket opened, ServiceEnd end) throws IOException {
        if (wish.service().kind() == Service.Kind.RFB) {
            desktop(opened, end);
        } else {
            plain(opened, end);
        }
    }

    private void desktop(TunnelSocket opened, ServiceEnd end) throws IOException {
        boolean controls = wish.use().mode() == SessionService.Mode.CONTROL && !wish.watcher();
        Scope scope = controls ? Scope.CONTROL : Scope.VIEW;
        RfbFilter made = new RfbFilter(
                new Line(end.in(), end.out(), end),
                new Line(opened.in(), opened.out(), () -> opened.close(ended())),
                new Terms(scope, wish.clipboard(), PATIENCE),
                () -> !desk.asking().shown(),
                this::password,
                desk.nanos());
        synchronized (this) {
            filter = made;
        }
        Ended how = made.run();
        LOG.info("stream={} desktop={}", id(), how.word());
    }

    private byte[] password() {
        try {
            return desk.site().secret(wish.service());
        } catch (IOException e) {
            LOG.warn("service={} password=none cause=\"{}\"", wish.service().name(), e.getMessage());
            return new byte[0];
        }
    }

    /** What the filter's end means to the viewer. */
    private StreamCause ended() {
        @Nullable RfbFilter running;
        synchronized (this) {
            if (cause != null) {
                return cause;
            }
            running = filter;
        }
        Optional<Ended> how = running == null ? Optional.empty() : running.ended();
        if (how.isEmpty() || how.get() instanceof Ended.Left) {
            return StreamCause.LEFT;
        }
        if (how.get() instanceof Ended.Late late && late.side() == Side.VIEWER) {
            return StreamCause.NOBODY_CAME;
        }
        return how.get() instanceof Ended.Broke
                ? StreamCause.PROTOCOL
                : how.get() instanceof Ended.Stopped ? StreamCause.INTERNAL : StreamCause.SERVICE_UNREACHABLE;
    }

    private void plain(TunnelSocket opened, ServiceEnd end) throws IOException {
        Thread up = new Thread(() -> copied(opened, end), "stream-up");
        up.setDaemon(true);
        up.start();
        try {
            byte[] piece = new byte[64 * 1024];
            InputStream from = end.in();
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                opened.out().write(piece, 0, read);
            }
        } catch (IOException e) {
            LOG.debug("stream={} down=ended cause=\"{}\"", id(), e.toString());
        } finally {
            opened.close(ended());
        }
    }

    private void copied(TunnelSocket opened, ServiceEnd end) {
        try (end) {
            byte[] piece = new byte[64 * 1024];
            long bytes = 0;
            for (int read = opened.in().read(piece);
                    read >= 0;
                    read = opened.in().read(piece)) {
                if (wish.use().mode() == SessionService.Mode.USE) {
                    rest();
                }
                if (isEnded()) {
                    break;
                }
                end.out().write(piece, 0, read);
                bytes += read;
            }
            LOG.debug("stream={} up=ended bytes={}", id(), bytes);
        } catch (IOException e) {
            LOG.debug("stream={} up=ended cause=\"{}\"", id(), e.toString());
            opened.close(ended());
        }
    }

    /** Since somebody did something: a viewer's keys, pointer and clipboard in a desktop, any byte elsewhere. */
    synchronized long quietNanos() {
        return filter != null ? filter.idle().toNanos() : tunnel != null ? tunnel.quietNanos() : 0;
    }

    /**
     * Bytes that are as they are cannot be dropped: they are held back while a question is shown, for they may be clicks and
     * keys of a desktop. What is typed into a terminal is dropped where it is typed.
     */
    private void rest() throws InterruptedIOException {
        try {
            while (desk.asking().shown() && !isEnded()) {
                Thread.sleep(REST_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stream ends");
        }
    }

    private synchronized boolean isEnded() {
        return cause != null;
    }

    /** A question is shown: what the viewer holds down is released. On a thread of its own, for a server may not read. */
    void letGo() {
        @Nullable RfbFilter running;
        synchronized (this) {
            running = filter;
        }
        if (running != null) {
            Thread thread = new Thread(running::letGo, "stream-let-go");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Ends it, and says why to the relay; from any thread, and waits for nothing. */
    void end(StreamCause why) {
        @Nullable TunnelSocket opened;
        @Nullable ServiceEnd end;
        synchronized (this) {
            if (cause != null) {
                return;
            }
            cause = why;
            opened = tunnel;
            end = local;
        }
        Thread thread = new Thread(() -> shut(opened, end, why), "stream-end");
        thread.setDaemon(true);
        thread.start();
    }

    private static void shut(@Nullable TunnelSocket opened, @Nullable ServiceEnd end, StreamCause why) {
        try {
            if (end != null) {
                end.close();
            }
        } catch (IOException e) {
            LOG.debug("service=not-closed cause=\"{}\"", e.toString());
        } finally {
            if (opened != null) {
                opened.close(why);
            }
        }
    }

    private void audit(LocalAuditCode code, String key, Object value) {
        desk.audit()
                .record(
                        code,
                        "session",
                        wish.session(),
                        "stream",
                        wish.id(),
                        wish.watcher() ? "watcher" : "by",
                        wish.viewer(),
                        key,
                        value);
    }
}

package io.fairlead.agent.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.consent.Approvals;
import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.consent.Verdict;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.Relays;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.link.TlsServer;
import io.fairlead.agent.link.TunnelLink;
import io.fairlead.agent.link.TunnelPeer;
import io.fairlead.contract.agent.EndSession;
import io.fairlead.contract.agent.OpenSession;
import io.fairlead.contract.agent.OpenStream;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Session;
import io.fairlead.contract.agent.SessionResponse;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sessions at an enterprise that is a relay too, with one service that answers in capitals. */
final class SessionsRig implements SessionSite, AutoCloseable {
    static final String POLICY = "ab".repeat(32);
    private static final TestAuthority OURS = new TestAuthority("ours");

    final SteppedTime time = new SteppedTime();
    final Asking asking;
    final Sessions sessions;
    final TlsServer relay;
    final AtomicInteger dialled = new AtomicInteger();
    volatile Identity identity;
    /** Bytes that reached the service. */
    final AtomicLong served = new AtomicLong();
    /** Where a desktop is; 0: at the service that answers in capitals. */
    volatile int desktopPort;

    volatile boolean asks = true;
    volatile boolean clipboard = true;
    volatile Optional<String> refusal = Optional.empty();
    volatile boolean watchers = true;
    volatile Duration idle = Duration.ofHours(8);
    int minutes = 30;

    private final SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));
    private final BlockingQueue<Session> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<TunnelPeer> peers = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ServerSocket service = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Path audit;

    SessionsRig(Path folder) throws IOException {
        audit = folder.resolve("audit.log");
        LocalAudit entries = new LocalAudit(audit, time);
        asking = Approvals.asking(time, time::nanos, folder.resolve("muted"), entries);
        relay = new TlsServer(OURS.server("localhost"), this::answer);
        ServerAddress at = relay.address("localhost");
        identity = OURS.identity(at, "device-1");
        sessions = new Sessions(
                this,
                asking,
                () -> identity,
                new Link(List.of(at), Dialer.direct(), () -> identity, codec, Instant::now),
                new Relays(
                        new TunnelLink(Dialer.direct(), Instant::now),
                        List.of(Relays.SERVERS_OWN),
                        List.of(at),
                        OptionalLong.empty(),
                        time::nanos),
                new Kept(folder.resolve("receipts"), folder.resolve("transcripts")),
                time::nanos,
                time,
                entries);
        Thread thread = new Thread(this::serve, "service");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(TlsServer.Request request, OutputStream out) throws Exception {
        if (request.path().equals("/tunnel")) {
            peers.add(TunnelPeer.accept(request, out));
            over.await();
            return;
        }
        Session word = codec.read(new ByteArrayInputStream(request.body()), Session.class);
        SessionResponse response = new SessionResponse();
        response.setId(word.getId());
        response.setServerTime(Instant.now());
        said.add(word);
        TlsServer.http(out, 200, "text/xml; charset=utf-8", codec.write(response));
    }

    private void serve() {
        while (!service.isClosed()) {
            try {
                Socket one = service.accept();
                dialled.incrementAndGet();
                Thread thread = new Thread(() -> capitals(one), "service-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void capitals(Socket one) {
        try (one) {
            InputStream in = one.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                byte[] more = new byte[1 + in.available()];
                more[0] = (byte) next;
                int read = in.read(more, 1, more.length - 1);
                assertThat(read).isEqualTo(more.length - 1);
                served.addAndGet(more.length);
                String capitals = new String(more, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
                one.getOutputStream().write(capitals.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The other side left.
        }
    }

    /** The device has a new certificate, and key. */
    void renew() {
        identity = OURS.identity(relay.address("localhost"), "device-1");
    }

    void stopService() throws IOException {
        service.close();
    }

    Handled handle(Kind kind, Order order) throws Exception {
        return sessions.handlers().get(kind).handle(order);
    }

    Order openSession(String id, String services) {
        OpenSession wanted = new OpenSession();
        wanted.setSession(id);
        wanted.setOrganisation("Acme Instruments");
        wanted.setMinutes(minutes);
        wanted.getServices().addAll(List.of(services.split(" ")));
        Order order = new Order();
        order.setBy("Emil Sommer (emil)");
        order.setReason("ticket 4711");
        order.setOpenSession(wanted);
        return order;
    }

    Order openStream(String session, String id, String use) {
        OpenStream wanted = new OpenStream();
        wanted.setSession(session);
        wanted.setStream(id);
        wanted.setService(use);
        wanted.getRelay().add(relay.address("localhost").toString());
        wanted.setTicket("dGlja2V0.c2ln");
        Order order = new Order();
        order.setBy("Emil Sommer (emil)");
        order.setOpenStream(wanted);
        return order;
    }

    Order endSession(String id, int cause) {
        EndSession wanted = new EndSession();
        wanted.setSession(id);
        wanted.setCause(cause);
        Order order = new Order();
        order.setEndSession(wanted);
        return order;
    }

    /** The next word about a session. */
    Session said() throws InterruptedException {
        Session word = said.poll(20, TimeUnit.SECONDS);
        assertThat(word).as("a word about a session").isNotNull();
        return word;
    }

    /** The word behind one that a newer one may have overtaken. */
    Session saidLast() throws InterruptedException {
        Session word = said();
        return word.getState() == SessionState.ASKED ? said() : word;
    }

    TunnelPeer peer() throws InterruptedException {
        TunnelPeer peer = peers.poll(20, TimeUnit.SECONDS);
        assertThat(peer).as("a stream").isNotNull();
        return peer;
    }

    Question question() throws InterruptedException {
        while (asking.open().isEmpty()) {
            Thread.sleep(5);
        }
        return asking.open().get(0).question();
    }

    void answer(boolean yes) throws InterruptedException {
        assertThat(question()).isNotNull();
        Approvals.answer(asking, asking.open().get(0).id(), yes);
    }

    void answer(Verdict verdict) throws InterruptedException {
        assertThat(question()).isNotNull();
        Approvals.answer(asking, asking.open().get(0).id(), verdict);
    }

    /** The next text of the service. */
    String read(TunnelPeer viewer) throws IOException {
        TunnelPeer.Frame frame = viewer.read();
        while (frame.code() != TunnelPeer.BINARY || frame.text().isEmpty()) {
            frame = viewer.read();
        }
        return frame.text();
    }

    void untilNone() throws InterruptedException {
        while (!sessions.atHand().isEmpty() || sessions.handsOn().isPresent()) {
            Thread.sleep(5);
        }
    }

    /** Long enough for a session to have looked at its clocks. */
    void looked() throws InterruptedException {
        time.untilLooked();
    }

    List<X509Certificate> roots() {
        return List.of(OURS.root.certificate());
    }

    List<X509Certificate> otherRoots() {
        return List.of(new TestAuthority("ours").root.certificate());
    }

    String audit() throws IOException {
        return Files.readString(audit);
    }

    @Override
    public Optional<String> refusal() {
        return refusal;
    }

    @Override
    public boolean asks() {
        return asks;
    }

    @Override
    public Duration idle() {
        return idle;
    }

    @Override
    public boolean watchers() {
        return watchers;
    }

    @Override
    public boolean clipboard() {
        return clipboard;
    }

    @Override
    public Optional<Service> service(String name) {
        ServerAddress at = new ServerAddress("127.0.0.1", service.getLocalPort());
        ServerAddress desktop = desktopPort == 0 ? at : new ServerAddress("127.0.0.1", desktopPort);
        return switch (name) {
            case "results" -> Optional.of(new Service(name, Service.Kind.RAW, at, Optional.empty()));
            case "desktop" -> Optional.of(new Service(name, Service.Kind.RFB, desktop, Optional.empty()));
            default -> Optional.empty();
        };
    }

    @Override
    public byte[] secret(Service of) {
        return new byte[0];
    }

    @Override
    public String sha256() {
        return POLICY;
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        sessions.close();
        asking.close();
        service.close();
        relay.close();
        // Their last words go to files of a folder that is deleted next.
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.getName().equals("stream") || each.getName().equals("session")) {
                try {
                    each.join(5_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

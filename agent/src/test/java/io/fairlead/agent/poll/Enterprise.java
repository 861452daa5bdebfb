package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.link.TlsServer;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.Report;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An enterprise on loopback that answers polls and reports as a test wants, behind real TLS. */
public final class Enterprise implements AutoCloseable {
    public static final TestAuthority AUTHORITY = new TestAuthority("test");

    public final Documents documents = new Documents(XmlReaders.ofJdk());
    public final SoapCodec codec = new SoapCodec(documents);
    public final List<Poll> polls = new CopyOnWriteArrayList<>();
    public final List<Report> reports = new CopyOnWriteArrayList<>();
    public final TlsServer server;
    /** An object of the contract, a {@link Fault}, or null to hang up. */
    public volatile Function<Poll, Object> onPoll = poll -> null;

    public volatile Function<Report, Object> onReport = report -> null;

    public Enterprise() {
        server = new TlsServer(AUTHORITY.server("localhost"), this::answer);
    }

    Link link(TrustedTime time) {
        ServerAddress address = server.address("localhost");
        return new Link(List.of(address), Dialer.direct(), AUTHORITY.identity(address, "device-1"), codec, time::now);
    }

    static LocalAudit audit(Path data) {
        return new LocalAudit(data.resolve("audit.log"), Clock.systemUTC());
    }

    static TrustedTime time(Path data) {
        return new TrustedTime(data.resolve("trusted-time"), Clock.systemUTC(), audit(data));
    }

    private void answer(TlsServer.Request request, OutputStream out) throws IOException {
        if (request.path().startsWith("/.well-known/est/")) {
            est(request, out);
            return;
        }
        Object answer;
        if (request.headers().get("soapaction").contains("Poll")) {
            Poll poll = codec.read(new ByteArrayInputStream(request.body()), Poll.class);
            polls.add(poll);
            answer = onPoll.apply(poll);
        } else if (request.body().length > 65_536) {
            answer = Fault.BODY_TOO_LARGE;
        } else {
            Report report = codec.read(new ByteArrayInputStream(request.body()), Report.class);
            reports.add(report);
            answer = onReport.apply(report);
        }
        if (answer == null) {
            request.socket().close();
        } else if (answer instanceof Fault fault) {
            TlsServer.http(out, 500, "text/xml; charset=utf-8", codec.fault(fault, "c"));
        } else {
            TlsServer.http(out, 200, "text/xml; charset=utf-8", codec.write(answer));
        }
    }

    /** What a person gives to {@code agent enrol}. */
    public String enrolmentString() {
        return "fairlead:1:" + server.address("localhost") + ":code-1:7Q2M9KZ4XJ5R8TVN:" + AUTHORITY.rootKeyHash();
    }

    private static void est(TlsServer.Request request, OutputStream out) throws IOException {
        byte[] body = Base64.getMimeDecoder().decode(request.body());
        byte[] pkcs7 = TestAuthority.pkcs7(
                request.method().equals("GET")
                        ? AUTHORITY.all()
                        : List.of(AUTHORITY.certify(body, "device-1", TestAuthority.EPOCH)));
        TlsServer.http(
                out, 200, "application/pkcs7-mime", Base64.getMimeEncoder().encode(pkcs7));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

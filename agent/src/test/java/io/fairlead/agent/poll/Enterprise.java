package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.TrustedTime;
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
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An enterprise on loopback that answers polls and reports as a test wants, behind real TLS. */
final class Enterprise implements AutoCloseable {
    private static final TestAuthority AUTHORITY = new TestAuthority("test");

    final Documents documents = new Documents(XmlReaders.ofJdk());
    final SoapCodec codec = new SoapCodec(documents);
    final List<Poll> polls = new CopyOnWriteArrayList<>();
    final List<Report> reports = new CopyOnWriteArrayList<>();
    final TlsServer server;
    /** An object of the contract, a {@link Fault}, or null to hang up. */
    volatile Function<Poll, Object> onPoll = poll -> null;

    volatile Function<Report, Object> onReport = report -> null;

    Enterprise() {
        server = new TlsServer(AUTHORITY.server("localhost"), this::answer);
    }

    Link link(TrustedTime time) {
        ServerAddress address = server.address("localhost");
        return new Link(address, Proxy.NO_PROXY, AUTHORITY.identity(address, "device-1"), codec, time::now);
    }

    static LocalAudit audit(Path data) {
        return new LocalAudit(data.resolve("audit.log"), Clock.systemUTC());
    }

    static TrustedTime time(Path data) {
        return new TrustedTime(data.resolve("trusted-time"), Clock.systemUTC(), audit(data));
    }

    private void answer(TlsServer.Request request, java.io.OutputStream out) throws IOException {
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

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package io.fairlead.agent.link;

import io.fairlead.agent.link.HttpsExchange.Answer;
import io.fairlead.agent.link.LinkException.Kind;
import io.fairlead.soap.Refusal;
import io.fairlead.soap.RemoteFault;
import io.fairlead.soap.SoapCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * SOAP calls to the enterprise, in this device's name. One TLS policy for each identity: TLS 1.2 or 1.3 with AES-256,
 * the pinned issuers of servers and nobody else, the host name checked. Nothing is sent twice and no redirect followed.
 * Blocks; may be called by several threads at once.
 */
public final class Link {
    private static final String PATH = "/agent";
    private static final String REVOKED = "certificate-revoked";

    private final Function<Identity, List<HttpsExchange>> wires;
    private final Supplier<Identity> identity;
    private final Supplier<Instant> now;
    private volatile Wired wired;
    private final AtomicInteger turn = new AtomicInteger();
    private final SoapCodec codec;

    /** In the name of one identity for good. */
    public Link(List<ServerAddress> servers, Dialer dialer, Identity identity, SoapCodec codec, Supplier<Instant> now) {
        this(servers, dialer, () -> identity, codec, now);
    }

    /** To one server only. */
    public Link(ServerAddress server, Dialer dialer, Identity identity, SoapCodec codec, Supplier<Instant> now) {
        this(List.of(server), dialer, identity, codec, now);
    }

    /**
     * @param servers of the customer's choice, or the one this device enrolled at; when one cannot be reached or is not
     *     the enterprise, the next call goes to the next
     * @param identity what this device shows and believes at the moment
     * @param now the later of the PC's clock and the last trusted server time
     */
    public Link(
            List<ServerAddress> servers,
            Dialer dialer,
            Supplier<Identity> identity,
            SoapCodec codec,
            Supplier<Instant> now) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no server");
        }
        this.wires = shown -> {
            ServerTrust trust = new ServerTrust(shown.cas(), now);
            TlsSockets sockets = TlsSockets.trusting(trust, new ClientKey(shown.key(), shown.chain()));
            return servers.stream()
                    .map(server -> new HttpsExchange(server, dialer, sockets, trust))
                    .toList();
        };
        this.identity = identity;
        this.now = now;
        this.wired = wire(identity.get());
        this.codec = codec;
    }

    /** The ways to the servers in one identity's name: connections made under another are not used. */
    private record Wired(Identity identity, List<HttpsExchange> exchanges) {}

    private Wired wire(Identity shown) {
        return new Wired(shown, wires.apply(shown));
    }

    private Wired wired() {
        Identity shown = identity.get();
        Wired now = wired;
        if (!now.identity.equals(shown)) {
            now = wire(shown);
            wired = now;
        }
        return now;
    }

    /**
     * Sends a body and waits for the answer.
     *
     * @param read how long the enterprise may be silent: for a poll the time it is held, and ten seconds
     * @throws LinkException in every other case than an answer of that type
     */
    public <T> T call(String soapAction, Object body, Class<T> answer, Duration read) throws LinkException {
        return call(soapAction, codec.write(body), answer, read);
    }

    /** As {@link #call(String, Object, Class, Duration)}, for a body that its caller had to measure. */
    public <T> T call(String soapAction, byte[] envelope, Class<T> type, Duration read) throws LinkException {
        return over(exchange -> call(exchange, soapAction, envelope, type, read));
    }

    /** One exchange with one server. */
    @FunctionalInterface
    interface Exchange<T> {
        T with(HttpsExchange server) throws LinkException;
    }

    /**
     * Exchanges with the server whose turn it is; when that one is not there, the next call goes to the next. A call that
     * was under way while the certificate was renewed, and is refused for the old one, is made again with the new one.
     */
    <T> T over(Exchange<T> exchange) throws LinkException {
        Wired mine = wired();
        try {
            return over(exchange, mine.exchanges);
        } catch (LinkException e) {
            if (!mine.identity.equals(identity.get())
                    && e.faultKey().filter(REVOKED::equals).isPresent()) {
                return over(exchange, wired().exchanges);
            }
            throw told(e, mine.identity);
        }
    }

    /**
     * Long absent, this device may be refused for its age and refuse a server whose issuers were replaced meanwhile. Only a
     * person can help then, and the certificate is what he has to know of: `agent enrol` judges afresh who answers.
     */
    private LinkException told(LinkException e, Identity shown) {
        if (refusedForItsAge(e, shown)) {
            return LinkException.expired(shown.expires());
        }
        return now.get().isAfter(shown.expires()) && UnknownIssuerException.in(e)
                ? LinkException.expired(
                        shown.expires(), e.getMessage() + "; or the enterprise has replaced its authorities since")
                : e;
    }

    /** The enterprise's TLS ends a handshake in which an expired certificate is shown, before it could say why. */
    private boolean refusedForItsAge(LinkException e, Identity shown) {
        return e.kind() == Kind.TLS_REFUSED
                && e.getCause() instanceof SSLException told
                && String.valueOf(told.getMessage()).contains("alert")
                && now.get().isAfter(shown.expires());
    }

    private <T> T over(Exchange<T> exchange, List<HttpsExchange> exchanges) throws LinkException {
        int mine = turn.get();
        try {
            return exchange.with(exchanges.get(mine));
        } catch (LinkException e) {
            if (e.kind() != Kind.FAULT && e.kind() != Kind.BAD_ANSWER) {
                boolean unused = turn.compareAndSet(mine, (mine + 1) % exchanges.size());
            }
            throw e;
        }
    }

    /** The bytes of files, over the same servers and the same trust. */
    public FileLink files() {
        return new FileLink(this);
    }

    private <T> T call(HttpsExchange exchange, String soapAction, byte[] envelope, Class<T> type, Duration read)
            throws LinkException {
        Answer answer = exchange.post(
                PATH,
                Map.of("SOAPAction", "\"" + soapAction + "\"", "Content-Type", "text/xml; charset=utf-8"),
                envelope,
                read);
        if (!answer.contentType().equals("text/xml")) {
            throw unexpected(exchange, answer, "is no SOAP");
        }
        try {
            T body = codec.read(answer.body().readAllBytes(), type);
            if (answer.status() != 200) {
                throw unexpected(exchange, answer, "does not go with its body");
            }
            return body;
        } catch (RemoteFault e) {
            throw LinkException.fault(
                    e.key(), retryAfter(e, answer), exchange.server() + " answered " + e.getMessage());
        } catch (Refusal e) {
            throw LinkException.badAnswer(
                    exchange.server() + " answered with " + e.getMessage(), answer.retryAfter(), e);
        }
    }

    private static LinkException unexpected(HttpsExchange exchange, Answer answer, String what) {
        return LinkException.badAnswer(
                exchange.server() + " answered HTTP " + answer.status() + " \""
                        + ServerTrust.printable(answer.contentType()) + "\", which " + what,
                answer.retryAfter(),
                null);
    }

    private static @Nullable Duration retryAfter(RemoteFault fault, Answer answer) {
        return fault.retryAfterSeconds() > 0 ? Duration.ofSeconds(fault.retryAfterSeconds()) : answer.retryAfter();
    }
}

package io.fairlead.enterprise.console;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Assets;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.LiveStreams;
import io.fairlead.enterprise.browser.LoggedIn;
import io.fairlead.enterprise.browser.Sessions;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.Templates;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.Session;
import io.fairlead.enterprise.login.TestLogins;
import io.fairlead.enterprise.login.Token;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pages of the log-in on real doors, rights, log-ins and PostgreSQL, behind a relay that ends TLS and keeps every
 * decrypted byte that browsers send.
 */
final class TestLogInConsole implements AutoCloseable {
    final TestLogins logins;
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final HttpServer server;
    private final Path folder;
    private final NetServer relay;
    private final String url;
    private final Buffer received = Buffer.buffer();
    private final AtomicInteger hints = new AtomicInteger();
    private final LiveStreams live;
    private final Notifications notifications;

    TestLogInConsole(TestDatabase postgres) throws IOException {
        this(postgres, Duration.ofSeconds(15));
    }

    /** @param heartbeat after which an open stream is judged anew */
    TestLogInConsole(TestDatabase postgres, Duration heartbeat) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        this.url = "https://localhost:" + port;
        Clock clock = Clock.systemUTC();
        this.logins = new TestLogins(postgres, clock, true, url);
        Sessions sessions = (token, address, byPerson) -> Token.parse(token)
                .map(read -> byPerson ? logins.sessions.find(read) : logins.sessions.look(read))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.filter(one -> one.kind() == Session.Kind.BROWSER && !one.waiting())
                        .map(one -> new LoggedIn(one.actor(), one.displayName(), one.id(), one.notAfter())));
        Timers hurried = (delay, call) -> Timers.of(vertx).after(delay.getSeconds() < 15 ? delay : heartbeat, call);
        this.live = new LiveStreams(sessions, (actor, topic) -> Future.succeededFuture(true), hurried);
        this.notifications = new Notifications(vertx, postgres.appConnection(), Timers.of(vertx));
        logins.sessions.onEnd(notifications, live::recheck);
        await(notifications.start());
        Doors doors = new Doors(
                sessions,
                new Rights(logins.database, clock)::of,
                new Templates(),
                Assets.open(),
                Optional.empty(),
                Timers.of(vertx),
                clock,
                Ids.random());
        Proxies none = Proxies.of(List.of());
        doors.add(new LogInPages(logins.logIns, logins.sessions, logins.passkeys, logins.links, none));
        doors.add(new LogInAccountPages(logins.logIns, logins.sessions, logins.passkeys, logins.confirmations, none));
        doors.add(new LogInBlockedPages(logins.lockOut));
        doors.add(live);
        doors.get(
                "/style",
                Access.PERSON,
                visit -> Future.succeededFuture(Answer.show("browser/style.jte", Form.blank())));
        doors.get(
                "/style/hints",
                Access.PERSON,
                visit -> Future.succeededFuture(
                        Answer.show("browser/style-part.jte", "hint " + hints.incrementAndGet())));
        doors.post(
                "/style/part",
                Access.PERSON,
                visit -> Future.succeededFuture(Answer.show("browser/style-part.jte", "sent")));
        doors.get(
                "/guarded",
                Access.PERSON,
                visit -> visit.actor().confirmed()
                        ? Future.succeededFuture(Answer.go("/style"))
                        : Future.failedFuture(new Refusal(Fault.PASSKEY_NEEDED, "a page for tests")));
        doors.get(
                "/new-person",
                Access.PERSON,
                visit -> Future.succeededFuture(Answer.show("console/peopleNew.jte", Form.blank())));
        doors.post(
                "/new-person",
                Access.PERSON,
                visit -> visit.form().value("name").isEmpty()
                        ? Future.succeededFuture(Answer.mend("console/peopleNew.jte", visit.form()))
                        : visit.actor().confirmed()
                                ? Future.succeededFuture(Answer.go("/style"))
                                : Future.failedFuture(new Refusal(Fault.PASSKEY_NEEDED, "a page for tests")));
        Router router = Router.router(vertx);
        doors.guard(router);
        doors.open(router);
        this.server = await(vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(router)
                .listen());
        this.folder = Files.createTempDirectory("fairlead-login-");
        DataFolder data = new DataFolder(folder);
        Authority authority = Authority.open(data, clock, new SecureRandom(), Duration.ofDays(90));
        HttpServerOptions tls =
                TlsOptions.people(new OwnCertificates(authority, data, clock).server("people", Set.of("localhost")));
        this.relay = await(vertx.createNetServer(new NetServerOptions(tls.toJson())
                        .setHost("localhost")
                        .setPort(port)
                        .setSsl(true)
                        .setKeyCertOptions(tls.getKeyCertOptions())
                        .setUseAlpn(false))
                .connectHandler(this::relay)
                .listen());
    }

    private void relay(NetSocket browser) {
        browser.pause();
        client.connect(server.actualPort(), "127.0.0.1").onSuccess(inner -> {
            browser.handler(bytes -> {
                received.appendBuffer(bytes);
                inner.write(bytes);
            });
            inner.handler(browser::write);
            browser.closeHandler(gone -> inner.close());
            inner.closeHandler(gone -> browser.close());
            browser.resume();
        });
    }

    Tab browser() {
        return Tab.at(url);
    }

    /** {@code https://localhost:PORT}. */
    String url() {
        return url;
    }

    /** All that browsers have sent, decrypted. */
    String received() {
        Future<String> text = Future.future(
                promise -> vertx.runOnContext(go -> promise.complete(received.toString(StandardCharsets.UTF_8))));
        return await(text);
    }

    /** The hints; {@code /style} shows how many it heard of LAB-7. */
    LiveStreams live() {
        return live;
    }

    String path(io.fairlead.enterprise.login.Links.Link link) {
        return link.url().substring(url.length());
    }

    @Override
    public void close() {
        live.stop();
        await(notifications.close());
        await(relay.close());
        vertx.fileSystem().deleteRecursiveBlocking(folder.toString());
        await(vertx.close());
    }
}

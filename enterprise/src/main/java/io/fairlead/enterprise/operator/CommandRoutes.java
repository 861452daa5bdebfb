package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.browser.Body;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Confirmations;
import io.fairlead.enterprise.login.LogIns;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.Session;
import io.fairlead.enterprise.login.Sessions;
import io.fairlead.enterprise.login.Token;
import io.fairlead.enterprise.login.Visitor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line from elsewhere: the same commands as the {@link CommandSocket}'s, over the people's listener, by people
 * who log in. Bodies are JSON, of at most {@link Lines#LONGEST} bytes, and come within 30 seconds.
 *
 * <pre>
 *   POST /commands/login        {"message":client-first}                    → {"exchange":…,"message":server-first}
 *   POST /commands/login/proof  {"exchange":…,"message":client-final}       → {"message":server-final,"token":…,"waiting":…}
 *   POST /commands/login/code   Authorization: Bearer TOKEN                 → {"code":…,"url":…,"notAfter":…}
 *   POST /commands/login/state  the same                                    → {"person":…,"waiting":…,"confirmed":…}
 *   POST /commands/logout       the same                                    → {}
 *   POST /commands              the same; {"command":…,"arguments":{…}}     → {"ok":{…}}
 *   anything that goes wrong                                                → {"error":{"key":…,"text":…,"detail":…,"correlation":…}}
 * </pre>
 *
 * Not for browsers: these have cookies, and a page that could read a token could give it away.
 */
public final class CommandRoutes {
    /** Where they are. */
    public static final String PATH = "/commands";

    private static final Logger LOG = LoggerFactory.getLogger(CommandRoutes.class);
    private static final Set<Fault> EXPLAINED =
            Set.of(Fault.INVALID, Fault.UNKNOWN_COMMAND, Fault.CONFLICT, Fault.BODY_TOO_LARGE, Fault.BODY_TOO_SLOW);
    private static final String BEARER = "Bearer ";
    /** For a body of {@link Lines#LONGEST} bytes, as the longest command has: so slow a line is none. */
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final LogIns logIns;
    private final Sessions sessions;
    private final Confirmations confirmations;
    private final Proxies proxies;
    private final Commands commands;
    private final Body body;
    private final Supplier<String> correlations;

    /** @param correlations a new id for each error, which names its line in the log */
    public CommandRoutes(
            LogIns logIns,
            Sessions sessions,
            Confirmations confirmations,
            Proxies proxies,
            Commands commands,
            Timers timers,
            Supplier<String> correlations) {
        this.logIns = logIns;
        this.sessions = sessions;
        this.confirmations = confirmations;
        this.proxies = proxies;
        this.commands = commands;
        this.body = new Body(timers);
        this.correlations = correlations;
    }

    /** Adds them to the people's router. */
    public void mount(Router router) {
        route(router, "/login", this::begin);
        route(router, "/login/proof", this::prove);
        route(router, "/login/code", this::code);
        route(router, "/login/state", this::state);
        route(router, "/logout", this::logOut);
        route(router, "", this::run);
    }

    @FunctionalInterface
    private interface Step {
        Future<JsonObject> answer(HttpServerRequest request, JsonObject body);
    }

    private void route(Router router, String path, Step step) {
        router.post(PATH + path).handler(context -> serve(context, step));
    }

    private void serve(RoutingContext context, Step step) {
        context.request().pause();
        answer(context.request(), step)
                .onSuccess(json -> send(context, 200, json))
                .onFailure(failure -> refuse(context, failure));
    }

    private Future<JsonObject> answer(HttpServerRequest request, Step step) {
        if (request.getHeader(HttpHeaders.ORIGIN) != null || request.getHeader("Sec-Fetch-Site") != null) {
            return Future.failedFuture(new Refusal(Fault.FORBIDDEN, "this is for the command line, not for browsers"));
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a request is application/json"));
        }
        return body.read(request, Lines.LONGEST, WITHIN).compose(bytes -> step.answer(request, object(bytes)));
    }

    private static JsonObject object(Buffer bytes) {
        try {
            return bytes.toJsonObject();
        } catch (DecodeException | ClassCastException malformed) {
            throw new Refusal(Fault.INVALID, "a request is a JSON object", malformed);
        }
    }

    private Future<JsonObject> begin(HttpServerRequest request, JsonObject body) {
        return logIns.begin(text(body, "message"), visitor(request))
                .map(begun -> new JsonObject().put("exchange", begun.exchange()).put("message", begun.message()));
    }

    private Future<JsonObject> prove(HttpServerRequest request, JsonObject body) {
        return logIns.finish(text(body, "exchange"), text(body, "message"), Session.Kind.COMMAND_LINE, visitor(request))
                .map(in -> session(in.opened().session())
                        .put("message", in.message())
                        .put("token", in.opened().token().value()));
    }

    private Future<JsonObject> code(HttpServerRequest request, JsonObject body) {
        return session(request)
                .compose(confirmations::make)
                .map(code -> new JsonObject()
                        .put("code", code.code())
                        .put("url", code.url())
                        .put("notAfter", code.notAfter().toString()));
    }

    private Future<JsonObject> state(HttpServerRequest request, JsonObject body) {
        return session(request).map(CommandRoutes::session);
    }

    private static JsonObject session(Session session) {
        return new JsonObject()
                .put("person", session.person())
                .put("waiting", session.waiting())
                .put("confirmed", session.confirmed())
                .put("notAfter", session.notAfter().toString());
    }

    private Future<JsonObject> logOut(HttpServerRequest request, JsonObject body) {
        return session(request).compose(sessions::logOut).map(new JsonObject());
    }

    private Future<JsonObject> run(HttpServerRequest request, JsonObject body) {
        return session(request)
                .compose(session -> session.waiting()
                        ? Future.failedFuture(new Refusal(Fault.PASSKEY_NEEDED, "confirm the log-in first"))
                        : commands.run(session.actor(), body).map(ok -> new JsonObject().put("ok", ok)));
    }

    private Future<Session> session(HttpServerRequest request) {
        String said = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElse("");
        Optional<Token> token =
                said.startsWith(BEARER) ? Token.parse(said.substring(BEARER.length())) : Optional.empty();
        return token.map(sessions::find)
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.filter(session -> session.kind() == Session.Kind.COMMAND_LINE)
                        .orElseThrow(() -> new Refusal(Fault.NOT_LOGGED_IN, "no such session, or over")));
    }

    private Visitor visitor(HttpServerRequest request) {
        List<String> forwarded = request.headers().getAll("X-Forwarded-For");
        return new Visitor(
                proxies.visitor(
                        request.remoteAddress().hostAddress(),
                        forwarded.isEmpty() ? null : String.join(",", forwarded)),
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse(""),
                "");
    }

    private static String text(JsonObject body, String name) {
        if (body.getValue(name) instanceof String text) {
            return text;
        }
        throw new Refusal(Fault.INVALID, name + " is missing");
    }

    /** The one place where this lane turns what went wrong into an answer, and logs it once. */
    private void refuse(RoutingContext context, Throwable failure) {
        String correlation = correlations.get();
        JsonObject error = new JsonObject();
        Fault fault;
        if (failure instanceof Refusal refusal) {
            fault = refusal.fault();
            LOG.info("command=refused correlation={} detail=\"{}\"", correlation, refusal.getMessage());
            if (EXPLAINED.contains(fault)) {
                error.put(
                        "detail",
                        String.valueOf(refusal.getMessage())
                                .substring(fault.key().length() + 2));
            }
        } else if (failure instanceof ClosedConnectionException || failure instanceof ConnectException) {
            fault = Fault.UNAVAILABLE;
            LOG.warn("command=failed correlation={} error=\"{}\"", correlation, failure.getMessage());
        } else {
            fault = Fault.INTERNAL;
            LOG.error("command=failed correlation={}", correlation, failure);
        }
        error.put("key", fault.key()).put("text", fault.text()).put("correlation", correlation);
        HttpServerResponse response = context.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        if (fault.retryAfterSeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(fault.retryAfterSeconds()));
        }
        send(context, fault.status(), new JsonObject().put("error", error));
    }

    /** Whoever has not sent all of his request yet, sends no more of it. */
    private static void send(RoutingContext context, int status, JsonObject json) {
        boolean unread = !context.request().isEnded();
        HttpServerResponse response = context.response().setStatusCode(status);
        if (unread) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(json.toBuffer())
                .onFailure(gone -> LOG.debug("command=answer-not-sent", gone))
                .onComplete(sent -> {
                    if (unread) {
                        context.request()
                                .connection()
                                .close()
                                .onFailure(gone -> LOG.debug("command=connection-not-closed", gone));
                    }
                });
    }
}

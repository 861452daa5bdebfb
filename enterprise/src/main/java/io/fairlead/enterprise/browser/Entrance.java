package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way of a request from the router to a page's handler, and of its answer back. */
final class Entrance {
    /** A page that takes longer says so, instead of leaving the person before an empty window. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    /** For a piece of a file. */
    private static final Duration PIECE_WITHIN = Duration.ofSeconds(30);

    private final Sessions sessions;
    private final Function<Actor, Future<Entitlement>> rights;
    private final Body body;
    private final Answers answers;
    private final Timers timers;
    private final Ids ids;

    Entrance(
            Sessions sessions,
            Function<Actor, Future<Entitlement>> rights,
            Body body,
            Answers answers,
            Timers timers,
            Ids ids) {
        this.sessions = sessions;
        this.rights = rights;
        this.body = body;
        this.answers = answers;
        this.timers = timers;
        this.ids = ids;
    }

    /** @param piece bytes of a piece of a file that the route takes; 0 for none, then it takes forms */
    void enter(RoutingContext context, Route route, int piece, PageHandler handler) {
        Guest guest = new Guest(context, visitor(context));
        HttpServerRequest request = context.request();
        request.pause();
        if (route.changes() && !SameSite.made(request)) {
            answers.refuse(guest, new Refusal(Fault.CROSS_SITE, "a change from another site"));
            return;
        }
        known(guest)
                .onSuccess(found -> admit(found, route, piece, handler))
                .onFailure(failure -> answers.refuse(guest, failure));
    }

    /** The guest, with what is known of him now: who he is, and what he may do. */
    private Future<Guest> known(Guest guest) {
        String token = Cookies.session(guest.request());
        if (token.isEmpty()) {
            return Future.succeededFuture(guest);
        }
        return sessions.find(token, guest.request().remoteAddress().hostAddress(), guest.byPerson())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(guest)
                        : rights.apply(found.get().actor()).map(may -> guest.as(found.get(), may)));
    }

    /** A browser that is not logged in is given a random value, for the CSRF tokens of the log-in's forms. */
    private String visitor(RoutingContext context) {
        HttpServerRequest request = context.request();
        String secret = Cookies.session(request);
        if (secret.isEmpty()) {
            secret = Cookies.visitor(request);
        }
        if (secret.isEmpty() && !SameSite.followed(request)) {
            secret = ids.next();
            Cookies.visitor(context.response(), secret);
        }
        return secret;
    }

    private void admit(Guest guest, Route route, int piece, PageHandler handler) {
        LoggedIn who = guest.who();
        Entitlement may = guest.may();
        if (may == null && !route.access().open()) {
            answers.logInFirst(guest);
        } else if (may != null && !route.access().admits().test(may)) {
            answers.refuse(guest, new Refusal(Fault.FORBIDDEN, "actor=" + may.actor() + " route=" + route.path()));
        } else {
            within(read(guest, route, piece)
                            .compose(bytes -> handler.answer(
                                    new Visit(guest.request(), guest.context().pathParams(), who, may, bytes))))
                    .onSuccess(answer -> answers.send(guest, answer))
                    .onFailure(failure -> answers.refuse(guest, failure));
        }
    }

    private Future<Buffer> read(Guest guest, Route route, int piece) {
        if (!route.changes()) {
            guest.request().resume();
            return Future.succeededFuture(Buffer.buffer());
        }
        Future<Buffer> read = piece > 0 ? body.read(guest.request(), piece, PIECE_WITHIN) : body.read(guest.request());
        return read.map(bytes -> {
            if (!Csrf.matches(guest.secret(), said(guest.request(), bytes))) {
                throw new Refusal(Fault.CROSS_SITE, "no CSRF token, or another one");
            }
            return bytes;
        });
    }

    private static String said(HttpServerRequest request, Buffer bytes) {
        @Nullable String header = request.getHeader(Csrf.HEADER);
        if (header != null) {
            return header;
        }
        @Nullable String type = request.getHeader("Content-Type");
        return type != null && type.startsWith("application/x-www-form-urlencoded")
                ? new Form(Fields.of(bytes.toString(StandardCharsets.UTF_8))).value(Csrf.FIELD)
                : "";
    }

    private Future<Answer> within(Future<Answer> answer) {
        Promise<Answer> first = Promise.promise();
        Timers.Timer late = timers.after(
                ANSWERED_WITHIN,
                () -> first.tryFail(new Refusal(Fault.UNAVAILABLE, "no answer in " + ANSWERED_WITHIN)));
        answer.onComplete(
                done -> {
                    late.cancel();
                    first.tryComplete(done);
                },
                failure -> {
                    late.cancel();
                    first.tryFail(failure);
                });
        return first.future();
    }

    /** To the page that is so many steps above, with the same question. */
    void leadUp(RoutingContext context, int steps) {
        @Nullable String query = context.request().query();
        String path = String.valueOf(context.request().path());
        for (int i = 0; i < steps; i++) {
            path = path.substring(0, path.lastIndexOf('/'));
        }
        String to = query == null ? path : path + "?" + query;
        if (LocalPath.fits(to)) {
            answers.go(new Guest(context, ""), to);
        } else {
            lost(context);
        }
    }

    /** Where there is no page. Says so to those who are logged in and to those who are not alike. */
    void lost(RoutingContext context) {
        Guest guest = new Guest(context, visitor(context));
        known(guest)
                .onSuccess(found -> answers.refuse(found, new Refusal(Fault.NOT_FOUND, "no such page")))
                .onFailure(failure -> answers.refuse(guest, failure));
    }
}

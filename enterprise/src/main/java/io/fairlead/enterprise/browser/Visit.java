package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request of a browser that may come here, with all that a page asks about it. Belongs to an event loop. */
public final class Visit {
    private final HttpServerRequest request;
    private final Map<String, String> path;
    private final @Nullable LoggedIn who;
    private final @Nullable Entitlement may;
    private final Buffer body;
    private @Nullable Form form;
    private @Nullable Form query;

    Visit(
            HttpServerRequest request,
            Map<String, String> path,
            @Nullable LoggedIn who,
            @Nullable Entitlement may,
            Buffer body) {
        this.request = request;
        this.path = path;
        this.who = who;
        this.may = may;
        this.body = body;
    }

    /** Who is logged in; throws where the route is open to anyone and nobody is. */
    public LoggedIn who() {
        LoggedIn person = who;
        if (person == null) {
            throw new IllegalStateException("nobody is logged in on this route");
        }
        return person;
    }

    /** Who does it, as features take him. */
    public Actor actor() {
        return who().actor();
    }

    /** What he may do, as of this request. */
    public Entitlement may() {
        Entitlement entitlement = may;
        if (entitlement == null) {
            throw new IllegalStateException("nobody is logged in on this route");
        }
        return entitlement;
    }

    /** Who is logged in, if anybody. */
    public Optional<LoggedIn> anybody() {
        return Optional.ofNullable(who);
    }

    /** A part of the path that varies, by the name it has in the route. */
    public String part(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no part " + name);
        }
        return value;
    }

    /** The path as it was asked for. */
    public String path() {
        @Nullable String asked = request.path();
        return asked == null ? "/" : asked;
    }

    /** The question after the path, read as a form is: search, filters, the page's number. */
    public Form query() {
        Form read = query;
        if (read == null) {
            @Nullable String asked = request.query();
            read = new Form(Fields.of(asked == null ? "" : asked));
            query = read;
        }
        return read;
    }

    /** What was typed; the same object each time, with its messages. Refuses another kind of body with INVALID. */
    public Form form() {
        Form read = form;
        if (read == null) {
            demand("application/x-www-form-urlencoded");
            read = new Form(Fields.of(body.toString()));
            form = read;
        }
        return read;
    }

    /** What a module sent. Refuses what is no JSON object with INVALID. */
    public JsonObject json() {
        demand("application/json");
        try {
            return body.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw new Refusal(Fault.INVALID, "a body that is no JSON object", e);
        }
    }

    /** What a module sent as it is: a piece of a file. Refuses another kind of body with INVALID. */
    public Buffer bytes() {
        demand("application/octet-stream");
        return body;
    }

    private void demand(String type) {
        @Nullable String said = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (said == null || !said.split(";", 2)[0].strip().equalsIgnoreCase(type)) {
            throw new Refusal(Fault.INVALID, "a body of another type than " + type);
        }
    }

    /** Whether htmx asked, which wants a part of a page and not the whole. */
    public boolean fragment() {
        return "true".equals(request.getHeader("HX-Request")) && !"true".equals(request.getHeader("HX-Boosted"));
    }

    /** The address of the browser, as the connection says. */
    public String address() {
        return request.remoteAddress().hostAddress();
    }

    /** For whom proxies say that they ask, all lines of X-Forwarded-For in order; empty without. Anybody may say anything. */
    public Optional<String> forwardedFor() {
        List<String> lines = request.headers().getAll("X-Forwarded-For");
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines));
    }

    /** The marks that {@link Answer#known} gave to this browser; empty without. */
    public String marks() {
        return Cookies.marks(request);
    }

    /** What the browser calls itself, cut to 200 characters; anybody may say anything. */
    public String browser() {
        @Nullable String agent = request.getHeader(HttpHeaders.USER_AGENT);
        return agent == null ? "" : agent.substring(0, Math.min(200, agent.length()));
    }

    /** Whether a page of ours asks, for what a page of another site could ask for as well. */
    boolean fromHere() {
        return SameSite.opened(request);
    }

    /** The token of the session's cookie; empty without one. For the log-out; never logged. */
    public String token() {
        return Cookies.session(request);
    }
}

package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what pages answer, and says what could not be done: whole pages to people, short words to htmx and modules. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String HTML = "text/html; charset=utf-8";
    /** What a module or htmx shows of a fault; ASCII. */
    private static final String MESSAGE = "X-Fairlead-Message";

    private final Templates templates;
    private final Assets assets;
    private final List<MenuItem> menu;
    private final List<FramePart> corner;
    private final Optional<String> banner;
    private final Clock clock;
    private final Ids ids;

    Answers(
            Templates templates,
            Assets assets,
            List<MenuItem> menu,
            List<FramePart> corner,
            Optional<String> banner,
            Clock clock,
            Ids ids) {
        this.templates = templates;
        this.assets = assets;
        this.menu = menu;
        this.corner = corner;
        this.banner = banner;
        this.clock = clock;
        this.ids = ids;
    }

    void send(Guest guest, Answer answer) {
        HttpServerResponse response = guest.response();
        answer.marks().ifPresent(marks -> Cookies.marks(response, marks));
        if (answer.cookie() instanceof Answer.Set set) {
            Cookies.session(response, set.token());
        } else if (answer.cookie() instanceof Answer.Dropped) {
            Cookies.drop(response);
            response.putHeader("Clear-Site-Data", "\"cache\"");
        }
        if (answer.content() instanceof Answer.Shown shown) {
            if (guest.htmx()) {
                answer.toast().ifPresent(toast -> response.putHeader("HX-Trigger", trigger(toast)));
            }
            try {
                page(guest, shown, guest.htmx() ? Optional.empty() : answer.toast());
            } catch (RuntimeException e) {
                refuse(guest, e);
            }
        } else if (answer.content() instanceof Answer.Gone gone) {
            answer.toast().ifPresent(toast -> Cookies.toast(response, toast));
            go(guest, gone.path());
        } else if (answer.content() instanceof Answer.Attachment file) {
            attach(guest, file);
        } else if (answer.content() instanceof Answer.Data data) {
            answer.toast().ifPresent(toast -> Cookies.toast(response, toast));
            response.setStatusCode(data.status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            end(response, data.json().toBuffer());
        } else if (answer.content() instanceof Answer.Streamed streamed) {
            streamed.begin().accept(guest.request());
        } else {
            answer.toast().ifPresent(toast -> response.putHeader("HX-Trigger", trigger(toast)));
            response.setStatusCode(204);
            end(response, Buffer.buffer());
        }
    }

    private void attach(Guest guest, Answer.Attachment file) {
        HttpServerResponse response = guest.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .putHeader("Content-Disposition", file.disposition())
                .putHeader("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store, private");
        if (file.length() >= 0) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(file.length()));
        } else {
            response.setChunked(true);
        }
        file.writer().write(response::write).onComplete(done -> {
            if (done.succeeded()) {
                response.end().onFailure(gone -> LOG.debug("answer=not-sent", gone));
            } else if (response.headWritten()) {
                LOG.info(
                        "file=cut path={} detail=\"{}\"",
                        guest.path(),
                        done.cause().getMessage());
                // The browser sees that the file ends too soon.
                guest.request().connection().close().onFailure(gone -> LOG.debug("answer=not-closed", gone));
            } else {
                response.headers().remove("Content-Disposition").remove(HttpHeaders.CONTENT_LENGTH);
                response.setChunked(false);
                SecurityHeaders.put(response);
                refuse(guest, done.cause());
            }
        });
    }

    // A header is ASCII.
    private static String trigger(Toast toast) {
        StringBuilder ascii = new StringBuilder();
        new JsonObject()
                .put(
                        "fairlead:toast",
                        new JsonObject()
                                .put("text", toast.text())
                                .put("kind", toast.kind().word()))
                .encode()
                .chars()
                .forEach(c -> ascii.append(c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return ascii.toString();
    }

    private void page(Guest guest, Answer.Shown shown, Optional<Toast> toast) {
        Map<String, Object> values = new HashMap<>();
        values.put("frame", frame(guest, toast));
        values.put("view", shown.view());
        Buffer html = templates.render(shown.template(), values);
        guest.response()
                .setStatusCode(shown.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, HTML)
                // The same address gives a page or a part of it.
                .putHeader(HttpHeaders.VARY, "HX-Request");
        end(guest.response(), html);
    }

    private PageFrame frame(Guest guest, Optional<Toast> toast) {
        Entitlement may = guest.may();
        List<MenuItem> seen = may == null
                ? List.of()
                : menu.stream().filter(item -> item.access().admits().test(may)).toList();
        List<FramePart> parts = may == null
                ? List.of()
                : corner.stream()
                        .filter(part -> part.access().admits().test(may))
                        .toList();
        Optional<Toast> waiting =
                toast.isPresent() || guest.htmx() ? toast : Cookies.toast(guest.request(), guest.response());
        return new PageFrame(
                guest.who(),
                may,
                Csrf.of(guest.secret()),
                guest.path(),
                seen,
                parts,
                banner,
                waiting,
                assets,
                clock.instant());
    }

    /** On to another page of ours. */
    void go(Guest guest, String path) {
        HttpServerResponse response = guest.response();
        if (guest.htmx()) {
            response.putHeader("HX-Redirect", path);
        } else {
            response.setStatusCode(303).putHeader(HttpHeaders.LOCATION, path);
        }
        end(response, Buffer.buffer());
    }

    /** To the log-in and back; a link from elsewhere first comes again by itself, for then it brings its cookie. */
    void logInFirst(Guest guest) {
        if (guest.stream()) {
            guest.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
            end(guest.response(), Buffer.buffer(LiveStream.OVER));
            return;
        }
        if (guest.module()) {
            refuse(guest, new Refusal(Fault.NOT_LOGGED_IN, "a module asks"));
            return;
        }
        if (SameSite.followed(guest.request())
                && Cookies.session(guest.request()).isEmpty()) {
            page(guest, new Answer.Shown("browser/again.jte", guest.path(), 200), Optional.empty());
            return;
        }
        String here = here(guest);
        // Who comes with a session that is over is told so.
        List<String> said = Stream.of(
                        here.length() < 2 ? "" : "to=" + URLEncoder.encode(here, StandardCharsets.UTF_8),
                        Cookies.session(guest.request()).isEmpty() ? "" : "ended=yes")
                .filter(each -> !each.isEmpty())
                .toList();
        go(guest, said.isEmpty() ? "/login" : "/login?" + String.join("&", said));
    }

    /** To the page that asks for the passkey, and back to where the person is. */
    private void confirmFirst(Guest guest) {
        go(guest, "/login/passkey?to=" + URLEncoder.encode(here(guest), StandardCharsets.UTF_8));
    }

    /** The page that the person is on. */
    private static String here(Guest guest) {
        @Nullable String query = guest.request().query();
        return guest.request().method().name().equals("GET") && !guest.htmx()
                ? guest.path() + (query == null ? "" : "?" + query)
                : LocalPath.ofUrl(guest.request().getHeader(guest.htmx() ? "HX-Current-URL" : "Referer"), "/");
    }

    /** Says that it could not be done, once in the log, and to the person with the reference that finds the line. */
    void refuse(Guest guest, Throwable failure) {
        Fault fault = failure instanceof Refusal refusal ? refusal.fault() : Fault.INTERNAL;
        String correlation = ids.next().substring(0, 12);
        if (fault.blame() == Fault.Blame.SERVER) {
            LOG.error("page=failed path={} correlation={} fault={}", guest.path(), correlation, fault.key(), failure);
        } else {
            LOG.info(
                    "page=refused path={} correlation={} detail=\"{}\"",
                    guest.path(),
                    correlation,
                    failure.getMessage());
        }
        HttpServerResponse response = guest.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        if (fault == Fault.PASSKEY_NEEDED && guest.who() != null && !guest.module()) {
            confirmFirst(guest);
            return;
        }
        Trouble trouble = Trouble.of(fault, correlation);
        if (fault == Fault.BODY_TOO_LARGE || fault == Fault.BODY_TOO_SLOW) {
            // The rest of the body is not read.
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        response.putHeader(MESSAGE, trouble.text() + " (" + correlation + ")");
        if (guest.htmx()) {
            response.setStatusCode(trouble.status()).putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
            end(response, Buffer.buffer(trouble.text()));
            return;
        }
        try {
            page(guest, new Answer.Shown("browser/trouble.jte", trouble, trouble.status()), Optional.empty());
        } catch (RuntimeException e) {
            LOG.error("page=trouble-failed correlation={}", correlation, e);
            end(response.setStatusCode(500), Buffer.buffer(trouble.text()));
        }
    }

    private static void end(HttpServerResponse response, Buffer body) {
        response.end(body).onFailure(gone -> LOG.debug("answer=not-sent", gone));
    }
}

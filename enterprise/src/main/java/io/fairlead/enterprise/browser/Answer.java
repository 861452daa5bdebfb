package io.fairlead.enterprise.browser;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a page answers.
 *
 * @param content what is sent
 * @param cookie what becomes of the session's cookie
 * @param toast a message that goes along, also over a redirection
 * @param marks by which this browser is known to those who have logged in from it
 */
public record Answer(Content content, SessionCookie cookie, Optional<Toast> toast, Optional<String> marks) {
    /** The kinds of content. */
    public sealed interface Content permits Shown, Gone, Data, Attachment, Nothing, Streamed {}

    /**
     * A template, given {@code frame} (a {@link PageFrame}) and {@code view}.
     *
     * @param status 200, 422 for a form that must be mended, or another of HTTP
     */
    public record Shown(String template, Object view, int status) implements Content {}

    /** Another page of ours; htmx goes there as well, instead of putting it into the fragment's place. */
    public record Gone(String path) implements Content {}

    /** JSON, for a module. */
    public record Data(JsonObject json, int status) implements Content {}

    /**
     * A file to keep, never to be shown: what a device made must not run here.
     *
     * @param disposition the value of Content-Disposition (RFC 6266), such as {@code attachment; filename="x.zip"}
     * @param length in bytes; -1 when it is not known
     */
    public record Attachment(String disposition, String mediaType, long length, Writer writer) implements Content {}

    /** Writes a file piece by piece. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes all of it.
         *
         * @param sink takes a piece; the next one may come when its future succeeds, and none when it fails
         */
        Future<Void> write(Function<Buffer, Future<Void>> sink);
    }

    /** Nothing to show: htmx leaves the page as it is. */
    public record Nothing() implements Content {}

    /** A response that goes on; whoever gives it writes the head, and ends it. */
    record Streamed(Consumer<HttpServerRequest> begin) implements Content {}

    /** What becomes of the session's cookie. */
    public sealed interface SessionCookie permits Kept, Set, Dropped {}

    /** It stays as it is. */
    public record Kept() implements SessionCookie {}

    /** It becomes this token. */
    public record Set(String token) implements SessionCookie {}

    /** It is taken away. */
    public record Dropped() implements SessionCookie {}

    /** A page or a fragment. */
    public static Answer show(String template, Object view) {
        return of(new Shown(template, view, 200));
    }

    /** A form again, with messages beside its fields and everything that was typed. */
    public static Answer mend(String template, Object view) {
        return of(new Shown(template, view, 422));
    }

    /** On to another page of ours: after a change, so that "back" and "reload" repeat nothing. */
    public static Answer go(String path) {
        if (!LocalPath.fits(path)) {
            throw new IllegalArgumentException("not a path of ours");
        }
        return of(new Gone(path));
    }

    /** JSON for a module. */
    public static Answer data(JsonObject json) {
        return of(new Data(json, 200));
    }

    /** JSON with another status than 200, for a module that must tell one from the other. */
    public static Answer data(JsonObject json, int status) {
        return of(new Data(json, status));
    }

    /** A file to keep, as fast as the browser takes it. What fails before its first piece is a page that says so. */
    public static Answer file(String disposition, String mediaType, long length, Writer writer) {
        return of(new Attachment(disposition, mediaType, length, writer));
    }

    /** 204. */
    public static Answer nothing() {
        return of(new Nothing());
    }

    static Answer streamed(Consumer<HttpServerRequest> begin) {
        return of(new Streamed(begin));
    }

    private static Answer of(Content content) {
        return new Answer(content, new Kept(), Optional.empty(), Optional.empty());
    }

    /** And the browser is logged in from now on, by a token that nobody can guess. */
    public Answer loggedIn(String token) {
        return new Answer(content, new Set(token), toast, marks);
    }

    /** And the browser is logged out. */
    public Answer loggedOut() {
        return new Answer(content, new Dropped(), toast, marks);
    }

    /** And the browser keeps these marks, by which the log-in knows it again. */
    public Answer known(String newMarks) {
        return new Answer(content, cookie, toast, Optional.of(newMarks));
    }

    /** And a short message. */
    public Answer saying(Toast message) {
        return new Answer(content, cookie, Optional.of(message), marks);
    }
}

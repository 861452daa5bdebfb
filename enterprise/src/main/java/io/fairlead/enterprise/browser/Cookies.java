package io.fairlead.enterprise.browser;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The cookies, all {@code __Host-}: only this host may set them, only over TLS, for every path. Scripts see none of them.
 */
final class Cookies {
    /** The token of the session, which means something only to {@link Sessions}. */
    private static final String SESSION = "__Host-fairlead";
    /** A random value of a browser that is not logged in, so that the forms of the log-in have a CSRF token as well. */
    private static final String VISITOR = "__Host-fairlead-visitor";
    /** A message that waits for the next page. */
    private static final String TOAST = "__Host-fairlead-toast";

    /** By which the log-in knows a browser again; opens nothing. */
    private static final String MARKS = "__Host-fairlead-known";

    private static final int LONGEST_MARKS = 1_024;
    private static final int MARKS_SECONDS = 365 * 86_400;
    private static final int LONGEST = 256;
    private static final int LONGEST_TOAST = 400;

    private Cookies() {}

    static String session(HttpServerRequest request) {
        return value(request, SESSION);
    }

    static String visitor(HttpServerRequest request) {
        return value(request, VISITOR);
    }

    private static String value(HttpServerRequest request, String name) {
        Cookie cookie = request.getCookie(name);
        return cookie == null || cookie.getValue().length() > LONGEST ? "" : cookie.getValue();
    }

    static String marks(HttpServerRequest request) {
        Cookie cookie = request.getCookie(MARKS);
        return cookie == null || cookie.getValue().length() > LONGEST_MARKS ? "" : cookie.getValue();
    }

    static void marks(HttpServerResponse response, String marks) {
        response.addCookie(closed(Cookie.cookie(MARKS, marks)).setMaxAge(MARKS_SECONDS));
    }

    static void session(HttpServerResponse response, String token) {
        response.addCookie(closed(Cookie.cookie(SESSION, token)));
    }

    static void visitor(HttpServerResponse response, String random) {
        response.addCookie(closed(Cookie.cookie(VISITOR, random)));
    }

    static void drop(HttpServerResponse response) {
        response.addCookie(closed(Cookie.cookie(SESSION, "")).setMaxAge(0));
    }

    static void toast(HttpServerResponse response, Toast toast) {
        String text = toast.text().length() > LONGEST_TOAST ? toast.text().substring(0, LONGEST_TOAST) : toast.text();
        String value = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((toast.kind().word() + " " + text).getBytes(StandardCharsets.UTF_8));
        response.addCookie(closed(Cookie.cookie(TOAST, value)).setMaxAge(60));
    }

    /** The message that waits, which is then taken away. */
    static Optional<Toast> toast(HttpServerRequest request, HttpServerResponse response) {
        Cookie cookie = request.getCookie(TOAST);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        response.addCookie(closed(Cookie.cookie(TOAST, "")).setMaxAge(0));
        try {
            String text = new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
            return text.startsWith("fault ")
                    ? Optional.of(Toast.fault(text.substring(6)))
                    : Optional.of(Toast.done(text.substring(text.indexOf(' ') + 1)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Cookie closed(Cookie cookie) {
        return cookie.setPath("/").setSecure(true).setHttpOnly(true).setSameSite(CookieSameSite.STRICT);
    }
}

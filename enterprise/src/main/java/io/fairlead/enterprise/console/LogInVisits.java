package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.LocalPath;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.login.PasswordKeys;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.Session;
import io.fairlead.enterprise.login.Sessions;
import io.fairlead.enterprise.login.Token;
import io.fairlead.enterprise.login.Visitor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/** What the pages of the log-in ask of a visit. */
final class LogInVisits {
    private static final int LONGEST_TEXT = 8_192;

    private final Sessions sessions;
    private final Proxies proxies;

    LogInVisits(Sessions sessions, Proxies proxies) {
        this.sessions = sessions;
        this.proxies = proxies;
    }

    Visitor visitor(Visit visit) {
        return new Visitor(
                proxies.visitor(visit.address(), visit.forwardedFor().orElse(null)), visit.browser(), visit.marks());
    }

    /** The session of the browser, also one that still waits for its passkey; fails with Refusal(NOT_LOGGED_IN). */
    Future<Session> session(Visit visit) {
        return found(visit)
                .map(found -> found.orElseThrow(() -> new Refusal(Fault.NOT_LOGGED_IN, "no session, or over")));
    }

    Future<Optional<Session>> found(Visit visit) {
        return Token.parse(visit.token())
                .map(sessions::find)
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.filter(one -> one.kind() == Session.Kind.BROWSER));
    }

    static String text(JsonObject json, String name) {
        if (json.getValue(name) instanceof String text && text.length() <= LONGEST_TEXT) {
            return text;
        }
        throw new Refusal(Fault.INVALID, name + " is missing");
    }

    static JsonObject object(JsonObject json, String name) {
        if (json.getValue(name) instanceof JsonObject object) {
            return object;
        }
        throw new Refusal(Fault.INVALID, name + " is missing");
    }

    /** The keys of a new password, which the browser computed. */
    static PasswordKeys keys(JsonObject json) {
        JsonObject keys = object(json, "keys");
        if (keys.getValue("iterations") instanceof Integer iterations) {
            try {
                return new PasswordKeys(
                        bytes(keys, "salt"), iterations, bytes(keys, "storedKey"), bytes(keys, "serverKey"));
            } catch (IllegalArgumentException noBase64) {
                throw new Refusal(Fault.INVALID, "keys are base64", noBase64);
            }
        }
        throw new Refusal(Fault.INVALID, "iterations are missing");
    }

    private static byte[] bytes(JsonObject json, String name) {
        return Base64.getDecoder().decode(text(json, name));
    }

    /** Where to go afterwards: a page of ours, and none that logs in or out. */
    static String next(String to) {
        String path = LocalPath.orElse(to, "/");
        return path.startsWith("/login") || path.startsWith("/logout") ? "/" : path;
    }

    /** What the person can mend or must be told, in words for him; everything else is an error page's. */
    static Future<Answer> told(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            String detail = String.valueOf(refusal.getMessage())
                    .substring(refusal.fault().key().length() + 2);
            return switch (refusal.fault()) {
                case LOGIN_REFUSED, LINK_REFUSED, ADDRESS_BLOCKED, PASSKEY_REFUSED, NOT_LOGGED_IN ->
                    said(refusal.fault(), refusal.fault().text());
                case INVALID, CONFLICT, PASSKEY_NEEDED, NOT_FOUND ->
                    said(refusal.fault(), Character.toUpperCase(detail.charAt(0)) + detail.substring(1) + ".");
                default -> Future.failedFuture(failure);
            };
        }
        return Future.failedFuture(failure);
    }

    private static Future<Answer> said(Fault fault, String text) {
        return Future.succeededFuture(
                Answer.data(new JsonObject().put("error", fault.key()).put("text", text), fault.status()));
    }
}

package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.login.Password;
import io.fairlead.enterprise.login.PasswordKeys;
import io.fairlead.enterprise.login.ScramClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks one after the other, and keeps which rows of the audit came of it, and what was written without one. */
final class OwnWalk {
    private static final Pattern SESSION = Pattern.compile("__Host-fairlead=([^;]+)");
    private static final String NOBODYS = "n".repeat(43);

    final Set<String> walked = new LinkedHashSet<>();
    final List<String> wrong = new ArrayList<>();
    int deeds;
    private final RunningServer server;
    private final Ledger ledger;

    OwnWalk(RunningServer server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
    }

    /** A browser whose session is over. */
    Web stranger() {
        return server.browser(NOBODYS);
    }

    /**
     * @param name of the route or the command
     * @param codes of the rows that are to come of it, in their order, with a blank between them
     * @param quiet the tables that are written beside them
     */
    <T> T deed(String name, String codes, Set<String> quiet, Callable<T> ask) throws Exception {
        walked.add(name);
        deeds++;
        assertThat(Ledger.QUIET.keySet()).containsAll(quiet);
        server.seen();
        String last = server.sql("SELECT coalesce(max(id), 0) FROM audit_entry");
        List<T> answer = new ArrayList<>();
        String fault = ledger.fault(() -> answer.add(ask.call()), !codes.isEmpty() || !quiet.isEmpty(), quiet);
        String audited = server.sql(
                "SELECT coalesce(string_agg(code, ' ' ORDER BY id), '') FROM audit_entry WHERE id > " + last);
        if (fault != null) {
            wrong.add(name + " " + fault);
        }
        if (!audited.equals(codes)) {
            wrong.add(name + " was to be audited as '" + codes + "', was as '" + audited + "'");
        }
        return answer.get(0);
    }

    /** A page. */
    HttpResponse<String> get(String route, String path, Web web, String codes) throws Exception {
        return deed("GET " + route, codes, Set.of(), () -> {
            HttpResponse<String> answer = web.ask("GET", path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer;
        });
    }

    /** What is no page, and lets nobody in who shows nothing. */
    void turnedAway(String path, Web web) throws Exception {
        int status =
                deed("GET " + path, "", Set.of(), () -> web.ask("GET", path, "").statusCode());
        assertThat(status).as(path).isEqualTo(403);
    }

    /** What a page of ours posts, which is taken. */
    HttpResponse<String> post(String path, Web web, JsonObject sent, String codes, String... quiet) throws Exception {
        return deed(route(path), codes, Set.of(quiet), () -> {
            HttpResponse<String> answer = web.ask("POST", path, sent.isEmpty() ? "" : sent.encode());
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isIn(200, 303);
            return answer;
        });
    }

    /** The same, which is refused; answers the fault's key. */
    String refused(String path, Web web, JsonObject sent, String codes, String... quiet) throws Exception {
        return deed(route(path), codes, Set.of(quiet), () -> {
            String body = web.ask("POST", path, sent.encode()).body();
            return new JsonObject(body).getString("error", "taken: " + body);
        });
    }

    /** What the command line posts. */
    JsonObject command(String path, Web web, JsonObject sent, String codes, String... quiet) throws Exception {
        return deed("POST " + path, codes, Set.of(quiet), () -> {
            HttpResponse<String> answer = web.command(path, sent.encode());
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
            return new JsonObject(answer.body());
        });
    }

    /** A command at the server's own machine. */
    JsonObject command(String command, JsonObject arguments, String codes) throws Exception {
        return deed(command, codes, Set.of(), () -> server.command(command, arguments));
    }

    private static String route(String path) {
        return "POST " + path.replaceAll("/(passkey|sessions)/[^/]+/(remove|close)$", "/$1/:id/$2");
    }

    static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    /** The browser after an answer that has logged it in. */
    Web in(HttpResponse<String> answer) {
        Matcher cookie = SESSION.matcher(String.join("\n", answer.headers().allValues("Set-Cookie")));
        assertThat(cookie.find()).isTrue();
        return server.browser(cookie.group(1));
    }

    /** Asks the first step of a log-in in a browser; answers what the second one sends. */
    JsonObject proof(Web web, String person, String password) throws Exception {
        ScramClient client = client(person, password);
        return proof(client, json(post("/login/first", web, new JsonObject().put("message", client.first()), "")));
    }

    /** What a passkey is asked for, to confirm a session. */
    JsonObject asked(Web web) throws Exception {
        return json(post("/login/passkey/ask", web, new JsonObject().put("to", "/"), "", "login_challenge"));
    }

    /** The browser after it has shown the passkey. */
    Web confirmed(Web web, Authenticator passkey) throws Exception {
        JsonObject sent =
                new JsonObject().put("credential", passkey.get(asked(web))).put("to", "/");
        return in(post("/login/passkey/answer", web, sent, "login.confirmed", "login_challenge", "login_passkey"));
    }

    static ScramClient client(String person, String password) {
        return new ScramClient(person, Password.typed(password.toCharArray()), new SecureRandom());
    }

    static JsonObject proof(ScramClient client, JsonObject begun) {
        return new JsonObject()
                .put("exchange", begun.getString("exchange"))
                .put("message", client.answer(begun.getString("message")))
                .put("to", "/");
    }

    static JsonObject keys(String password) {
        PasswordKeys keys = PasswordKeys.of(Password.chosen(password.toCharArray()), new SecureRandom());
        Base64.Encoder base64 = Base64.getEncoder();
        return new JsonObject()
                .put("salt", base64.encodeToString(keys.salt()))
                .put("iterations", keys.iterations())
                .put("storedKey", base64.encodeToString(keys.storedKey()))
                .put("serverKey", base64.encodeToString(keys.serverKey()));
    }
}

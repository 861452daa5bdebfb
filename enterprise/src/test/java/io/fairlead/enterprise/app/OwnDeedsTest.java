package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.login.ScramClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks what {@link AuditedDeedsTest} leaves out: the log-in, the account, links, the command line's log-in, and the commands
 * that need something first. Here every deed names the rows of the audit that are to come of it, and what it may write beside
 * them.
 */
class OwnDeedsTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String OTHER_PASSWORD = "battery horse correct";
    private static final JsonObject NOTHING = new JsonObject();
    private static final JsonObject FOUNDER = new JsonObject()
            .put("name", "founder")
            .put("displayName", "Founder")
            .put("organisation", "Fairlead");

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Estate estate;
    private static Ledger ledger;
    private static OwnWalk walk;
    private static Authenticator passkey;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
        estate = new Estate(server);
        estate.prepare(List.of());
        ledger = new Ledger(server);
        walk = new OwnWalk(server, ledger);
        passkey = new Authenticator(server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        ledger.close();
        server.close();
    }

    @Test
    void no_route_of_the_log_in_and_the_account_changes_anything_without_an_audit_row() throws Exception {
        useLink(walk.command("first-administrator", NOTHING, "login.link-made"), FOUNDER, "person.added");
        Web browser = logIn();
        commandLine(browser);
        account(browser);
        recovery();
        password();
        rollOver();
        reads();
        lockOut();

        System.out.println("own deeds=" + walk.deeds + " wrong=" + walk.wrong.size());
        assertThat(walk.wrong).isEmpty();
        Set<String> own = new TreeSet<>(AuditedDeedsTest.ELSEWHERE);
        RouteLine.all().stream().filter(line -> line.on().equals("own")).forEach(line -> own.add(line.mounted()));
        assertThat(walk.walked).containsAll(own);
    }

    /** Sets the password and registers the passkey. */
    private static void useLink(JsonObject made, JsonObject person, String before, String... after) throws Exception {
        Web web = walk.stranger();
        JsonObject sent = person.copy().put("token", token(made));
        JsonObject looked = OwnWalk.json(walk.post("/login/link/look", web, sent, ""));
        assertThat(looked.getBoolean("passkeyNeeded")).isTrue();
        JsonObject options = OwnWalk.json(walk.post("/login/link/passkey", web, sent, "", "login_challenge"));
        sent.put("keys", OwnWalk.keys(PASSWORD))
                .put("credential", passkey.create(options))
                .put("passkeyName", "PC");
        List<String> codes = new ArrayList<>(List.of("login.password-set"));
        if (!before.isEmpty()) {
            codes.add(0, before);
        }
        codes.addAll(List.of(after));
        if (after.length == 0) {
            codes.add("login.passkey-added");
        }
        assertThat(walk.post("/login/link/use", web, sent, String.join(" ", codes), "login_challenge")
                        .body())
                .contains("founder");
        assertThat(walk.refused("/login/link/use", web, sent, "")).isEqualTo("link-refused");
    }

    private static String token(JsonObject link) {
        return link.getString("link").replaceFirst(".*#", "");
    }

    private static Web logIn() throws Exception {
        Web web = walk.stranger();
        assertThat(walk.refused("/login/final", web, walk.proof(web, "founder", OTHER_PASSWORD), "login.failed"))
                .isEqualTo("login-refused");
        assertThat(walk.refused("/login/final", web, walk.proof(web, "nobody at all", PASSWORD), "login.failed"))
                .isEqualTo("login-refused");
        Web waiting = walk.in(walk.post(
                "/login/final",
                web,
                walk.proof(web, "founder", PASSWORD),
                "login.succeeded",
                "login_answered",
                "login_failure"));
        assertThat(walk.get("/login/passkey", "/login/passkey", waiting, "").body())
                .contains("passkey");
        JsonObject forged = new JsonObject().put("credential", passkey.forged(walk.asked(waiting)));
        assertThat(walk.refused(
                        "/login/passkey/answer",
                        waiting,
                        forged.put("to", "/"),
                        "login.passkey-refused",
                        "login_challenge"))
                .isEqualTo("passkey-refused");
        return walk.confirmed(waiting, passkey);
    }

    private static void commandLine(Web browser) throws Exception {
        ScramClient client = OwnWalk.client("founder", PASSWORD);
        Web none = server.browser("");
        JsonObject begun = walk.command("/commands/login", none, new JsonObject().put("message", client.first()), "");
        JsonObject in = walk.command(
                "/commands/login/proof",
                none,
                OwnWalk.proof(client, begun),
                "login.succeeded",
                "login_answered",
                "login_failure");
        Web terminal = server.browser(in.getString("token"));
        JsonObject code = new JsonObject()
                .put(
                        "code",
                        walk.command("/commands/login/code", terminal, NOTHING, "", "login_confirmation")
                                .getString("code"));
        assertThat(walk.post("/account/confirm/look", browser, code, "").statusCode())
                .isEqualTo(200);
        for (boolean right : List.of(false, true)) {
            JsonObject options = OwnWalk.json(walk.post("/account/confirm/ask", browser, code, "", "login_challenge"));
            if (right) {
                JsonObject sent = code.copy().put("credential", passkey.get(options));
                assertThat(walk.post(
                                        "/account/confirm/answer",
                                        browser,
                                        sent,
                                        "login.confirmed",
                                        "login_challenge",
                                        "login_passkey")
                                .statusCode())
                        .isEqualTo(200);
            } else {
                JsonObject sent = code.copy().put("credential", passkey.forged(options));
                assertThat(walk.refused(
                                "/account/confirm/answer", browser, sent, "login.passkey-refused", "login_challenge"))
                        .isEqualTo("passkey-refused");
            }
        }
        assertThat(walk.command("/commands/login/state", terminal, NOTHING, "").getBoolean("confirmed"))
                .isTrue();
        JsonObject devices = new JsonObject().put("command", "devices").put("arguments", NOTHING);
        assertThat(walk.command("/commands", terminal, devices, "").containsKey("ok"))
                .isTrue();
        assertThat(walk.command("/commands/logout", terminal, NOTHING, "login.ended"))
                .isEmpty();
    }

    private static void account(Web browser) throws Exception {
        Authenticator second = new Authenticator(server.url());
        JsonObject options = OwnWalk.json(
                walk.post("/account/passkey/ask", browser, new JsonObject().put("to", "/"), "", "login_challenge"));
        JsonObject added =
                new JsonObject().put("credential", second.create(options)).put("name", "Second");
        post("/account/passkey/add", browser, added, "login.passkey-added", "login_challenge");
        post("/account/passkey/" + second.id() + "/remove", browser, NOTHING, "login.passkey-removed");

        String other = server.session("founder", "browser", true, false);
        String id = server.sql("SELECT id FROM login_session WHERE sha256 = '" + RunningServer.sha256(other) + "'");
        post("/account/sessions/" + id + "/close", browser, NOTHING, "login.ended");

        // A step up, where no passkey has been shown yet.
        Web up = walk.confirmed(server.browser(server.session("founder", "browser", false, false)), passkey);
        JsonObject wrong = walk.proof(browser, "founder", OTHER_PASSWORD).put("keys", OwnWalk.keys(PASSWORD));
        assertThat(walk.refused("/account/password", browser, wrong, "login.failed"))
                .isEqualTo("login-refused");
        JsonObject right = walk.proof(browser, "founder", PASSWORD).put("keys", OwnWalk.keys(OTHER_PASSWORD));
        post("/account/password", browser, right, "login.password-set login.ended", "login_answered", "login_failure");
        assertThat(up.ask("GET", "/account", "").statusCode()).isEqualTo(303);
        post("/logout", browser, NOTHING, "login.ended");
        Web last = server.browser(server.session("founder", "browser", true, false));
        post("/account/sessions/close", last, NOTHING, "login.ended");
        assertThat(server.sql("SELECT count(*) FROM login_session WHERE person = 'founder' AND ended_at IS NULL"))
                .isEqualTo("0");
    }

    private static void post(String path, Web web, JsonObject sent, String codes, String... quiet) throws Exception {
        assertThat(walk.post(path, web, sent, codes, quiet).body()).as(path).isNotNull();
    }

    /** The passkey is lost: a link by which all of them go, and a new one comes. */
    private static void recovery() throws Exception {
        String lost = passkey.id();
        passkey = new Authenticator(server.url());
        assertThat(server.session("founder", "browser", true, false)).isNotEmpty();
        useLink(
                walk.command(
                        "people.link",
                        new JsonObject().put("person", "founder").put("newPasskey", 1),
                        "login.link-made"),
                NOTHING,
                "",
                "login.passkey-removed",
                "login.passkey-added",
                "login.ended");
        assertThat(passkey.id()).isNotEqualTo(lost);
    }

    /** A password by its link, where there is no browser. */
    private static void password() throws Exception {
        JsonObject made = walk.command("people.link", new JsonObject().put("person", "victim.its"), "login.link-made");
        JsonObject sent = OwnWalk.keys(PASSWORD).put("token", token(made));
        assertThat(walk.command("people.password", sent, "login.password-set").getString("person"))
                .isEqualTo("victim.its");
    }

    /** New issuers under a root whose key is elsewhere. */
    private static void rollOver() throws Exception {
        OfflineRoot root = new OfflineRoot(folder.resolve("secrets/authority/root.key"), folder.resolve("root.key"));
        JsonObject standing = walk.command("authority.roll-issuers", NOTHING, "authority.changed");
        while (standing.getString("stage").endsWith("UNSIGNED")) {
            String signatures = root.signatures(standing.getJsonObject("toSign"));
            standing =
                    walk.command("authority.sign", new JsonObject().put("signatures", signatures), "authority.changed");
        }
        JsonObject switched = walk.command("authority.switch", NOTHING, "authority.changed");
        assertThat(switched.getString("stage")).isEqualTo("SWITCHED");
        JsonObject lost = new JsonObject();
        List<String> waiting = switched.getJsonArray("waitingForOldSigner").stream()
                .map(String::valueOf)
                .toList();
        if (!waiting.isEmpty()) {
            lost.put("lose", String.join(",", waiting));
        }
        assertThat(walk.command("authority.retire", lost, "authority.changed").getString("stage"))
                .endsWith("UNSIGNED");
    }

    private static void reads() throws Exception {
        Web web = walk.stranger();
        Matcher asset = Pattern.compile("/assets/[^\"]+")
                .matcher(walk.get("/login", "/login", web, "").body());
        assertThat(asset.find()).isTrue();
        assertThat(walk.get("/assets/:hash/:name", asset.group(), web, "").body())
                .isNotEmpty();
        assertThat(walk.get("/agent", "/agent?wsdl", web, "").body()).contains("definitions");
        for (String path : List.of("/login/link", "/favicon.ico", "/agent-channel.xsd")) {
            assertThat(walk.get(path, path, web, "").body()).isNotEmpty();
        }
        walk.turnedAway("/tunnel", web);
        JsonObject file = new JsonObject().put("id", estate.parts("here").get("file"));
        String link = walk.command("transfer.link", file, "transfer.link-made").getString("link");
        String path = link.substring(link.indexOf("/files/"));
        assertThat(walk.get("/files/:token", path, web, "transfer.link-used").body())
                .isEqualTo("x");
    }

    /** Nobody computes these proofs: they are wrong, and counted all the same. */
    private static void lockOut() throws Exception {
        Web web = walk.stranger();
        String unused = server.sql("UPDATE login_failure SET failures = 8");
        for (String codes : List.of("login.failed", "login.failed login.blocked")) {
            JsonObject first = new JsonObject()
                    .put("message", OwnWalk.client("founder", PASSWORD).first());
            JsonObject begun = OwnWalk.json(walk.post("/login/first", web, first, ""));
            String nonce = begun.getString("message").replaceAll("r=([^,]+),.*", "$1");
            String none = Base64.getEncoder().encodeToString(new byte[32]);
            JsonObject sent = new JsonObject()
                    .put("exchange", begun.getString("exchange"))
                    .put("message", "c=biws,r=" + nonce + ",p=" + none)
                    .put("to", "/");
            assertThat(walk.refused("/login/final", web, sent, codes)).isEqualTo("login-refused");
        }
    }
}

package io.fairlead.enterprise.app;

import io.fairlead.enterprise.login.Password;
import io.fairlead.enterprise.login.ScramClient;
import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Logs in at a server elsewhere. */
@Command(
        name = "login",
        description = {
            "Logs you in at a server elsewhere; other commands then take --server URL.",
            "The password is asked for, and does not leave this machine. Where your rights need a passkey, a link is",
            "shown that you open in a browser."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead login https://console.example.org --user anna --root-key SMT…",
            "  fairlead login https://localhost:8443 --user anna --ca root.pem",
            "  fairlead devices --server https://localhost:8443"
        })
final class LoginCommand implements Callable<Integer> {
    private static final int ROOT_KEY_LENGTH = 43;

    private final Screen screen;

    @Parameters(paramLabel = "URL", description = "The people's listener, such as https://console.example.org.")
    private String url = "";

    @Option(names = "--user", paramLabel = "NAME", description = "Who you are there.")
    private @Nullable String user;

    @Option(names = "--ca", paramLabel = "FILE", description = "The authorities of its certificate, as PEM.")
    private @Nullable Path ca;

    @Option(
            names = "--root-key",
            paramLabel = "SHA256",
            description = "The SHA-256 of its root's public key in base64url, as enrolment strings end with it.")
    private @Nullable String rootKey;

    @Option(names = "--confirm", description = "Only confirms the log-in that there is by a passkey.")
    private boolean confirm;

    LoginCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        URI server = RemoteServer.url(url);
        try {
            if (confirm) {
                confirm(RemoteLogin.read(url));
                return 0;
            }
            String name = user;
            if (name == null) {
                throw new Unable("Who are you there? --user NAME");
            }
            return logIn(server, name);
        } catch (IOException unanswered) {
            throw new Unable(RemoteServer.said(server.toString(), unanswered), unanswered);
        }
    }

    private int logIn(URI server, String name) throws IOException {
        Trust trust = trust();
        RemoteServer remote = new RemoteServer(server, trust);
        ScramClient scram = new ScramClient(name, password(name), new SecureRandom());
        JsonObject begun = said(remote.post("/login", "", new JsonObject().put("message", scram.first())));
        String answer;
        try {
            answer = scram.answer(begun.getString("message", ""));
        } catch (IllegalArgumentException wrong) {
            throw new Unable("Not logged in: " + wrong.getMessage(), wrong);
        }
        JsonObject in = said(remote.post(
                "/login/proof",
                "",
                new JsonObject().put("exchange", begun.getString("exchange")).put("message", answer)));
        if (!scram.proves(in.getString("message", ""))) {
            throw new Unable("Not logged in: this server does not know your password's keys. Is it the right one?");
        }
        RemoteLogin login = new RemoteLogin(server, in.getString("person", name), in.getString("token"), trust);
        Path kept = login.keep();
        if (in.getBoolean("waiting", false)) {
            confirm(login);
        }
        screen.print("Logged in at " + server + " as " + login.user() + ". The session is kept in " + kept
                + "; `fairlead logout " + server + "` ends it.");
        return 0;
    }

    private Trust trust() {
        String key = rootKey;
        if (key != null) {
            if (key.length() != ROOT_KEY_LENGTH) {
                throw new Unable("--root-key takes 43 characters of base64url");
            }
            return new Trust("root-key", key);
        }
        Path file = ca;
        if (file == null) {
            return Trust.SYSTEM;
        }
        try {
            return new Trust("ca", Files.readString(file));
        } catch (IOException unreadable) {
            throw new Unable("Cannot read " + file + ".", unreadable);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on a console reads standard input itself
    private static Password password(String name) throws IOException {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("Password of %s: ", name);
            return Password.typed(typed == null ? new char[0] : typed);
        }
        // For programs: a line on standard input, never an argument, which others on this machine could read.
        String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return Password.typed(line == null ? new char[0] : line.toCharArray());
    }

    private void confirm(RemoteLogin login) throws IOException {
        RemoteServer remote = login.server();
        JsonObject code = said(remote.post("/login/code", login.token(), new JsonObject()));
        screen.print("Your passkey is needed. Open this in a browser, within five minutes:");
        screen.print("  " + code.getString("url"));
        screen.print("or go to your account there and type " + code.getString("code"));
        Instant end = Instant.parse(code.getString("notAfter"));
        while (screen.clock().instant().isBefore(end)) {
            if (said(remote.post("/login/state", login.token(), new JsonObject()))
                    .getBoolean("confirmed", false)) {
                screen.print("Confirmed.");
                return;
            }
            pause();
        }
        throw new Unable("Nobody confirmed it in time. Again: fairlead login " + login.url() + " --confirm");
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(2);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Unable("Interrupted.", stopping);
        }
    }

    private static JsonObject said(JsonObject answer) {
        if (answer.containsKey("error")) {
            JsonObject unused = CommandRefused.outcome(answer);
        }
        return answer;
    }
}

package io.fairlead.perf.growth;

import io.fairlead.enterprise.login.Password;
import io.fairlead.enterprise.login.PasswordKeys;
import io.fairlead.enterprise.login.ScramClient;
import io.fairlead.perf.compare.Numbers;
import io.fairlead.perf.compare.ProductServer;
import io.fairlead.perf.fleet.Authorities;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Somebody who logged in to the console as a browser does, by password and SCRAM, may see everything, and looks at pages. */
final class Engineer {
    private static final Pattern CSRF = Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\"");
    /** Of all devices here, see {@link io.fairlead.perf.fleet.Registration#plain}: he sees what he is trained for. */
    private static final String MODEL = "Simulated 1";

    private static final int OK = 200;
    /** Looks before those that count. */
    private static final int WARMING = 20;

    private final HttpClient client;
    private final String console;

    private Engineer(HttpClient client, String console) {
        this.client = client;
        this.console = console;
    }

    /** A new one, logged in. */
    static Engineer loggedIn(ProductServer server, Authorities believed) throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String password = HexFormat.of().formatHex(bytes);
        String name = "growth-" + password.substring(0, 6);
        added(server, name, password, random);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .sslContext(trusting(believed))
                .build();
        Engineer engineer = new Engineer(client, "https://localhost:" + server.people());
        engineer.logIn(new ScramClient(name, Password.typed(password.toCharArray()), random));
        return engineer;
    }

    private static void added(ProductServer server, String name, String password, SecureRandom random)
            throws IOException {
        call(
                server,
                "people.add",
                new JsonObject()
                        .put("name", name)
                        .put("displayName", "Engineer")
                        .put("organisation", "Growth"));
        call(server, "people.grant", new JsonObject().put("name", name).put("role", "service-engineer"));
        call(
                server,
                "people.train",
                new JsonObject()
                        .put("name", name)
                        .put("model", MODEL)
                        .put("until", "2099-01-01T00:00:00Z")
                        .put("evidence", "measures"));
        String link = server.socket()
                .call("people.link", new JsonObject().put("person", name))
                .getString("link");
        PasswordKeys keys = PasswordKeys.of(Password.chosen(password.toCharArray()), random);
        Base64.Encoder base64 = Base64.getEncoder();
        call(
                server,
                "people.password",
                new JsonObject()
                        .put("token", link.substring(link.indexOf('#') + 1))
                        .put("salt", base64.encodeToString(keys.salt()))
                        .put("storedKey", base64.encodeToString(keys.storedKey()))
                        .put("serverKey", base64.encodeToString(keys.serverKey())));
    }

    private static void call(ProductServer server, String command, JsonObject arguments) throws IOException {
        JsonObject unused = server.socket().call(command, arguments);
    }

    private static SSLContext trusting(Authorities believed) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {believed.servers()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private void logIn(ScramClient scram) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(page("/login"));
        if (!csrf.find()) {
            throw new IOException("the log-in page has no token");
        }
        JsonObject challenge = asked("/login/first", csrf.group(1), new JsonObject().put("message", scram.first()));
        JsonObject proof = asked(
                "/login/final",
                csrf.group(1),
                new JsonObject()
                        .put("exchange", challenge.getString("exchange"))
                        .put("message", scram.answer(challenge.getString("message", "")))
                        .put("to", "/devices"));
        if (!scram.proves(proof.getString("message", ""))) {
            throw new IOException("the server does not prove that it knows the password's keys");
        }
    }

    private JsonObject asked(String path, String csrf, JsonObject question) throws IOException, InterruptedException {
        return new JsonObject(sent(HttpRequest.newBuilder(URI.create(console + path))
                .header("Content-Type", "application/json")
                .header("Origin", console)
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-Csrf", csrf)
                .POST(HttpRequest.BodyPublishers.ofString(question.encode()))
                .build()));
    }

    /** The text of a page, or of what answers like one. */
    String page(String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(console + path))
                .header("Sec-Fetch-Site", "same-origin")
                .build());
    }

    private String sent(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException(request.uri().getPath() + " is answered " + response.statusCode());
        }
        return response.body();
    }

    /**
     * How long a page takes from the request to its last byte, in ms: the median of so many looks, one after the other.
     *
     * @param word that has to be on it
     */
    double millis(String path, String word, int looks) throws IOException, InterruptedException {
        double[] times = new double[looks];
        for (int i = -WARMING; i < looks; i++) {
            long begun = System.nanoTime();
            String text = page(path);
            if (!text.contains(word)) {
                throw new IOException(path + " does not say " + word);
            }
            if (i >= 0) {
                times[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        return Numbers.median(times);
    }
}

package io.fairlead.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Another system that has itself told, by https with a certificate of its own. Keeps what it was told in the order in which it
 * came, and takes it, but for a call that it is asked to leave without an answer.
 */
final class Subscriber implements AutoCloseable {
    static final String TOKEN = "the-word-of-the-erp";
    private static final String SECRET = "not-a-secret";
    private static final byte[] TAKEN = ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                    + "<NotifyResponse xmlns=\"urn:fairlead:integration:1:consumer\"/></s:Body></s:Envelope>")
            .getBytes(StandardCharsets.UTF_8);
    private static final Pattern NOTIFICATION = Pattern.compile("<notification>(.*?)</notification>");
    private static final Pattern NUMBER = Pattern.compile("<number>(\\d+)</number>");
    private static final Pattern ALARM = Pattern.compile("<alarm><id>(\\d+)</id>");

    private final Path certificate;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Told> told = new ArrayList<>();
    private int answered;
    private boolean silent;
    private boolean unanswered;

    /**
     * A notification.
     *
     * @param words all of it, as it came
     */
    record Told(long number, String alarm, String words) {}

    /** @param folder for its key */
    Subscriber(Path folder) throws Exception {
        KeyStore keys = keys(folder.resolve("subscriber.p12"));
        certificate = Files.writeString(
                folder.resolve("subscriber.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getCertificate("own").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Server.freePorts(1)), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.setExecutor(threads);
        server.createContext("/in", this::told);
        server.start();
    }

    private static KeyStore keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        SECRET)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, SECRET.toCharArray());
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, SECRET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void told(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!body.contains("<token>" + TOKEN + "</token>")) {
                throw new IOException("a stranger called");
            }
            try {
                keep(body);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, TAKEN.length);
            exchange.getResponseBody().write(TAKEN);
        }
        done();
    }

    private synchronized void keep(String body) throws IOException, InterruptedException {
        Matcher each = NOTIFICATION.matcher(body);
        while (each.find()) {
            String words = each.group(1);
            told.add(new Told(Long.parseLong(first(NUMBER, words)), first(ALARM, words), words));
        }
        if (silent) {
            unanswered = true;
            notifyAll();
            while (silent) {
                wait();
            }
            throw new IOException("left without an answer");
        }
    }

    private static String first(Pattern pattern, String text) throws IOException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException(pattern + " is not in " + text);
        }
        return found.group(1);
    }

    private synchronized void done() {
        answered++;
        notifyAll();
    }

    /** Waits for so many calls more. */
    synchronized void awaitCalls(int more, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        int all = answered + more;
        while (answered < all) {
            wait(left(end));
        }
    }

    /** Waits until a call has come, and leaves it without an answer until {@link #answerAgain}. */
    synchronized void awaitUnanswered(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        silent = true;
        unanswered = false;
        while (!unanswered) {
            wait(left(end));
        }
    }

    /** From now on. */
    synchronized void answerAgain() {
        silent = false;
        notifyAll();
    }

    private long left(long end) {
        long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new IllegalStateException("nobody calls; so far " + answered + " calls and " + told.size());
        }
        return millis;
    }

    /** All of it, in the order in which it came. */
    synchronized List<Told> told() {
        return List.copyOf(told);
    }

    String url() {
        return "https://localhost:" + port() + "/in";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** By which it is believed, as PEM. */
    Path certificate() {
        return certificate;
    }

    @Override
    public void close() {
        answerAgain();
        server.stop(0);
        threads.shutdownNow();
    }
}

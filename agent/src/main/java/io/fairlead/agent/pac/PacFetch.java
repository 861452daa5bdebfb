package io.fairlead.agent.pac;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gets a PAC file over http, https or from disk, past all proxies: at most {@value #MOST_BYTES} bytes in fifteen seconds,
 * without redirects. For https the Java runtime's trust counts: what the file says only chooses a way, and the
 * enterprise's own certificate is judged at its end as ever.
 */
public final class PacFetch {
    static final int MOST_BYTES = 1 << 20;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENT_MILLIS = 5_000;
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final URI from;
    private final Duration longest;

    /**
     * From one address, and no other.
     *
     * @throws IllegalArgumentException when it is no http, https or file address
     */
    public PacFetch(URI from) {
        this(from, LONGEST);
    }

    /** @param longest for all of it */
    PacFetch(URI from, Duration longest) {
        String scheme = String.valueOf(from.getScheme());
        boolean web = (scheme.equals("http") || scheme.equals("https")) && from.getHost() != null;
        if (!web && !(scheme.equals("file") && from.getPath() != null && from.getAuthority() == null)) {
            // The JDK would take file://HOST/ for FTP.
            throw new IllegalArgumentException("\"" + from + "\" is no http://, https:// or file:/// address");
        }
        if (from.getUserInfo() != null) {
            throw new IllegalArgumentException("a user and password do not stand in the address of a PAC file");
        }
        this.from = from;
        this.longest = longest;
    }

    /** Where it is got from. */
    public URI from() {
        return from;
    }

    /**
     * The file as it is now.
     *
     * @throws IOException with a sentence that says why there is none
     */
    public String fetch() throws IOException {
        try {
            URLConnection connection = from.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(SILENT_MILLIS);
            connection.setUseCaches(false);
            connection.setAllowUserInteraction(false);
            return connection instanceof HttpURLConnection http
                    ? inTime(http)
                    : read(connection.getInputStream(), longest);
        } catch (UnknownHostException e) {
            throw new IOException("the host name " + from.getHost() + " is not known here", e);
        } catch (SocketTimeoutException e) {
            throw new IOException("silent for too long", e);
        }
    }

    /** Read time-outs start anew with each byte; who sends one now and then is cut off all the same. */
    private String inTime(HttpURLConnection http) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Thread clock = new Thread(
                () -> {
                    try {
                        for (Duration wait = longest; true; wait = Duration.ofSeconds(1)) {
                            Thread.sleep(wait.toMillis());
                            late.set(true);
                            // Before it is connected that does nothing.
                            http.disconnect();
                        }
                    } catch (InterruptedException done) {
                        // It was in time, or is over.
                    }
                },
                "pac-clock");
        clock.setDaemon(true);
        clock.start();
        try {
            return over(http);
        } catch (IOException e) {
            throw late.get() ? tooLate(longest) : e;
        } finally {
            clock.interrupt();
        }
    }

    private String over(HttpURLConnection http) throws IOException {
        http.setInstanceFollowRedirects(false);
        http.setRequestProperty("User-Agent", "fairlead-agent");
        try {
            int status = http.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("HTTP " + status + " instead of the file");
            }
            return read(http.getInputStream(), longest);
        } finally {
            http.disconnect();
        }
    }

    private static IOException tooLate(Duration longest) {
        return new IOException("not here within " + longest.toSeconds() + " s");
    }

    private static String read(InputStream in, Duration longest) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        try (in) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                file.write(piece, 0, n);
                if (file.size() > MOST_BYTES) {
                    throw new IOException("more than " + MOST_BYTES + " bytes");
                }
                if (System.nanoTime() - end > 0) {
                    throw tooLate(longest);
                }
            }
            return file.toString(StandardCharsets.UTF_8);
        }
    }
}

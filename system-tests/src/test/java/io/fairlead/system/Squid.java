package io.fairlead.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Squid as a process of its own, letting CONNECT through to everywhere. It knows this machine by the name
 * {@value #SERVER} too, which nobody else does: who reaches it went through here.
 */
final class Squid implements AutoCloseable {
    /** The name of this machine that only the proxy knows. */
    static final String SERVER = "server.test";

    private static final String PROGRAM = "/usr/sbin/squid";

    private final String host;
    private final int port;
    private final Path folder;
    private final Process process;

    private Squid(String host, int port, Path folder, Process process) {
        this.host = host;
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /** Without a password. */
    static Squid open(String host, Path folder) throws IOException {
        return start(host, folder, "http_access allow all");
    }

    /** With Basic, for one user. */
    static Squid withPassword(String host, Path folder, String user, String password) throws IOException {
        return withPassword(host, folder, user, password, "");
    }

    private static Squid withPassword(String host, Path folder, String user, String password, String first)
            throws IOException {
        Files.createDirectories(folder);
        Process openssl = new ProcessBuilder("openssl", "passwd", "-apr1", password).start();
        Files.writeString(
                folder.resolve("users"),
                user + ":" + new String(openssl.getInputStream().readAllBytes()).strip() + "\n");
        return start(
                host,
                folder,
                first + "auth_param basic program /usr/lib/squid/basic_ncsa_auth " + folder.resolve("users")
                        + "\nacl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all");
    }

    /** The same, and CONNECT to one port only. */
    static Squid toPort(int port, Path folder, String user, String password) throws IOException {
        return withPassword(
                "127.0.0.1", folder, user, password, "acl good port " + port + "\nhttp_access deny !good\n");
    }

    private static Squid start(String host, Path folder, String rules) throws IOException {
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            Assumptions.abort(PROGRAM + " is missing (Debian package squid)");
        }
        Files.createDirectories(folder);
        // Started by root it goes on as a user of its own, who writes its logs here.
        Path unused = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost " + SERVER + "\n");
        int port = Server.freePorts(1);
        Path config = Files.writeString(
                folder.resolve("squid.conf"),
                rules + "\n"
                        + String.join(
                                "\n",
                                "http_port " + host + ":" + port,
                                "access_log stdio:" + folder.resolve("access.log"),
                                "cache_log " + folder.resolve("cache.log"),
                                "pid_filename " + folder.resolve("squid.pid"),
                                "coredump_dir " + folder,
                                "hosts_file " + hosts,
                                "cache deny all",
                                "shutdown_lifetime 0 seconds",
                                "visible_hostname proxy.test",
                                ""));
        Process process = new ProcessBuilder(PROGRAM, "-N", "-n", "test" + port, "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        Squid squid = new Squid(host, port, folder, process);
        squid.awaitListening();
        return squid;
    }

    String address() {
        return host + ":" + port;
    }

    /** A line for each way that has ended, or was refused. */
    String log() throws IOException {
        Path log = folder.resolve("access.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private void awaitListening() throws IOException {
        while (process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), 1000);
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IllegalStateException("Squid does not start: " + Files.readString(folder.resolve("said.txt")));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.fairlead.agent.link;

import io.fairlead.agent.kernel.DebianPrograms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy as hospitals run it, from Debian's packages squid and microsocks, on a port of its own on loopback. */
public final class DebianProxy implements AutoCloseable {
    static final String USER = "clinic-agent";
    static final String PASSWORD = "pass word+1";

    private final Process process;
    private final ServerAddress address;
    private final Path log;

    private DebianProxy(List<String> command, int port, Path folder, Path log) throws IOException {
        this.address = new ServerAddress("127.0.0.1", port);
        this.log = log;
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("said.txt").toFile()))
                .start();
        awaitListening(folder);
    }

    /** @param rules lines of squid.conf that say who may do what */
    public static DebianProxy squid(Path folder, String rules) throws IOException {
        DebianPrograms.require("/usr/sbin/squid", "squid");
        // Started by root it goes on as a user of its own.
        Path unused = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port = DebianPrograms.freePort();
        Path access = folder.resolve("access.log");
        Path config = Files.writeString(
                folder.resolve("squid.conf"),
                rules.replace("FOLDER", folder.toString()) + "\n"
                        + String.join(
                                "\n",
                                "http_access deny all",
                                "http_port 127.0.0.1:" + port,
                                "access_log stdio:" + access,
                                "cache_log " + folder.resolve("cache.log"),
                                "pid_filename " + folder.resolve("squid.pid"),
                                "coredump_dir " + folder,
                                "cache deny all",
                                "shutdown_lifetime 0 seconds",
                                "visible_hostname proxy.test",
                                ""));
        return new DebianProxy(
                List.of("/usr/sbin/squid", "-N", "-n", "test" + port, "-f", config.toString()), port, folder, access);
    }

    /** One that asks for {@link #USER} and {@link #PASSWORD} by Basic. */
    static DebianProxy basic(Path folder) throws IOException {
        return basic(
                folder,
                "auth_param basic program /usr/lib/squid/basic_ncsa_auth FOLDER/users\n"
                        + "auth_param basic realm clinic\n" + KNOWN_ONLY);
    }

    /** One with rules of its own, and the user in FOLDER/users. */
    static DebianProxy basic(Path folder, String rules) throws IOException {
        Files.writeString(folder.resolve("users"), USER + ":" + hashed() + "\n");
        return squid(folder, rules);
    }

    private static String hashed() throws IOException {
        DebianPrograms.require("/usr/bin/openssl", "openssl");
        Process openssl = new ProcessBuilder("/usr/bin/openssl", "passwd", "-apr1", PASSWORD).start();
        return new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    /** One that asks for them by Digest, with Squid's own program. */
    static DebianProxy digest(Path folder) throws IOException {
        Files.writeString(folder.resolve("users"), USER + ":" + PASSWORD + "\n");
        return squid(
                folder,
                "auth_param digest program /usr/lib/squid/digest_file_auth FOLDER/users\n"
                        + "auth_param digest realm clinic\n" + KNOWN_ONLY);
    }

    /** One that asks for NTLM and believes whoever answers in it. */
    static DebianProxy ntlm(Path folder) throws IOException {
        return squid(folder, "auth_param ntlm program /usr/lib/squid/ntlm_fake_auth\n" + KNOWN_ONLY);
    }

    private static final String KNOWN_ONLY = "acl known proxy_auth REQUIRED\nhttp_access allow known\n";

    /** A SOCKS server; with {@code credentials} it asks for {@link #USER} and {@link #PASSWORD}. */
    public static DebianProxy socks(Path folder, boolean credentials) throws IOException {
        DebianPrograms.require("/usr/bin/microsocks", "microsocks");
        int port = DebianPrograms.freePort();
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/microsocks", "-i", "127.0.0.1", "-p", Integer.toString(port)));
        if (credentials) {
            command.addAll(List.of("-u", USER, "-P", PASSWORD));
        }
        return new DebianProxy(command, port, folder, folder.resolve("said.txt"));
    }

    public ServerAddress address() {
        return address;
    }

    public Route http() {
        return new Route.HttpProxy(address);
    }

    public Route socks() {
        return new Route.SocksProxy(address);
    }

    ProxyAccount account(String password) {
        return new ProxyAccount(address, USER, () -> password);
    }

    /** What it wrote down of the connections. */
    String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** The same, once it has written of {@code what}: it answers first and writes then. */
    String logUntil(String what) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!log().contains(what) && System.nanoTime() < end) {
            DebianPrograms.pause();
        }
        return log();
    }

    private void awaitListening(Path folder) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.host(), address.port()), 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    break;
                }
                DebianPrograms.pause();
            }
        }
        close();
        throw new IllegalStateException(
                "the proxy does not start: " + Files.readString(folder.resolve("said.txt")) + Map.of("folder", folder));
    }

    /** Squid first takes its own helpers with it; a proxy that does not end by then is killed. */
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

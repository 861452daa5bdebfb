package io.fairlead.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A site's web server with its PAC file, on loopback. */
final class PacServer implements AutoCloseable {
    private final HttpServer http;
    private final AtomicInteger asked = new AtomicInteger();

    private PacServer(byte[] file) throws IOException {
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Server.freePorts(1)), 0);
        http.createContext("/proxy.pac", exchange -> {
            int unused = asked.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/x-ns-proxy-autoconfig");
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
    }

    static PacServer saying(String file) throws IOException {
        PacServer server = new PacServer(file.getBytes(StandardCharsets.UTF_8));
        server.http.start();
        return server;
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/proxy.pac";
    }

    /** How often it was fetched. */
    int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

package io.fairlead.firewall.format;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A program that runs within a network of its own: listens on the ports that it is to dial, dials, and says for each
 * {@code from address port} or {@code name port} whether it came through, all at the same time.
 */
final class Probe {
    private static final int PATIENCE_MS = 1500;
    private static final int PROXY = 3128;

    private Probe() {}

    /** Arguments in threes, or {@code proxy} and then in twos. */
    public static void main(String[] args) throws Exception {
        boolean proxy = args[0].equals("proxy");
        int words = proxy ? 2 : 3;
        List<String> rest = Arrays.asList(args).subList(proxy ? 1 : 0, args.length);
        List<ServerSocket> listening = new ArrayList<>();
        List<CompletableFuture<String>> told = new ArrayList<>();
        for (int at = 0; at < rest.size(); at += words) {
            List<String> target = rest.subList(at, at + words);
            int port = Integer.parseInt(target.get(words - 1));
            if (!proxy && listening.stream().noneMatch(each -> each.getLocalPort() == port)) {
                listening.add(new ServerSocket(port));
            }
            told.add(CompletableFuture.supplyAsync(
                    () -> String.join(" ", target) + " " + (proxy ? status(target.get(0), port) : dial(target, port)),
                    task -> new Thread(task).start()));
        }
        told.forEach(each -> System.out.println(each.join()));
        for (ServerSocket each : listening) {
            each.close();
        }
    }

    private static String dial(List<String> target, int port) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(target.get(0)), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName(target.get(1)), port), PATIENCE_MS);
            return "passes";
        } catch (IOException e) {
            return "denied";
        }
    }

    /** Squid says 403 to what it denies; to what it allows it says what became of it. */
    private static String status(String name, int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PROXY)) {
            String request = "CONNECT " + name + ":" + port + " HTTP/1.1\r\nHost: " + name + ":" + port + "\r\n\r\n";
            if (port == 80) {
                request = "GET http://" + name + "/ HTTP/1.1\r\nHost: " + name + "\r\n\r\n";
            }
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.endsWith(" 403") ? "denied" : "passes";
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }
}

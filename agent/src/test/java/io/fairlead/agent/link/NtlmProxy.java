package io.fairlead.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/** An HTTP proxy that asks for NTLM, judges what it is told (by the JDK's NTLM server), and writes down who told what. */
final class NtlmProxy implements AutoCloseable {
    private static final int ANSWER_OF_NTLM = 3;

    /** {@code right USER} or {@code wrong USER} for each password that was sent. */
    final List<String> told = new CopyOnWriteArrayList<>();

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile String password;

    NtlmProxy(String password) throws IOException {
        this.password = password;
        start("ntlm-proxy", this::accept);
    }

    ServerAddress address() {
        return new ServerAddress("127.0.0.1", listener.getLocalPort());
    }

    /** From now on, as where the site's directory has another. */
    void password(String next) {
        password = next;
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket socket = listener.accept();
            open.add(socket);
            start("ntlm-proxy-connection", () -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        List<String> user = new ArrayList<>();
        SaslServer ntlm = judge(user);
        while (true) {
            String head = head(socket.getInputStream());
            byte[] message = message(head);
            String challenge = "";
            try {
                byte[] said = message.length == 0 ? null : ntlm.evaluateResponse(message);
                if (ntlm.isComplete()) {
                    told.add("right " + user.get(0));
                    splice(socket, Integer.parseInt(head.replaceFirst("(?s)CONNECT [^ ]*:([0-9]+) .*", "$1")));
                    return;
                }
                challenge = said == null ? "" : " " + Base64.getEncoder().encodeToString(said);
            } catch (SaslException wrong) {
                if (message[8] == ANSWER_OF_NTLM) {
                    told.add("wrong " + user.get(0));
                }
                ntlm = judge(user);
            }
            answer(socket, "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Negotiate, NTLM" + challenge + "\r\n");
        }
    }

    private SaslServer judge(List<String> user) throws SaslException {
        return Sasl.createSaslServer("NTLM", "http", "proxy.test", Map.of(), callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    user.add(0, name.getDefaultName());
                } else if (callback instanceof PasswordCallback asked) {
                    asked.setPassword(password.toCharArray());
                } else if (callback instanceof AuthorizeCallback authorize) {
                    authorize.setAuthorized(true);
                }
            }
        });
    }

    private static byte[] message(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Proxy-Authorization: NTLM "))
                .map(line -> Base64.getDecoder().decode(line.substring(26)))
                .findFirst()
                .orElse(new byte[0]);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("gone");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** With a page for people, as proxies send it: now of a length that is told, now in chunks. */
    private void answer(Socket socket, String head) throws IOException {
        String page = open.size() / 2 % 2 == 0
                ? "Content-Length: 15\r\n\r\n<h1>Log in</h1>"
                : "Transfer-Encoding: chunked\r\n\r\n7\r\n<h1>Log\r\n8; last\r\n in</h1>\r\n0\r\n\r\n";
        socket.getOutputStream().write((head + page).getBytes(StandardCharsets.US_ASCII));
    }

    private void splice(Socket client, int port) throws IOException {
        Socket server = new Socket(InetAddress.getByName("127.0.0.1"), port);
        open.add(server);
        client.getOutputStream().write("HTTP/1.1 200 Go\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        start("ntlm-proxy-back", () -> copy(server.getInputStream(), client.getOutputStream()));
        copy(client.getInputStream(), server.getOutputStream());
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[8192];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            out.write(piece, 0, n);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException gone) {
                        // A peer went away, or the test has ended.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}

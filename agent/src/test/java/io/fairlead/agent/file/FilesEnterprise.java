package io.fairlead.agent.file;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.contract.agent.TransferEnd;
import io.fairlead.contract.agent.TransferOffer;
import io.fairlead.contract.agent.TransferResponse;
import io.fairlead.contract.agent.TransferState;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The enterprise's side of transfers, over TLS on loopback: as the contract says, and as badly as a test wants. */
final class FilesEnterprise implements AutoCloseable {
    static final TestAuthority AUTHORITY = new TestAuthority("ours");
    private static final SoapCodec CODEC = new SoapCodec(new Documents(XmlReaders.ofJdk()));

    /** Answers instead of the enterprise; false when it has not. */
    @FunctionalInterface
    interface Trouble {
        boolean answered(HttpExchange exchange) throws IOException;
    }

    /** An upload as it stands here. */
    static final class Upload {
        final TransferOffer offer;
        final Path file;
        long offset;
        boolean complete;

        Upload(TransferOffer offer, Path file) {
            this.offer = offer;
            this.file = file;
        }
    }

    final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    final Map<String, byte[]> downloads = new ConcurrentHashMap<>();
    final Map<String, TransferEnd> ends = new ConcurrentHashMap<>();
    final Map<String, Boolean> cancelled = new ConcurrentHashMap<>();
    final AtomicLong bytesIn = new AtomicLong();
    final AtomicLong bytesOut = new AtomicLong();
    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile Trouble trouble = exchange -> false;

    private final AtomicInteger answering = new AtomicInteger();
    private final Path folder;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "enterprise");
        thread.setDaemon(true);
        return thread;
    });

    FilesEnterprise(Path folder) throws Exception {
        this.folder = folder;
        TestAuthority.Holder shown = AUTHORITY.server("localhost");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", shown.key(), new char[0], shown.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.createContext("/agent", this::answer);
        server.start();
    }

    ServerAddress address() {
        return new ServerAddress("localhost", server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        answering.incrementAndGet();
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (trouble.answered(exchange)) {
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/agent")) {
                soap(exchange);
            } else if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, path.substring("/agent/files/".length()));
            } else {
                get(exchange, path.substring("/agent/files/".length()));
            }
        } finally {
            answering.decrementAndGet();
        }
    }

    /** Waits until what a killed agent had sent is dealt with, and no more of it comes. */
    void awaitRest() throws InterruptedException {
        for (int calm = 0; calm < 10; calm++) {
            Thread.sleep(5);
            if (answering.get() > 0) {
                calm = -1;
            }
        }
    }

    private void soap(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var said = CODEC.read(new ByteArrayInputStream(body), io.fairlead.contract.agent.Transfer.class);
        TransferResponse answer = new TransferResponse();
        answer.setId(said.getId());
        answer.setServerTime(Instant.now());
        answer.setState(TransferState.WANTED);
        synchronized (this) {
            if (cancelled.containsKey(said.getId())) {
                answer.setState(TransferState.CANCELLED);
            } else if (said.getOffer() != null) {
                Upload upload = uploads.computeIfAbsent(
                        said.getId(), id -> new Upload(said.getOffer(), folder.resolve("upload-" + id)));
                upload.complete |= upload.offer.getSize() == 0;
                answer.setOffset(upload.offset);
                answer.setState(upload.complete ? TransferState.COMPLETE : TransferState.WANTED);
            } else if (said.getEnd() != null) {
                ends.put(said.getId(), said.getEnd());
                answer.setState(TransferState.COMPLETE);
            }
        }
        respond(exchange, 200, "text/xml; charset=utf-8", CODEC.write(answer));
    }

    private void put(HttpExchange exchange, String id) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        long from = Long.parseLong(range.substring("bytes ".length(), range.indexOf('-')));
        byte[] chunk = count(exchange.getRequestBody());
        if (cancelled.containsKey(id)) {
            fault(exchange, Fault.TRANSFER_ENDED);
            return;
        }
        synchronized (this) {
            Upload upload = uploads.get(id);
            if (from != upload.offset) {
                exchange.getResponseHeaders().set("Fairlead-Offset", String.valueOf(upload.offset));
                fault(exchange, Fault.OFFSET);
                return;
            }
            try (RandomAccessFile file = new RandomAccessFile(upload.file.toFile(), "rw")) {
                file.seek(from);
                file.write(chunk);
            }
            upload.offset += chunk.length;
            if (upload.offset == upload.offer.getSize()) {
                if (!sha256(upload.file).equals(upload.offer.getSha256())) {
                    upload.offset = 0;
                    fault(exchange, Fault.DIGEST);
                    return;
                }
                upload.complete = true;
            }
            exchange.sendResponseHeaders(upload.complete ? 200 : 204, -1);
        }
    }

    /** What a killed sender has sent of a chunk counts too. */
    private byte[] count(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            bytesIn.addAndGet(n);
            all.write(piece, 0, n);
        }
        return all.toByteArray();
    }

    private void get(HttpExchange exchange, String id) throws IOException {
        byte @Nullable [] content = downloads.get(id);
        if (content == null || cancelled.containsKey(id)) {
            fault(exchange, Fault.TRANSFER_ENDED);
            return;
        }
        String[] range = exchange.getRequestHeaders()
                .getFirst("Range")
                .substring("bytes=".length())
                .split("-", 2);
        int from = Integer.parseInt(range[0]);
        int length = Integer.parseInt(range[1]) + 1 - from;
        bytesOut.addAndGet(length);
        exchange.sendResponseHeaders(206, length);
        exchange.getResponseBody().write(content, from, length);
    }

    static void fault(HttpExchange exchange, Fault fault) throws IOException {
        exchange.getResponseHeaders().set("Fairlead-Fault", fault.key());
        if (fault.retryAfterSeconds() > 0) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.sendResponseHeaders(fault.status(), -1);
    }

    /** The same in the words of the way: SOAP's to an operation. */
    static void refuse(HttpExchange exchange, Fault fault) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/agent")) {
            respond(exchange, 500, "text/xml; charset=utf-8", CODEC.fault(fault, "c1"));
        } else {
            fault(exchange, fault);
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sending.sha256().digest(bytes));
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = Sending.sha256();
        try (InputStream in = java.nio.file.Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

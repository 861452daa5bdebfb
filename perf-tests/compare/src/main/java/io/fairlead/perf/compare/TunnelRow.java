package io.fairlead.perf.compare;

import io.fairlead.enterprise.app.RelayProgram;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What one stream through the relay costs beside HAProxy and stunnel, all with TLS on both legs and AES-256: bytes a second,
 * and CPU-seconds of the process a GB, without those of the JVM's compilers. Wants Debian's haproxy and stunnel4.
 */
final class TunnelRow implements Row {
    private static final int MILLIS = 4_000;
    /** Runs of each way before any counts: the JVM compiles for some ten seconds of a stream. */
    private static final int WARMING = 4;

    private static final String HAPROXY = "HAProxy";
    private static final Goal RATE = Goal.atLeast(0.95);
    private static final Goal COST = Goal.atMost(1.0);
    private static final double RECORDED_RATE_SHARE = 0.8;
    private static final Goal RECORDED_RATE = Goal.atLeast(RECORDED_RATE_SHARE);
    private static final String RATE_TEXT = "one stream, recording off, MB/s";
    private static final String COST_TEXT = "the same, CPU-seconds a GB";
    private static final String RECORDED_TEXT = "one stream, recording on, MB/s";

    /** One run: MB/s, and CPU-seconds a GB. */
    private record Run(double rate, double cpu) {}

    /** What is measured: its process, how a run is asked for, and the runs so far. */
    private record Way(long pid, Line line, List<Run> runs) {
        Way(long pid, Line line) {
            this(pid, line, new ArrayList<>());
        }
    }

    private interface Line {
        String text() throws IOException;
    }

    @Override
    public String name() {
        return "4";
    }

    @Override
    public String title() {
        return "one tunnel stream beside HAProxy and stunnel, TLS on both legs";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(
                Finding.missing("4a", RATE_TEXT, RATE, whyNot),
                Finding.missing("4b", COST_TEXT, COST, whyNot),
                Finding.missing("4c", RECORDED_TEXT, RECORDED_RATE, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        for (String tool : List.of("haproxy", "stunnel")) {
            if (!Bench.has(tool)) {
                throw new CannotMeasure(tool + " is not installed (Debian: haproxy, stunnel4)");
            }
        }
        Path pem = pem(bench);
        Path folder = bench.folder().resolve("relay");
        Program relay = bench.program(Bench.MEASURED, RelayProgram.class, folder.toString());
        String[] ports = relay.hear("ports");
        Program load = bench.program(Bench.OTHERS, TunnelLoad.class, pem.toString());
        int sink = Integer.parseInt(load.hear("port")[1]);
        int millis = effort.of(MILLIS);
        Way plain = new Way(relay.pid(), () -> stream(relay, ports, "plain", millis));
        Way haproxy = proxy(haproxy(bench, sink, pem), millis);
        Way recorded = new Way(relay.pid(), () -> stream(relay, ports, "recorded", millis));
        Way stunnel = proxy(stunnel(bench, sink, pem), millis);
        List<Way> order = new ArrayList<>(List.of(plain, haproxy, recorded, stunnel));
        for (int turn = -WARMING; turn < effort.rounds(); turn++) {
            for (Way way : order) {
                Run run = run(load, way);
                if (turn >= 0) {
                    way.runs().add(run);
                }
            }
            Collections.reverse(order);
            deleteRecordings(folder);
        }
        String[] arithmetic =
                bench.program(Bench.MEASURED, RecordingArithmetic.class).hear("arithmetic");
        return findings(
                plain.runs(),
                recorded.runs(),
                haproxy.runs(),
                stunnel.runs(),
                Double.parseDouble(arithmetic[1]),
                Double.parseDouble(arithmetic[2]));
    }

    private static Measurement findings(
            List<Run> plain, List<Run> recorded, List<Run> haproxy, List<Run> stunnel, double hash, double seal) {
        List<Round> rate = new ArrayList<>();
        List<Round> cost = new ArrayList<>();
        List<Round> recordedRate = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            rate.add(new Round(plain.get(i).rate(), haproxy.get(i).rate()));
            cost.add(new Round(plain.get(i).cpu(), haproxy.get(i).cpu()));
            recordedRate.add(new Round(recorded.get(i).rate(), haproxy.get(i).rate()));
        }
        return new Measurement(
                List.of(
                        Finding.measured("4a", RATE_TEXT, HAPROXY, Judged.RATIO, RATE, rate),
                        Finding.measured("4b", COST_TEXT, HAPROXY, Judged.RATIO, COST, cost),
                        Finding.measured("4c", RECORDED_TEXT, HAPROXY, Judged.RATIO, RECORDED_RATE, recordedRate)),
                List.of(
                        "Frames are as large as an agent's; the load sends 16 of them at once. The relay with recording on"
                                + " takes " + Numbers.text(cost(recorded))
                                + " CPU-seconds a GB; stunnel, one process from TLS"
                                + " to the clear and on to TLS, carries " + Numbers.text(rate(stunnel)) + " MB/s at "
                                + Numbers.text(cost(stunnel)) + " CPU-seconds a GB (medians).",
                        "A recording is enciphered and hashed, byte for byte, by the process that carries the stream. On this core"
                                + " SHA-256 takes " + Numbers.text(hash) + " CPU-seconds a GB and AES-256-GCM "
                                + Numbers.text(seal) + ", before anything is carried or written; carrying takes "
                                + Numbers.text(cost(plain)) + ". That makes "
                                + Numbers.text(hash + seal + cost(plain))
                                + ", and one core carries 0.8 of HAProxy's MB/s only with "
                                + Numbers.text(1e3 / (RECORDED_RATE_SHARE * rate(haproxy))) + " in all."));
    }

    private static double rate(List<Run> runs) {
        return Numbers.median(runs.stream().mapToDouble(Run::rate).toArray());
    }

    private static double cost(List<Run> runs) {
        return Numbers.median(runs.stream().mapToDouble(Run::cpu).toArray());
    }

    private static String stream(Program relay, String[] ports, String kind, int millis) throws IOException {
        String[] stream = relay.ask(kind, "stream");
        return String.join(" ", "relay", ports[1], ports[2], stream[1], stream[2], stream[3], "" + millis);
    }

    /** A proxy and the port at which it listens. */
    private record Proxy(Process process, int port) {}

    private static Way proxy(Proxy proxy, int millis) {
        return new Way(proxy.process().pid(), () -> "proxy " + proxy.port() + " " + millis);
    }

    private static Run run(Program load, Way way) throws IOException {
        String line = way.line().text();
        double before = Usage.secondsWithoutCompilers(way.pid());
        String[] came = load.ask(line, "came");
        double bytes = Double.parseDouble(came[1]);
        return new Run(
                bytes / Double.parseDouble(came[2]) * 1e3, Usage.secondsSince(way.pid(), before) / (bytes / 1e9));
    }

    private static void deleteRecordings(Path folder) throws IOException {
        try (var all = Files.list(folder.resolve("recordings"))) {
            for (Path each : all.toList()) {
                boolean unusedThere = Files.deleteIfExists(each);
            }
        }
    }

    private static Path pem(Bench bench) throws IOException, GeneralSecurityException {
        DataFolder data = new DataFolder(bench.folder().resolve("own"));
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        Credential own = new OwnCertificates(authority, data, Clock.systemUTC()).server("load", Set.of("localhost"));
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : own.chain()) {
            append(text, "CERTIFICATE", each.getEncoded());
        }
        append(text, "PRIVATE KEY", own.key().getEncoded());
        return Files.writeString(bench.folder().resolve("load.pem"), text.toString());
    }

    private static void append(StringBuilder text, String kind, byte[] bytes) {
        text.append("-----BEGIN ").append(kind).append("-----\n");
        text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
        text.append("\n-----END ").append(kind).append("-----\n");
    }

    private static Proxy haproxy(Bench bench, int to, Path pem) throws IOException, InterruptedException {
        int port = Bench.freePort();
        Path config = Files.writeString(bench.folder().resolve("haproxy.cfg"), """
                global
                  nbthread 1
                  tune.bufsize 65536
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 1m
                  timeout server 1m
                listen one
                  bind 127.0.0.1:%d ssl crt %s ciphersuites TLS_AES_256_GCM_SHA384
                  server sink 127.0.0.1:%d ssl verify none ciphersuites TLS_AES_256_GCM_SHA384
                """.formatted(port, pem, to));
        return new Proxy(
                bench.listening(Bench.MEASURED, port, List.of("haproxy", "-f", config.toString(), "-db")), port);
    }

    /** One process, from TLS to the clear and on to TLS. */
    private static Proxy stunnel(Bench bench, int to, Path pem) throws IOException, InterruptedException {
        int port = Bench.freePort();
        int middle = Bench.freePort();
        Path config =
                Files.writeString(bench.folder().resolve("stunnel.conf"), """
                foreground = yes
                pid =
                [in]
                accept = 127.0.0.1:%d
                connect = 127.0.0.1:%d
                cert = %s
                ciphersuites = TLS_AES_256_GCM_SHA384
                [out]
                client = yes
                accept = 127.0.0.1:%d
                connect = 127.0.0.1:%d
                ciphersuites = TLS_AES_256_GCM_SHA384
                """.formatted(port, middle, pem, middle, to));
        return new Proxy(bench.listening(Bench.MEASURED, port, List.of("stunnel", config.toString())), port);
    }
}

package io.fairlead.enterprise.app;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one stream through the relay costs beside HAProxy and stunnel, all with TLS on both legs and AES-256: bytes a second,
 * and CPU-seconds of the process a GB by the operating system's accounting. No test: it is run by name,
 * {@code mvn -pl enterprise -am test -Dtest=TunnelFigures}. Who is measured has the first core and the load the second; all
 * are measured in turns, because the machine may have other things to do. Wants Debian's haproxy and stunnel4.
 */
class TunnelFigures {
    private static final int SECONDS = 4;
    private static final int TURNS = 7;
    /** Of the kernel's accounting, as Linux has it everywhere. */
    private static final double TICKS = 100;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    /** One run: MB/s, and CPU-seconds a GB. */
    private record Run(double rate, double cpu) {}

    /** A process that answers lines. */
    private final class Talk {
        private final Process process;
        private final BufferedReader out;
        private final Writer in;

        Talk(String core, Class<?> main, String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    "taskset",
                    "-c",
                    core,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()));
            command.addAll(List.of(arguments));
            process = start(command);
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            in = process.outputWriter(StandardCharsets.US_ASCII);
        }

        String[] hear(String word) throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(word + " ")) {
                    return line.split(" ");
                }
            }
            throw new IOException(
                    "it ended before it said " + word + ": " + Files.readString(folder.resolve("said.txt")));
        }

        void say(String line) throws IOException {
            in.write(line + "\n");
            in.flush();
        }
    }

    /** What is measured: how a run is asked for. */
    private interface Way {
        String line() throws IOException;
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process each : started) {
            each.destroyForcibly().waitFor();
        }
    }

    @Test
    @Timeout(600)
    void one_stream_beside_haproxy_and_stunnel() throws Exception {
        Path pem = pem();
        Talk relay = new Talk("0", FiguresRelay.class, folder.resolve("relay").toString());
        String[] ports = relay.hear("ports");
        Talk load = new Talk("1", FiguresLoad.class, pem.toString());
        int sink = Integer.parseInt(load.hear("port")[1]);
        int haproxy = freePort();
        Process haproxyProcess = haproxy(haproxy, sink, pem);
        int stunnel = freePort();
        Process stunnelProcess = stunnel(stunnel, sink, pem);

        Map<String, Way> ways = new LinkedHashMap<>();
        Map<String, Long> pids = new LinkedHashMap<>();
        for (String kind : List.of("plain", "recorded")) {
            ways.put("relay " + kind, () -> {
                relay.say(kind);
                String[] stream = relay.hear("stream");
                return String.join(" ", "relay", ports[1], ports[2], stream[1], stream[2], stream[3], "" + SECONDS);
            });
            pids.put("relay " + kind, relay.process.pid());
        }
        ways.put("haproxy", () -> "proxy " + haproxy + " " + SECONDS);
        pids.put("haproxy", haproxyProcess.pid());
        ways.put("stunnel", () -> "proxy " + stunnel + " " + SECONDS);
        pids.put("stunnel", stunnelProcess.pid());

        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (int turn = -1; turn < TURNS; turn++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                Run run = run(load, way.getValue(), pids.get(way.getKey()));
                if (turn >= 0) {
                    runs.computeIfAbsent(way.getKey(), key -> new ArrayList<>()).add(run);
                }
            }
            deleteRecordings();
        }
        double[] rates = medians(runs.get("haproxy"));
        runs.forEach((name, all) -> {
            double[] own = medians(all);
            System.out.printf(
                    "%-14s %6.0f MB/s, %.2f of HAProxy's; %.2f CPU-s/GB, %.2f of HAProxy's%n",
                    name, own[0], own[0] / rates[0], own[1], own[1] / rates[1]);
        });
    }

    private Run run(Talk load, Way way, long pid) throws Exception {
        double before = cpu(pid);
        load.say(way.line());
        String[] came = load.hear("came");
        double bytes = Double.parseDouble(came[1]);
        return new Run(bytes / Double.parseDouble(came[2]) * 1e3, (cpu(pid) - before) / (bytes / 1e9));
    }

    private static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    private static double[] medians(List<Run> runs) {
        double[] rates = runs.stream().mapToDouble(Run::rate).sorted().toArray();
        double[] costs = runs.stream().mapToDouble(Run::cpu).sorted().toArray();
        return new double[] {rates[rates.length / 2], costs[costs.length / 2]};
    }

    private void deleteRecordings() throws IOException {
        try (var all = Files.list(folder.resolve("relay/recordings"))) {
            for (Path each : all.toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private Path pem() throws Exception {
        DataFolder data = new DataFolder(folder.resolve("own"));
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        Credential own = new OwnCertificates(authority, data, Clock.systemUTC()).server("load", Set.of("localhost"));
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(own.leaf());
            pem.writeObject(new JcaPKCS8Generator(own.key(), null));
        }
        return Files.writeString(folder.resolve("load.pem"), text.toString());
    }

    private Process haproxy(int port, int to, Path pem) throws IOException {
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), """
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
        return listening(port, List.of("taskset", "-c", "0", "haproxy", "-f", config.toString(), "-db"));
    }

    /** One process, from TLS to the clear and on to TLS. */
    private Process stunnel(int port, int to, Path pem) throws IOException {
        int middle = freePort();
        Path config = Files.writeString(folder.resolve("stunnel.conf"), """
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
        return listening(port, List.of("taskset", "-c", "0", "stunnel", config.toString()));
    }

    private Process listening(int port, List<String> command) throws IOException {
        Process process = start(command);
        for (int tries = 0; tries < 200; tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assert socket.isConnected();
                return process;
            } catch (IOException notYet) {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
        throw new IOException(command + " does not listen");
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("said.txt").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}

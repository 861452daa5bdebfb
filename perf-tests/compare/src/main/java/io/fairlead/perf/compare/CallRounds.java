package io.fairlead.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two servers that are asked the same by the same load, in turns: answers a CPU-second of each. */
record CallRounds(Program load, int connections) {
    /**
     * What is asked of one of them.
     *
     * @param name one word, by which the load knows it
     * @param pid of the server
     * @param port where it listens
     * @param request head and body
     * @param status of each answer
     * @param word a word that each answer has so often
     */
    record Called(String name, long pid, int port, String request, int status, String word, int words) {}

    /** Starts the load. */
    static CallRounds by(Bench bench, int connections) throws IOException {
        return new CallRounds(bench.program(Bench.OTHERS, CallLoad.class), connections);
    }

    /** Has the load know a server. */
    void know(Bench bench, Called called) throws IOException {
        Path request = Files.writeString(bench.folder().resolve(called.name() + ".request"), called.request());
        load.say("side %s %d %d %s %d %s %d"
                .formatted(
                        called.name(),
                        called.port(),
                        connections,
                        request,
                        called.status(),
                        called.word(),
                        called.words()));
    }

    /** The ETag of an answer to what is asked of a server. */
    String tag(Called called) throws IOException {
        return load.ask("tag " + called.name(), "tag")[1];
    }

    /**
     * Both in turns.
     *
     * @param warming calls of each before anything counts
     * @param calls of each in a round
     */
    List<Round> measured(Called product, Called reference, Effort effort, int warming, int calls) throws Exception {
        int each = effort.of(calls);
        List<Turn<Double>> unused = Turn.taken(
                (effort.of(warming) + each - 1) / each, () -> rate(product, each), () -> rate(reference, each));
        return Turn.rounds(
                Turn.taken(effort.rounds(), () -> rate(product, each), () -> rate(reference, each)),
                Double::doubleValue);
    }

    private double rate(Called called, int calls) throws IOException {
        // Connections that have been idle are closed by any server; handshakes are not what is measured here.
        String[] unusedOpen = load.ask("open " + called.name(), "open");
        double before = Usage.secondsWithoutCompilers(called.pid());
        String[] unusedTook = load.ask("calls " + called.name() + " " + calls, "took");
        return calls / Usage.secondsSince(called.pid(), before);
    }
}

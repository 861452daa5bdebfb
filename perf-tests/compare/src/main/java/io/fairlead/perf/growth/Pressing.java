package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Bench;
import io.fairlead.perf.compare.ProductServer;
import io.fairlead.perf.compare.Program;
import io.fairlead.perf.compare.ReportLoad;
import io.fairlead.perf.compare.Usage;
import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Registration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Devices that report without a pause, beside whatever else is measured: each has one report of 9 values under way, and sends the
 * next when it was told that it is committed. They never poll.
 */
final class Pressing {
    private static final String SIDE = "server";
    /** Each start of a device's numbers is another epoch; a device may have ten new ones an hour. */
    private int epochs;

    private final Program load;

    private Pressing(Program load) {
        this.load = load;
    }

    /**
     * What came of it.
     *
     * @param server seconds of processor time of the server, its compilers' left out
     * @param postgres the same of PostgreSQL
     */
    record Ingest(double reports, double seconds, double server, double postgres) {
        /** What is left without what the two processes do anyhow, in cores; a tenth at least. */
        Ingest without(double serverCores, double postgresCores) {
            return new Ingest(
                    reports,
                    seconds,
                    Math.max(server / 10, server - serverCores * seconds),
                    Math.max(postgres / 10, postgres - postgresCores * seconds));
        }

        double perServerSecond() {
            return reports / server;
        }

        double postgresMicros() {
            return postgres / reports * 1e6;
        }
    }

    /** Enrols so many, and starts the process that reports for them. */
    static Pressing start(Bench bench, ProductServer server, int devices, Progress progress)
            throws IOException, InterruptedException {
        List<Registration> all = IntStream.rangeClosed(1, devices)
                .mapToObj(i -> Registration.plain("press-%04d".formatted(i)))
                .toList();
        Path folder = folder(bench);
        Identities enrolled = Identities.enrolled(
                folder,
                all,
                server.socket(),
                (done, wanted) -> progress.far("enrolled, to report without a pause", done, wanted),
                Clock.systemUTC());
        assert enrolled.all().size() == devices;
        return new Pressing(bench.program(Bench.OTHERS, ReportLoad.class, folder.toString()));
    }

    /** Where their identities are. */
    static Path folder(Bench bench) {
        return bench.folder().resolve("pressing");
    }

    /** Whom they report to from now on; its numbers begin anew. */
    void at(ProductServer server) throws IOException {
        load.say("side " + SIDE + " " + server.agents() + " " + "%032x".formatted(++epochs) + " true");
    }

    /** Reports for so long. */
    Ingest press(ProductServer server, Duration time) throws IOException {
        // Connections that have been idle are closed by any server; handshakes are not what is measured here.
        String[] unused = load.ask("open " + SIDE, "open");
        double cpu = Usage.secondsWithoutCompilers(server.pid());
        double postgres = server.postgresSeconds();
        String[] came = load.ask("run " + SIDE + " " + time.toMillis(), "came");
        return new Ingest(
                Double.parseDouble(came[1]),
                Double.parseDouble(came[2]) / 1e9,
                Usage.secondsSince(server.pid(), cpu),
                Math.max(0, server.postgresSeconds() - postgres));
    }
}

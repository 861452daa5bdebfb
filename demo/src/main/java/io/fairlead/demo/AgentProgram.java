package io.fairlead.demo;

import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One station as it would stand at a customer's: the instrument, its folder, {@code site.conf}, and the agent as a
 * process.
 *
 * <pre>
 *   DATA/agents/DEMO-1/            the demo's user
 *     site.conf                    the demo's user; the agent only reads it
 *     instrument/                  the demo's user; the instrument writes here
 *     data/                        the agent's user, closed to others
 *     received/                    the agent's user: files for the instrument
 * </pre>
 */
final class AgentProgram {
    private static final Duration LONGEST_ENROLMENT = Duration.ofSeconds(60);

    private final Settings settings;
    private final Station station;
    private final Account account;
    private final Programs programs;
    private final Path site;
    private final Path data;
    private final Analyser analyser;
    private final Child child;

    AgentProgram(Settings settings, Station station, Account account, Programs programs, Clock clock)
            throws IOException {
        this.settings = settings;
        this.station = station;
        this.account = account;
        this.programs = programs;
        Path home = settings.data().resolve("agents").resolve(station.device());
        Path instrument = home.resolve("instrument");
        this.site = home.resolve("site.conf");
        this.data = home.resolve("data");
        Modes.readableFolder(home);
        Path received = home.resolve("received");
        for (Path own : List.of(data, received)) {
            if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(own);
                account.give(own);
            }
        }
        Files.writeString(site, SiteFile.of(settings.agentsServer(), instrument, received, station.instrument()));
        Modes.readableFile(site);
        this.analyser = new Analyser(station.instrument(), instrument, clock);
        List<String> run = new ArrayList<>(
                programs.agent("run", "--console", "--data", data.toString(), "--site", site.toString()));
        run.addAll(account.options());
        this.child = new Child(station.device(), account.command(run), settings.log(station.device()), true);
    }

    Station station() {
        return station;
    }

    /** The instrument begins to write, and the agent to watch; it enrols first when server and agent do not know each other. */
    void start(Server server) throws IOException, InterruptedException {
        analyser.start();
        if (!Files.exists(marker()) || !known(server)) {
            JsonObject enrolment = server.call("enrol", station.registration());
            enrol(enrolment.getString("enrolment"));
            Files.writeString(marker(), "");
        }
        child.start();
    }

    /** Says that this agent has enrolled; its own data can be another user's, and so closed to an ordinary demo. */
    private Path marker() {
        return site.resolveSibling("enrolled");
    }

    private boolean known(Server server) {
        try {
            return server.call("device", new JsonObject().put("device", station.device()))
                    .getBoolean("enrolled", false);
        } catch (CommandRefused unknown) {
            return false;
        }
    }

    private void enrol(String enrolment) throws IOException, InterruptedException {
        Path log = settings.log(station.device() + "-enrol");
        List<String> command =
                new ArrayList<>(programs.agent("enrol", "-", "--data", data.toString(), "--site", site.toString()));
        command.addAll(account.options());
        Process process = new ProcessBuilder(account.command(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            // Not an argument: those are shown to every account of the machine.
            in.write((enrolment + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(LONGEST_ENROLMENT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new Stopped(
                    station.device() + " did not enrol within " + LONGEST_ENROLMENT.toSeconds() + " s; see " + log);
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(log).strip();
            throw new Stopped(station.device() + " could not enrol: "
                    + said.lines().reduce((a, b) -> b).orElse("") + " (see " + log + ")");
        }
    }

    void askToStop() {
        analyser.close();
        child.askToStop();
    }

    void awaitStop() {
        child.awaitStop(Duration.ofSeconds(10));
    }

    String lastWords() {
        return child.lastWords();
    }
}

package io.fairlead.agent.app;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.CurrentIdentity;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.agent.status.StatusSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What the agent tries of itself when it is asked to: a line each, {@code pass} or {@code FAIL}, and what it found. */
record SelfTest(
        Path data, Site site, TrustedTime time, CurrentIdentity identity, Outbox outbox, DiskFloor floor, Clock clock) {
    private static final Duration SOON = Duration.ofDays(7);

    String text() {
        StringBuilder text = new StringBuilder(1000);
        Optional<Duration> wrong = time.wrongBy();
        line(
                text,
                "clock",
                wrong.isEmpty(),
                wrong.map(by -> by.toSeconds() + " s ahead of the server's").orElse("right"));
        line(text, "link", time.fresh(), time.fresh() ? "the enterprise was heard since the start" : "not heard yet");
        Instant until = identity.kept().certificate().getNotAfter().toInstant();
        line(text, "identity", until.isAfter(time.now().plus(SOON)), "certificate valid until " + until);
        floor.levels()
                .forEach(level ->
                        line(text, "disk", !level.reached(), level.free() + " bytes free at " + level.folder()));
        line(text, "storage", stores(), "write, force and read in the data folder");
        outbox.status(clock.instant())
                .forEach(each -> text.append("info  spool  ")
                        .append(each.key())
                        .append(": ")
                        .append(each.words())
                        .append('\n'));
        Optional<String> denial = site.guard().judge().denial();
        line(text, "site.conf", denial.isEmpty(), denial.orElse("believed"));
        StatusSources sources = site.config().sources();
        sources.logs().forEach(log -> folder(text, "log " + log.name(), log.folder()));
        sources.results().forEach(results -> folder(text, "results " + results.name(), results.folder()));
        sources.commands().forEach(command -> {
            Path program = Path.of(command.command().get(0));
            line(
                    text,
                    "command " + command.name(),
                    !program.isAbsolute() || Files.isExecutable(program),
                    program.toString());
        });
        return text.toString();
    }

    private static void folder(StringBuilder text, String what, Path folder) {
        boolean readable = Files.isDirectory(folder) && Files.isReadable(folder);
        line(text, what, readable, folder + (readable ? "" : " is no folder that this account can read"));
    }

    private static void line(StringBuilder text, String what, boolean pass, String found) {
        text.append(pass ? "pass  " : "FAIL  ")
                .append(what)
                .append("  ")
                .append(found)
                .append('\n');
    }

    private boolean stores() {
        byte[] tried = clock.instant().toString().getBytes(StandardCharsets.US_ASCII);
        Durable file = new Durable(data.resolve("self-test"));
        try {
            file.replace(tried);
            boolean same =
                    file.read().filter(read -> Arrays.equals(read, tried)).isPresent();
            file.delete();
            return same;
        } catch (IOException e) {
            return false;
        }
    }
}

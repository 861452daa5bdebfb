package io.fairlead.agent.status;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Runs a command that {@code site.conf} names and reads its output line by line, as a log is read. */
final class CommandProbe implements Probe {
    private final CommandSource source;
    private final SiteTrust trust;
    private final LineMatcher matcher;
    private final CommandRun runs = new CommandRun();

    CommandProbe(CommandSource source, SiteTrust trust) {
        this.source = source;
        this.trust = trust;
        this.matcher = new LineMatcher(name(), source.patterns());
    }

    @Override
    public String name() {
        return "command:" + source.name();
    }

    @Override
    public Duration period() {
        return source.period();
    }

    @Override
    public void look(Findings findings) throws IOException, ProbeTrouble, InterruptedException {
        Optional<String> refusal = trust.refusal(source);
        if (refusal.isPresent()) {
            throw new ProbeTrouble("not run: " + refusal.get());
        }
        CommandRun.Ended ended = runs.run(source.command(), source.timeout());
        ended.output().lines().filter(line -> !line.isBlank()).forEach(line -> matcher.line(cut(line), findings));
        if (!ended.well()) {
            throw new ProbeTrouble(ended.how(source.timeout()));
        }
    }

    @Override
    public void close() {
        runs.close();
    }

    private static String cut(String line) {
        return line.length() > LineFeed.MAX_LINE ? line.substring(0, LineFeed.MAX_LINE) : line;
    }
}

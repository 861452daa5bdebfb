package io.fairlead.agent.status;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The diagnostics that {@code site.conf} names; nothing else can be run, and nothing can be added to them. */
public final class Diagnostics implements AutoCloseable {
    private static final int SHOWN_OF_BEGINNING = 300;
    private static final String LEFT_OUT = "\n[…]\n";

    private final List<DiagnosticSource> sources;
    private final CommandRun runs = new CommandRun();

    public Diagnostics(List<DiagnosticSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** How a diagnostic ended; the text has at most 1,024 characters. */
    public sealed interface Diagnosis permits Done, Failed, Unknown {
        String text();
    }

    /** It ended well; the text is its output, with the middle left out when it is too long. */
    public record Done(String text) implements Diagnosis {}

    /** It could not be started, ended with an error or was killed at its time; the text begins with which. */
    public record Failed(String text) implements Diagnosis {}

    /** {@code site.conf} names none such. */
    public record Unknown(String text) implements Diagnosis {}

    /** Runs one and waits for its end, which its time-out bounds. */
    public Diagnosis run(String name) throws InterruptedException {
        Optional<DiagnosticSource> found = find(name);
        if (found.isEmpty()) {
            return new Unknown("site.conf names no diagnostic " + ContractLimits.text(name));
        }
        DiagnosticSource source = found.get();
        try {
            CommandRun.Ended ended = runs.run(source.command(), source.timeout());
            return ended.well()
                    ? new Done(fit(ended.output()))
                    : new Failed(fit(ended.how(source.timeout()) + "\n" + ended.output()));
        } catch (IOException e) {
            return new Failed(fit("not started: " + e.getMessage()));
        }
    }

    /** The diagnostic of this name as it was named at the start. */
    public Optional<DiagnosticSource> find(String name) {
        return sources.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    /** Kills the one that runs, with all it has started; no other runs after it. */
    @Override
    public void close() {
        runs.close();
    }

    /** The beginning says what it is, the end how it came out. */
    private static String fit(String output) {
        String stripped = output.strip();
        if (stripped.length() <= ContractLimits.MAX_TEXT) {
            return ContractLimits.text(stripped);
        }
        int rest = ContractLimits.MAX_TEXT - SHOWN_OF_BEGINNING - LEFT_OUT.length();
        return ContractLimits.text(
                stripped.substring(0, SHOWN_OF_BEGINNING) + LEFT_OUT + stripped.substring(stripped.length() - rest));
    }
}

package io.fairlead.agent.status;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The diagnostics that {@code site.conf} names; nothing else can be run, and nothing can be added to them. */
public final class Diagnostics {
    private static final int SHOWN_OF_BEGINNING = 300;
    private static final String LEFT_OUT = "\n[…]\n";

    private final List<DiagnosticSource> sources;

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
        @Nullable DiagnosticSource source = find(name);
        if (source == null) {
            return new Unknown("site.conf names no diagnostic " + ContractLimits.text(name));
        }
        try {
            CommandRun.Ended ended = CommandRun.run(source.command(), source.timeout());
            return ended.well()
                    ? new Done(fit(ended.output()))
                    : new Failed(fit(ended.how(source.timeout()) + "\n" + ended.output()));
        } catch (IOException e) {
            return new Failed(fit("not started: " + e.getMessage()));
        }
    }

    private @Nullable DiagnosticSource find(String name) {
        for (DiagnosticSource source : sources) {
            if (source.name().equals(name)) {
                return source;
            }
        }
        return null;
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

package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The token of the last poll's answer, on disk before it is used: with it the enterprise tells two holders of one
 * identity apart. It belongs to an enrolment, and is none after another. One thread replaces it, any may
 * read it.
 */
public final class RollingToken {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{32}) ([0-9a-f]{32})");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Durable file;
    private final String enrolment;
    private volatile Optional<String> current;
    private volatile boolean shown;

    /** @throws IOException when the file is there and cannot be read */
    public RollingToken(Path file, String enrolment) throws IOException {
        this.file = new Durable(file);
        this.enrolment = enrolment;
        this.current = this.file.read().flatMap(this::ours);
    }

    /** What the next poll carries; empty in the first one after enrolment. */
    Optional<String> current() {
        return current;
    }

    /**
     * Whether reports may go: by two polls since the start, or since an answer was lost, this agent has shown that it has
     * the newest token. A copy of a disk must not report before that: its messages bear the numbers of the other's.
     */
    boolean shown() {
        return shown;
    }

    /** As {@link #shown()} from now on; also for an agent that does not poll. */
    public void show(boolean may) {
        shown = may;
    }

    static boolean isOne(String token) {
        return ID.matcher(token).matches();
    }

    /**
     * @throws IOException when it is not on disk; the one before stays current
     * @throws IllegalArgumentException for what {@link #isOne} denies
     */
    void replace(String token) throws IOException {
        if (!isOne(token)) {
            throw new IllegalArgumentException("a token that is none");
        }
        file.replace((enrolment + " " + token + "\n").getBytes(StandardCharsets.US_ASCII));
        current = Optional.of(token);
    }

    private Optional<String> ours(byte[] content) {
        Matcher line = LINE.matcher(new String(content, StandardCharsets.US_ASCII).strip());
        return line.matches() && line.group(1).equals(enrolment) ? Optional.of(line.group(2)) : Optional.empty();
    }
}

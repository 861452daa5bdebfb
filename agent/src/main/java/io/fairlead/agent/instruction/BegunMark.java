package io.fairlead.agent.instruction;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The highest number that was begun in this enrolment, kept apart from the journal: with it an older copy of the journal,
 * in which that number still waits, is known for what it is. The file has one line, {@code ENROLMENT NUMBER}; that of an
 * earlier enrolment counts as none. The {@link Journal}'s lock guards it.
 */
final class BegunMark {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{32}) (\\d{1,18})");

    private final Durable file;
    private final String enrolment;
    private long number;

    /**
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is no such mark
     */
    BegunMark(Path file, String enrolment) throws IOException {
        this.file = new Durable(file);
        this.enrolment = enrolment;
        Optional<byte[]> content = this.file.read();
        if (content.isPresent()) {
            Matcher line = LINE.matcher(new String(content.get(), StandardCharsets.US_ASCII).strip());
            if (!line.matches()) {
                throw new IllegalArgumentException("no mark of what was begun in " + file);
            }
            number = line.group(1).equals(enrolment) ? Long.parseLong(line.group(2)) : 0;
        }
    }

    /** 0 when none was. */
    long number() {
        return number;
    }

    /** On return the mark is on disk. */
    void reach(long begun) throws IOException {
        if (begun > number) {
            file.replace((enrolment + " " + begun + "\n").getBytes(StandardCharsets.US_ASCII));
            number = begun;
        }
    }
}

package io.fairlead.agent.consent;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@link Mute} knows, for the next start: a program that is started anew must not ask anew. A line each, of the words
 * {@code noes ACTION COUNT SINCE} and {@code day ACTION SINCE END}; times by the PC's clock. What cannot be read counts as
 * nothing, and what cannot be written is logged: it holds until the agent's end all the same.
 */
final class MuteFile {
    /** There are fewer actions. */
    private static final int MOST_LINES = 64;

    private static final int WORDS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(MuteFile.class);

    private final Durable file;

    MuteFile(Path file) {
        this.file = new Durable(file);
    }

    /** Noes in a row, the last one at that time. */
    record Noes(String action, int count, Instant since) {}

    /** Said at that time, until that midnight. */
    record Day(String action, Instant since, Instant end) {}

    /** All of it. */
    record Content(List<Noes> noes, List<Day> days) {}

    Content read() {
        List<Noes> noes = new ArrayList<>();
        List<Day> days = new ArrayList<>();
        try {
            String text = new String(file.read().orElse(new byte[0]), StandardCharsets.UTF_8);
            for (String line : text.lines().limit(MOST_LINES).toList()) {
                String[] words = line.split(" ", -1);
                if (words.length != WORDS) {
                    throw new IOException("a line of " + words.length + " words");
                }
                if (words[0].equals("day")) {
                    days.add(new Day(words[1], Instant.parse(words[2]), Instant.parse(words[3])));
                } else {
                    noes.add(new Noes(words[1], Integer.parseInt(words[2]), Instant.parse(words[3])));
                }
            }
        } catch (IOException | DateTimeException | NumberFormatException e) {
            LOG.warn("mute=unreadable file={} cause=\"{}\"", file.file(), e.toString());
        }
        return new Content(noes, days);
    }

    void write(Content content) {
        List<String> lines = new ArrayList<>();
        content.noes().forEach(one -> lines.add("noes " + one.action() + " " + one.count() + " " + one.since()));
        content.days().forEach(one -> lines.add("day " + one.action() + " " + one.since() + " " + one.end()));
        try {
            file.replace(lines.stream()
                    .map(line -> line + "\n")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.error("mute=unwritten cause=\"{}\"", e.toString());
        }
    }
}

package io.fairlead.agent.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which the customer reads what the agent did: one line an entry,
 * {@code 2026-11-21T12:00:00.000Z code key=value …}, forced to disk. At 5 MiB it is moved to {@code FILE.1}; five files
 * are kept in all, years of an ordinary agent's life, and a new file's first line says what went before it. A disk that takes no more never stops the agent: the entries missed are counted, and the count is the
 * first line once there is room. Thread-safe. The file is opened anew for each entry, so that the customer may move it.
 */
public final class LocalAudit {
    static final long MAX_BYTES = 5L << 20;
    static final int MAX_FILES = 5;
    private static final int MAX_VALUE = 300;
    private static final Set<StandardOpenOption> OPTIONS =
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Logger LOG = LoggerFactory.getLogger(LocalAudit.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;
    private final long maxBytes;
    private long missed;

    public LocalAudit(Path file, Clock clock) {
        this(file, clock, MAX_BYTES);
    }

    LocalAudit(Path file, Clock clock, long maxBytes) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    /** Writes one entry; keys and values alternate. Never throws for what the disk does. */
    public synchronized void record(LocalAuditCode code, Object... keysAndValues) {
        if (keysAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a key without a value");
        }
        String lines = line(code, keysAndValues);
        if (missed > 0) {
            lines = line(LocalAuditCode.AUDIT_MISSED, "entries", missed) + lines;
        }
        try {
            append(lines.getBytes(StandardCharsets.UTF_8));
            missed = 0;
        } catch (IOException e) {
            missed++;
            LOG.warn("audit=missed code={} entries={} cause={}", code.code(), missed, e.toString());
        }
    }

    /** Entries that found no room and are not yet told of. */
    public synchronized long missed() {
        return missed;
    }

    private String line(LocalAuditCode code, Object... keysAndValues) {
        StringBuilder line = new StringBuilder(120);
        line.append(TIME.format(Instant.now(clock))).append(' ').append(code.code());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            line.append(' ').append(keysAndValues[i]).append('=').append(plain(String.valueOf(keysAndValues[i + 1])));
        }
        return line.append('\n').toString();
    }

    /**
     * A value that cannot forge an entry or turn the reader's line around: no control or format characters (which takes
     * line breaks and bidirectional marks), quoted when it has a blank, 300 characters at most.
     */
    private static String plain(String value) {
        StringBuilder plain = new StringBuilder(value.length() + 2);
        boolean quote = value.isEmpty();
        for (int i = 0; i < Math.min(value.length(), MAX_VALUE); i++) {
            char c = value.charAt(i);
            int type = Character.getType(c);
            boolean printable = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR;
            quote |= c == ' ' || c == '=' || !printable;
            plain.append(!printable ? ' ' : c == '"' ? '\'' : c);
        }
        if (value.length() > MAX_VALUE) {
            plain.append('…');
        }
        return quote ? "\"" + plain + "\"" : plain.toString();
    }

    private void append(byte[] lines) throws IOException {
        lines = rotated(lines);
        try (FileChannel channel = FileChannel.open(file, OPTIONS, Durable.ownerOnly(file))) {
            long end = channel.size();
            ByteBuffer bytes = ByteBuffer.wrap(endsLine(channel, end) ? lines : onNewLine(lines));
            try {
                long at = end;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
                channel.force(false);
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
    }

    /** A power cut may leave half a line; the next entry must not continue it. */
    private static boolean endsLine(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end == 0 || channel.read(last, end - 1) < 1 || last.get(0) == '\n';
    }

    private static byte[] onNewLine(byte[] lines) {
        return ByteBuffer.allocate(lines.length + 1).put((byte) '\n').put(lines).array();
    }

    /** Makes room by moving files on; a file that cannot be moved goes on growing, for the newest entry counts most. */
    private byte[] rotated(byte[] lines) throws IOException {
        if (!Files.exists(file) || Files.size(file) + lines.length <= maxBytes) {
            return lines;
        }
        try {
            Path oldest = numbered(MAX_FILES - 1);
            Object[] told = {
                "before",
                numbered(1).getFileName(),
                "from",
                firstTime(file),
                "gone",
                Files.exists(oldest) ? firstTime(oldest) : "nothing"
            };
            for (int i = MAX_FILES - 1; i > 0; i--) {
                Path from = i == 1 ? file : numbered(i - 1);
                if (Files.exists(from)) {
                    Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            byte[] first = line(LocalAuditCode.AUDIT_CONTINUED, told).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(first.length + lines.length)
                    .put(first)
                    .put(lines)
                    .array();
        } catch (IOException e) {
            if (Files.exists(file) && Files.size(file) >= 2 * maxBytes) {
                throw e;
            }
            LOG.warn("audit=not-moved file={} cause={}", file, e.toString());
            return lines;
        }
    }

    /** When a file's first entry was written. */
    private static String firstTime(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            return line == null
                    ? ""
                    : AuditEntry.parse(line)
                            .map(entry -> TIME.format(entry.at()))
                            .orElse("");
        }
    }

    private Path numbered(int i) {
        return numbered(file, i);
    }

    private static Path numbered(Path file, int i) {
        return file.resolveSibling(file.getFileName() + "." + i);
    }

    /** The files that are there, the oldest first. */
    public static List<Path> files(Path newest) {
        List<Path> files = new ArrayList<>();
        for (int i = MAX_FILES - 1; i > 0; i--) {
            files.add(numbered(newest, i));
        }
        files.add(newest);
        files.removeIf(each -> !Files.exists(each));
        return files;
    }
}

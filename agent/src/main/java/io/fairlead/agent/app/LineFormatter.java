package io.fairlead.agent.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line an entry: time in UTC, {@code level=}, {@code thread=}, {@code at=}, then the message's own {@code key=value}.
 * Control characters become blanks, so that no entry is forged; a stack trace follows on indented lines. Both are cut,
 * so that no entry, whatever it repeats, makes a file of the log much longer than it may be.
 */
final class LineFormatter extends Formatter {
    private static final int MOST_MESSAGE = 4_000;
    private static final int MOST_TRACE = 16_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord record) {
        String name = String.valueOf(record.getLoggerName());
        StringBuilder line = new StringBuilder(160)
                .append(TIME.format(record.getInstant()))
                .append(" level=")
                .append(record.getLevel().getName())
                .append(" thread=")
                .append(Thread.currentThread().getName())
                .append(" at=")
                .append(name.substring(name.lastIndexOf('.') + 1))
                .append(' ')
                .append(cut(formatMessage(record), MOST_MESSAGE).replaceAll("\\p{Cntrl}", " "))
                .append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace, true));
            cut(trace.toString(), MOST_TRACE)
                    .lines()
                    .forEach(each -> line.append('\t').append(each).append('\n'));
        }
        return line.toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}

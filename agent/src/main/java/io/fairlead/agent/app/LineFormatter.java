package io.fairlead.agent.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line an entry: time in UTC, {@code level=}, {@code thread=}, {@code at=}, then the message's own {@code key=value}.
 * Control characters become blanks, so that no entry is forged; a stack trace follows on indented lines.
 */
final class LineFormatter extends Formatter {
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
                .append(formatMessage(record).replaceAll("\\p{Cntrl}", " "))
                .append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace, true));
            trace.toString()
                    .lines()
                    .forEach(each -> line.append('\t').append(each).append('\n'));
        }
        return line.toString();
    }
}

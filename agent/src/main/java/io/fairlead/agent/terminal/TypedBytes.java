package io.fairlead.agent.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer types, without the reports of his window's size: {@code ESC [ 8 ; ROWS ; COLUMNS t}, as a terminal answers
 * when it is asked. The last one counts; one that is cut in two behind the first semicolon is put together again. For one thread.
 */
public final class TypedBytes {
    private static final Pattern REPORT = Pattern.compile("\u001b\\[8;(\\d{1,4});(\\d{1,4})t");
    private static final Pattern BEGUN = Pattern.compile("\u001b\\[8;(\\d{0,4}|\\d{1,4};\\d{0,4})$");

    private String held = "";
    private @Nullable WindowSize size;

    /** Takes a piece; returns what of it was typed. */
    public byte[] typed(byte[] piece, int length) {
        String text = held + new String(piece, 0, length, StandardCharsets.ISO_8859_1);
        StringBuilder typed = new StringBuilder();
        Matcher report = REPORT.matcher(text);
        int done = 0;
        while (report.find()) {
            typed.append(text, done, report.start());
            size = WindowSize.of(report.group(1), report.group(2)).orElse(size);
            done = report.end();
        }
        String rest = text.substring(done);
        Matcher begun = BEGUN.matcher(rest);
        int end = begun.find() ? begun.start() : rest.length();
        held = rest.substring(end);
        return typed.append(rest, 0, end).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The size that was reported since this was asked last. */
    public Optional<WindowSize> resized() {
        Optional<WindowSize> reported = Optional.ofNullable(size);
        size = null;
        return reported;
    }
}

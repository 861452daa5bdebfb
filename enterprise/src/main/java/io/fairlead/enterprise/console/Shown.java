package io.fairlead.enterprise.console;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;

/**
 * Texts and figures of devices, as people are shown them. Templates escape markup; here what a device says is made such that
 * it neither hides nor turns round what stands beside it.
 */
public final class Shown {
    /** Beyond this a text is folded. */
    public static final int SHORT = 160;

    private static final int CONTROL_PICTURES = 0x2400;
    private static final double KILO = 1_000;

    private Shown() {}

    /** A text of a device: control characters become their pictures, those that turn or hide become their numbers. */
    public static String text(String said) {
        StringBuilder shown = new StringBuilder(said.length());
        said.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                shown.append((char) c);
            } else if (c < 0x20) {
                shown.append((char) (CONTROL_PICTURES + c));
            } else if (odd(c)) {
                shown.append('⟨').append(String.format("U+%04X", c)).append('⟩');
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean odd(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Its first line, short enough to stand in a table. */
    public static String brief(String said) {
        String line = text(said).strip();
        int end = line.indexOf('\n');
        String first = end < 0 ? line : line.substring(0, end);
        return first.codePointCount(0, first.length()) <= SHORT
                ? first
                : first.substring(0, first.offsetByCodePoints(0, SHORT));
    }

    /** Whether a text has more than {@link #brief} shows. */
    public static boolean folds(String said) {
        return !brief(said).equals(text(said).strip());
    }

    /** A number as people read it: bytes and seconds in units of their size, others with six digits at most. */
    public static String number(double value, String unit) {
        return switch (unit) {
            case "By" -> bytes(value);
            case "s" -> Math.abs(value) >= 120 ? span(Duration.ofSeconds((long) value)) : plain(value) + " s";
            case "" -> plain(value);
            default -> plain(value) + (unit.equals("%") ? " %" : " " + text(unit));
        };
    }

    /** Digits, grouped; a comma stands for nothing else. */
    public static String plain(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size >= 1e12 || size < 1e-4)) {
            return new DecimalFormat("0.#####E0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
        }
        int whole = size < 1 ? 1 : (int) Math.floor(Math.log10(size)) + 1;
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMaximumFractionDigits(Math.max(0, 6 - whole));
        return format.format(value);
    }

    public static String bytes(double count) {
        if (Math.abs(count) < KILO) {
            return plain(count) + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB"};
        double size = count;
        int unit = -1;
        while (Math.abs(size) >= KILO && unit < units.length - 1) {
            size /= KILO;
            unit++;
        }
        DecimalFormat format =
                new DecimalFormat(size < 100 ? "0.#" : "0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(size) + " " + units[unit];
    }

    /** The two largest parts of a time, such as "3 d 4 h". */
    public static String span(Duration time) {
        Duration size = time.abs();
        String text;
        if (size.toDays() > 0) {
            text = size.toDays() + " d " + size.toHoursPart() + " h";
        } else if (size.toHours() > 0) {
            text = size.toHours() + " h " + size.toMinutesPart() + " min";
        } else if (size.toMinutes() > 0) {
            text = size.toMinutes() + " min " + size.toSecondsPart() + " s";
        } else {
            text = size.toSeconds() + " s";
        }
        return time.isNegative() ? "−" + text : text;
    }

    /** Who did something, as the audit names people, in words. */
    public static String who(String audited) {
        if (audited.startsWith("person:")) {
            return audited.substring("person:".length());
        }
        if (audited.startsWith("integration:")) {
            return audited.substring("integration:".length()) + " (account)";
        }
        if (audited.startsWith("os:")) {
            return audited.substring("os:".length()) + " (command line)";
        }
        if (audited.startsWith("device:")) {
            return "the device";
        }
        return audited.equals("server") ? "the server" : audited;
    }
}

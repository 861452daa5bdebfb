package io.fairlead.agent.instruction;

import io.fairlead.contract.agent.Outcome;

/**
 * How a handler ended.
 *
 * @param outcome DONE, FAILED or REFUSED
 * @param detail what it yielded or why not, for the enterprise: plain text, made fit for XML, cut at 1,024 characters
 * @param restart whether the agent is to restart once the result is safe
 */
public record Handled(Outcome outcome, String detail, boolean restart) {
    /** Characters of a detail. */
    public static final int MAX_DETAIL = 1024;

    public Handled {
        if (outcome == Outcome.INTERRUPTED) {
            throw new IllegalArgumentException("a handler that ends is not interrupted");
        }
        detail = plain(detail);
    }

    public static Handled done(String detail) {
        return new Handled(Outcome.DONE, detail, false);
    }

    public static Handled failed(String detail) {
        return new Handled(Outcome.FAILED, detail, false);
    }

    public static Handled refused(String detail) {
        return new Handled(Outcome.REFUSED, detail, false);
    }

    public static Handled doneThenRestart(String detail) {
        return new Handled(Outcome.DONE, detail, true);
    }

    /** XML 1.0 section 2.2 has no place for most control characters, nor for half a surrogate pair. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), MAX_DETAIL));
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            boolean fit =
                    c == '\t' || c == '\n' || (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF;
            int shown = fit ? c : '?';
            if (plain.length() + Character.charCount(shown) > MAX_DETAIL) {
                break;
            }
            plain.appendCodePoint(shown);
            at += Character.charCount(c);
        }
        return plain.toString();
    }
}

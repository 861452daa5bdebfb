package io.fairlead.firewall.format;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Sentences for people in an alphabet that means nothing to any firewall. */
final class Comments {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9 .,:/()+_-]");

    private Comments() {}

    /**
     * Letters, digits, space and {@code . , : / ( ) + _ -} of ASCII; accents are dropped, anything else becomes a full
     * stop. Never empty: a comment without a text is an error to some firewalls.
     *
     * @param most characters
     */
    static String plain(String text, int most) {
        String letters = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
        String fit = OTHERS.matcher(letters).replaceAll(".");
        String comment = fit.substring(0, Math.min(most, fit.length())).strip();
        return comment.isEmpty() ? "." : comment;
    }
}

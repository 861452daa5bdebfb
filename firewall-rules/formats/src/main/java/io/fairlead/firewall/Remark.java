package io.fairlead.firewall;

import java.util.regex.Pattern;

/**
 * A sentence for people: one line of 1 to 300 printable characters of any script, without controls, line or paragraph
 * separators, and without what changes the direction of text. Formats write it as a comment, in an alphabet of their own.
 */
public record Remark(String value) {
    private static final int LONGEST = 300;
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");

    public Remark {
        if (value.isBlank() || value.length() > LONGEST || UNFIT.matcher(value).find()) {
            throw new IllegalArgumentException("is not one line of 1 to " + LONGEST + " printable characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

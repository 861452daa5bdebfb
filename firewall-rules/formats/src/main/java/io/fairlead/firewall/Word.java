package io.fairlead.firewall;

import java.util.regex.Pattern;

/** The name of a product line or a region, as programs say it: 1 to 40 small letters, digits and hyphens. */
public record Word(String value) implements Comparable<Word> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    public Word {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("is 1 to 40 small letters, digits and hyphens, such as blood-analysers");
        }
    }

    @Override
    public int compareTo(Word other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

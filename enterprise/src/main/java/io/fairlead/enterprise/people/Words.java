package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.PlainText;

/** People in words, for other people: plain, and short enough for where they go. */
final class Words {
    private static final String DIVIDERS = " (), ";

    private Words() {}

    /** {@code Anna Berg (anna), Example Service}: the name is always whole, since it says who it was. */
    static String of(String name, String displayName, String organisation, int most) {
        int room = most - name.length() - DIVIDERS.length();
        String display = shortened(displayName, Math.max(room / 2, room - organisation.length()));
        return display + " (" + name + "), " + shortened(organisation, room - display.length());
    }

    /** What is not plain becomes a blank; what is cut ends with a mark that says so. */
    static String shortened(String text, int most) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(PlainText.is(Character.toString(c)) ? c : ' '));
        if (plain.length() <= most) {
            return plain.toString();
        }
        int end = Character.isHighSurrogate(plain.charAt(most - 2)) ? most - 2 : most - 1;
        return plain.substring(0, end) + "…";
    }
}

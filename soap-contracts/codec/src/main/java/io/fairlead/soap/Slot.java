package io.fairlead.soap;

import java.nio.charset.StandardCharsets;

/** Where a value stands: between the tags of an element without attributes, or the quotes of an attribute. */
final class Slot {
    /** What stands before the value, and behind it. */
    final byte[] before;

    final byte[] after;

    private Slot(String before, String after) {
        this.before = ascii(before);
        this.after = ascii(after);
    }

    static Slot element(String name) {
        return new Slot("<" + name + ">", "</" + name + ">");
    }

    static Slot attribute(String name) {
        return new Slot(" " + name + "=\"", "\"");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

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

    /** Where the end of a line stays what it is (XML 1.0 section 3.3.3 has it made a space in attributes). */
    boolean isElement() {
        return after[0] == '<';
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

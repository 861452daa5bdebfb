package io.fairlead.firewall.catalogue;

import com.fasterxml.jackson.databind.JsonNode;

/** What somebody wrote, as it may stand in a sentence. */
final class Quoted {
    private static final int MOST = 60;

    private Quoted() {}

    /** At most 60 printable characters of it. */
    static String of(String text) {
        String printable = printable(text);
        return "\"" + (printable.length() > MOST ? printable.substring(0, MOST) + "…" : printable) + "\"";
    }

    /** On one line. */
    static String printable(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\ufffd");
    }

    /** What kind of thing it is. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "a group of keys";
            case BOOLEAN -> "true or false";
            case NUMBER -> node.isIntegralNumber() ? "a number" : "a fraction";
            case NULL -> "nothing";
            default -> "text";
        };
    }
}

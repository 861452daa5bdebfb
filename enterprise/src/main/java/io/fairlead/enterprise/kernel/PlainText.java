package io.fairlead.enterprise.kernel;

/** Text that a person at the instrument may be shown. */
public final class PlainText {
    private PlainText() {}

    /** Whether it has no control characters, no bidirectional or other format characters and no half characters. */
    public static boolean is(String text) {
        return text.codePoints().allMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        });
    }
}

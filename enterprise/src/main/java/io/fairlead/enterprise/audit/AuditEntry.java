package io.fairlead.enterprise.audit;

/**
 * One deed. Texts may come from far away, so control and format characters in them become spaces, and what is longer
 * than its limit is cut: an entry is never refused, because the deed would be refused with it.
 *
 * @param actor who: {@code os:<user>}, {@code device:<id>} or {@code server}; 1–200 characters
 * @param subject to what, mostly a device's id; at most 200 characters, empty when it concerns the server
 * @param detail the rest, as {@code key=value}; at most 2,000 characters, never a secret
 */
public record AuditEntry(String actor, AuditCode code, String subject, String detail) {
    private static final int NAME_LENGTH = 200;
    private static final int DETAIL_LENGTH = 2_000;

    public AuditEntry {
        actor = clean(actor, NAME_LENGTH);
        subject = clean(subject, NAME_LENGTH);
        detail = clean(detail, DETAIL_LENGTH);
        if (actor.isBlank()) {
            throw new IllegalArgumentException("an audit entry needs an actor");
        }
    }

    private static String clean(String text, int most) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), most));
        text.codePoints().map(AuditEntry::printable).forEach(one -> {
            if (kept.length() + Character.charCount(one) <= most) {
                kept.appendCodePoint(one);
            }
        });
        return kept.toString();
    }

    // Line breaks and escapes would forge lines wherever the audit is shown; bidirectional marks would turn them round.
    // Half a surrogate pair is no text, and PostgreSQL refuses it.
    private static int printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> ' ';
            default -> character;
        };
    }
}

package io.fairlead.enterprise.browser;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed into a form, and what is wrong with it. A handler takes each field by its type; what does not fit becomes a
 * message beside the field, and a stand-in is returned so that all fields are looked at in one go. Then {@link #ok()}
 * decides. Everything that was typed stays, as it was typed, for the form that is shown again. Belongs to one visit.
 */
public final class Form {
    private static final int LONGEST_NUMBER = 18;

    private final Map<String, List<String>> typed;
    private final Map<String, String> messages = new LinkedHashMap<>();

    Form(Map<String, List<String>> typed) {
        this.typed = typed;
    }

    /** A form that nobody has filled in. */
    public static Form blank() {
        return new Form(Map.of());
    }

    /** A form that shows what is so far. */
    public static Form filled(Map<String, String> values) {
        Map<String, List<String>> fields = new HashMap<>();
        values.forEach((name, value) -> fields.put(name, List.of(value)));
        return new Form(fields);
    }

    /** A line of text without space at its ends; control characters are refused. */
    public String text(String field, int least, int most) {
        String text = value(field).strip();
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL)) {
            fault(field, "Line breaks and control characters are not taken here.");
        }
        return sized(field, text, least, most);
    }

    /** Text of several lines. */
    public String lines(String field, int least, int most) {
        String text = value(field).replace("\r\n", "\n").strip();
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t')) {
            fault(field, "Control characters are not taken here.");
        }
        return sized(field, text, least, most);
    }

    private String sized(String field, String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        if (length == 0 && least > 0) {
            fault(field, "This is needed.");
        } else if (length < least) {
            fault(field, "At least " + least + " characters, please; these are " + length + ".");
        } else if (length > most) {
            fault(field, "At most " + most + " characters, please; these are " + length + ".");
        }
        return text;
    }

    /** A whole number; the least one stands in for what is none. */
    public long number(String field, long least, long most) {
        String text = value(field).strip();
        if (text.isEmpty()) {
            fault(field, "This is needed.");
            return least;
        }
        if (!text.matches("[+-]?[0-9]{1," + LONGEST_NUMBER + "}")) {
            fault(field, "A whole number, please, such as " + least + ".");
            return least;
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            fault(field, "From " + least + " to " + most + ", please.");
            return least;
        }
        return number;
    }

    /** A day; empty when nothing was typed or what was typed is none. */
    public Optional<LocalDate> date(String field) {
        String text = value(field).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            // A year of four digits: beyond them a sign stands in front, and no calendar here goes so far.
            if (Character.isDigit(text.charAt(0))) {
                return Optional.of(LocalDate.parse(text));
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        fault(field, "A date, please, such as 2027-01-31.");
        return Optional.empty();
    }

    /** One of some words that are known; the other stands in for what is none. */
    public <E extends Enum<E>> E choice(String field, Class<E> words, E other) {
        String text = value(field).strip();
        for (E each : words.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(text.replace('-', '_'))) {
                return each;
            }
        }
        fault(field, text.isEmpty() ? "Choose one, please." : "This is not one of the choices.");
        return other;
    }

    /** Whether a box is ticked. */
    public boolean ticked(String field) {
        return switch (value(field).toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> true;
            default -> false;
        };
    }

    /** Says what is wrong with a field; the first message stays. An empty field's name is for the form as a whole. */
    public void fault(String field, String message) {
        messages.putIfAbsent(field, message);
    }

    /** Whether nothing is wrong so far. */
    public boolean ok() {
        return messages.isEmpty();
    }

    /** As it was typed; empty when it was not. */
    public String value(String field) {
        List<String> all = values(field);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** All that was chosen in a field with several. */
    public List<String> values(String field) {
        return typed.getOrDefault(field, List.of());
    }

    /** What is wrong with a field; empty when nothing is. */
    public String message(String field) {
        return messages.getOrDefault(field, "");
    }

    /** What is wrong, field by field, in the order in which it was found. */
    public Map<String, String> messages() {
        return Map.copyOf(messages);
    }
}

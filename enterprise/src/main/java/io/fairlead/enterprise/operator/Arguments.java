package io.fairlead.enterprise.operator;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/** A command's arguments. Each getter refuses with {@link Fault#INVALID} and says which argument and why. */
public final class Arguments {
    private final JsonObject values;

    public Arguments(JsonObject values) {
        this.values = values;
    }

    /** Refuses arguments that the command does not know, so that a misspelt one is not silently dropped. */
    void only(String... known) {
        Set<String> names = Set.of(known);
        for (String given : values.fieldNames()) {
            if (!names.contains(given)) {
                throw invalid(
                        given.length() > 40 ? given.substring(0, 40) : given, "is unknown here; known are " + names);
            }
        }
    }

    /** A text that must be there. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> invalid(name, "is missing"));
    }

    /** A text that may be absent; an empty one is there. */
    Optional<String> optionalText(String name) {
        Object value = values.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw invalid(name, "must be a text");
    }

    /** A whole number within bounds, or what stands in for it when it is absent. */
    long number(String name, long least, long most, long otherwise) {
        Object value = values.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most) {
            return ((Number) value).longValue();
        }
        throw invalid(name, "must be a whole number from " + least + " to " + most);
    }

    /** A moment such as 2026-11-21T12:00:00Z, which may be absent. */
    Optional<Instant> moment(String name) {
        return optionalText(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException malformed) {
                throw invalid(name, "must be a time such as 2026-11-21T12:00:00Z");
            }
        });
    }

    /** Why somebody does this, for the audit: one line of at most 300 characters; "-" when he does not say. */
    String reason() {
        String reason = optionalText("reason").map(String::strip).orElse("");
        if (reason.length() > 300 || reason.codePoints().anyMatch(Character::isISOControl)) {
            throw invalid("reason", "is one line of at most 300 characters");
        }
        return reason.isEmpty() ? "-" : reason;
    }

    /** As JSON. */
    @Override
    public String toString() {
        return values.encode();
    }

    private static Refusal invalid(String name, String why) {
        return new Refusal(Fault.INVALID, "argument " + name + " " + why);
    }
}

package io.fairlead.agent.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@link LocalAudit}, read back.
 *
 * @param code as {@link LocalAuditCode#code()} says, or one of another version
 * @param values in their order
 */
public record AuditEntry(Instant at, String code, Map<String, String> values) {
    private static final Pattern VALUE = Pattern.compile(" ([^ =\"]+)=(?:\"([^\"]*)\"|([^ \"]*))");

    /** Empty for a line that is none: the rest of one that a power cut tore. */
    public static Optional<AuditEntry> parse(String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[1].matches("[a-z]+\\.[a-z.-]+")) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = new LinkedHashMap<>();
            Matcher matcher = VALUE.matcher(parts.length < 3 ? "" : " " + parts[2]);
            while (matcher.find()) {
                String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                values.put(matcher.group(1), value);
            }
            return Optional.of(new AuditEntry(Instant.parse(parts[0]), parts[1], values));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A value, or an empty text. */
    public String value(String key) {
        return values.getOrDefault(key, "");
    }
}

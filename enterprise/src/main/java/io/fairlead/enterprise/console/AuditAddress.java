package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.browser.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What is asked of the audit, as it stands in an address. */
final class AuditAddress {
    static final String PATH = "/audit";
    static final String VERIFY = "/audit/verify";

    private static final List<String> NAMES = List.of("from", "to", "who", "what", "subject", "text", "zone");
    private static final int LONGEST = 200;

    private AuditAddress() {}

    /** The filter; what cannot be taken gets its message. */
    static AuditFilter read(Form query) {
        ZoneId zone = zone(query.value("zone"));
        Optional<LocalDate> from = query.date("from");
        Optional<LocalDate> to = query.date("to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            query.fault("to", "This is before the day in “From”.");
        }
        String code = query.value("what").strip();
        if (!code.isEmpty()
                && Arrays.stream(AuditCode.values())
                        .noneMatch(each -> each.code().equals(code))) {
            query.fault("what", "This is not one of the choices.");
        }
        String who = query.text("who", 0, LONGEST);
        String subject = query.text("subject", 0, LONGEST);
        String text = query.text("text", 0, LONGEST);
        String before = query.value("before");
        return new AuditFilter(
                from.map(day -> day.atStartOfDay(zone).toInstant()),
                to.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()),
                Optional.of(actor(who)),
                code.isEmpty() ? Set.of() : Set.of(code),
                subject.isEmpty() ? Optional.empty() : Optional.of(Set.of(subject)),
                Optional.of(text),
                before.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(before)) : Optional.empty());
    }

    /** A bare name is a person's. */
    private static String actor(String who) {
        return who.isEmpty() || who.contains(":") || who.equals("server") ? who : "person:" + who;
    }

    private static ZoneId zone(String said) {
        try {
            return said.isEmpty() ? ZoneOffset.UTC : ZoneId.of(said);
        } catch (DateTimeException none) {
            return ZoneOffset.UTC;
        }
    }

    static boolean isFiltered(Form query) {
        return NAMES.stream()
                .anyMatch(name -> !name.equals("zone") && !query.value(name).isBlank());
    }

    /** An address with the same question; an empty {@code before} for the newest. */
    static String of(String path, Form query, String before) {
        StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");
        NAMES.forEach(name -> add(parts, name, query.value(name)));
        add(parts, "before", before);
        return path + parts;
    }

    /** The address of all that has one value in one field. */
    static String only(String name, String value) {
        return PATH + "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The question for the audit: what was exported. */
    static String words(Form query) {
        return NAMES.stream()
                .filter(name -> !query.value(name).isBlank())
                .map(name -> name + "=" + query.value(name))
                .collect(Collectors.joining(","));
    }

    private static void add(StringJoiner parts, String name, String value) {
        if (!value.isBlank()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

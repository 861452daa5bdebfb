package io.fairlead.enterprise.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries are wanted: those that fit every part.
 *
 * @param from not older, by the time of the deed
 * @param to older than this
 * @param actor exactly this one
 * @param codes one of these, as {@link AuditCode#code()}; empty for all
 * @param subjects one of these. Absent for all; an empty set is nobody's and finds nothing, so that who may see no device
 *     sees nothing
 * @param text this stands somewhere in actor, code, subject or detail; upper and lower case are one
 * @param before only ids below: the page after a list ends, {@link AuditRow#id()} of its last row
 */
public record AuditFilter(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> actor,
        Set<String> codes,
        Optional<Set<String>> subjects,
        Optional<String> text,
        Optional<Long> before) {
    public AuditFilter {
        codes = Set.copyOf(codes);
        subjects = subjects.map(Set::copyOf);
        actor = actor.filter(given -> !given.isBlank());
        text = text.filter(given -> !given.isBlank());
    }

    /** Everything. */
    public static AuditFilter all() {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public AuditFilter from(Instant moment) {
        return new AuditFilter(Optional.of(moment), to, actor, codes, subjects, text, before);
    }

    public AuditFilter to(Instant moment) {
        return new AuditFilter(from, Optional.of(moment), actor, codes, subjects, text, before);
    }

    public AuditFilter by(String who) {
        return new AuditFilter(from, to, Optional.of(who), codes, subjects, text, before);
    }

    public AuditFilter codes(Set<String> any) {
        return new AuditFilter(from, to, actor, any, subjects, text, before);
    }

    public AuditFilter subject(String one) {
        return subjects(Set.of(one));
    }

    public AuditFilter subjects(Set<String> any) {
        return new AuditFilter(from, to, actor, codes, Optional.of(any), text, before);
    }

    public AuditFilter text(String somewhere) {
        return new AuditFilter(from, to, actor, codes, subjects, Optional.of(somewhere), before);
    }

    public AuditFilter before(long id) {
        return new AuditFilter(from, to, actor, codes, subjects, text, Optional.of(id));
    }
}

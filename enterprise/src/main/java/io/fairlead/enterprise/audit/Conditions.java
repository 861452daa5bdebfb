package io.fairlead.enterprise.audit;

import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter as the WHERE clause over {@code audit_entry e}: fixed pieces only, what people typed goes in as parameters.
 * Only the pieces that are needed, so that PostgreSQL sees which index fits.
 *
 * @param where the clause, or nothing
 * @param values of its parameters, from $1 on
 */
record Conditions(String where, Tuple values) {
    static Conditions of(AuditFilter filter) {
        List<String> pieces = new ArrayList<>();
        Tuple values = Tuple.tuple();
        filter.before().ifPresent(id -> {
            values.addLong(id);
            pieces.add("e.id < $" + values.size());
        });
        filter.from().ifPresent(from -> {
            values.addOffsetDateTime(from.atOffset(ZoneOffset.UTC));
            pieces.add("e.at >= $" + values.size());
        });
        filter.to().ifPresent(to -> {
            values.addOffsetDateTime(to.atOffset(ZoneOffset.UTC));
            pieces.add("e.at < $" + values.size());
        });
        filter.actor().ifPresent(actor -> {
            values.addString(actor);
            pieces.add("e.actor = $" + values.size());
        });
        filter.subjects().ifPresent(subjects -> {
            values.addArrayOfString(subjects.toArray(String[]::new));
            pieces.add("e.subject = ANY ($" + values.size() + ")");
        });
        if (!filter.codes().isEmpty()) {
            values.addArrayOfString(filter.codes().toArray(String[]::new));
            pieces.add("e.code = ANY ($" + values.size() + ")");
        }
        filter.text().ifPresent(text -> {
            values.addString("%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%");
            String pattern = " ILIKE $" + values.size();
            pieces.add("(e.actor" + pattern + " OR e.code" + pattern + " OR e.subject" + pattern + " OR e.detail"
                    + pattern + ")");
        });
        return new Conditions(pieces.isEmpty() ? "" : "WHERE " + String.join(" AND ", pieces), values);
    }

    /** The same with one more comparison, such as {@code e.id > }. */
    Conditions and(String comparison, long value) {
        Tuple more = Tuple.tuple();
        for (int i = 0; i < values.size(); i++) {
            more.addValue(values.getValue(i));
        }
        more.addLong(value);
        String piece = comparison + "$" + more.size();
        return new Conditions(where.isEmpty() ? "WHERE " + piece : where + " AND " + piece, more);
    }
}

package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Row;
import java.util.Collection;
import java.util.stream.Collectors;

/** What people are told of a row, in {@link Comments#plain plain} letters. */
final class Told {
    private static final int LONGEST = 1000;

    private Told() {}

    /**
     * On one line, for the comment that a firewall keeps with a rule.
     *
     * @param most characters
     */
    static String briefly(Allowlist list, Row row, int most) {
        String text = row.to().text() + ", " + need(row) + Dates.behind(row, list.issued()) + ", version "
                + list.version() + ": " + row.purpose();
        return Comments.plain(text, most);
    }

    /** All there is to say, a comment line each. */
    static String fully(Allowlist list, Row row, String mark) {
        StringBuilder text = new StringBuilder();
        String first = row.to().text() + ", " + row.protocol() + " " + ports(row.allPorts()) + ", " + need(row)
                + Dates.behind(row, list.issued()) + ": " + row.purpose();
        text.append(mark).append(' ').append(Comments.plain(first, LONGEST)).append('\n');
        if (!row.furtherPorts().isEmpty()) {
            text.append(mark)
                    .append("   nothing needs ")
                    .append(ports(row.furtherPorts()))
                    .append('\n');
        }
        row.notes()
                .forEach(note -> text.append(mark)
                        .append("   ")
                        .append(Comments.plain(note.value(), LONGEST))
                        .append('\n'));
        return text.toString();
    }

    static String ports(Collection<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String need(Row row) {
        return row.required() ? "required" : "optional";
    }
}

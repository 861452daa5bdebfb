package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A line a row (RFC 4180), a head line first, lines ended by CR LF, UTF-8. Several ports, products or sources stand in one
 * cell with a blank between them. A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does
 * one that begins with an apostrophe: whoever wants the text back takes one away.
 */
final class Csv implements Format {
    private static final List<String> HEAD = List.of(
            "to",
            "protocol",
            "ports",
            "further-ports",
            "direction",
            "source",
            "required",
            "products",
            "region",
            "since",
            "until",
            "purpose",
            "notes",
            "version",
            "issued");
    /** Blanks before it or not, also in full width. */
    private static final Pattern FORMULA =
            Pattern.compile("[\\s\\u00a0\\ufeff]*['=+\\-@|%\\uff1d\\uff0b\\uff0d\\uff20].*");

    @Override
    public String key() {
        return "csv";
    }

    @Override
    public String title() {
        return "Comma-separated values, for a spreadsheet";
    }

    @Override
    public String mediaType() {
        return "text/csv; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.csv";
    }

    @Override
    public String render(Allowlist list) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(HEAD);
            for (Row row : list.rows()) {
                printer.printRecord(cells(row, list).map(Csv::safe).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Stream<String> cells(Row row, Allowlist list) {
        return Stream.of(
                row.to().text(),
                row.protocol().text(),
                joined(row.ports()),
                joined(row.furtherPorts()),
                "outbound",
                list.sources().isEmpty()
                        ? "any"
                        : joined(list.sources().stream().map(Cidr::text).toList()),
                row.required() ? "yes" : "no",
                joined(row.products()),
                row.region().map(String::valueOf).orElse(""),
                row.since().map(Instant::toString).orElse(""),
                row.until().map(Instant::toString).orElse(""),
                row.purpose().value(),
                row.notes().stream().map(Remark::value).collect(Collectors.joining("; ")),
                list.version().value(),
                list.issued().toString());
    }

    private static String joined(Collection<?> several) {
        return several.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String safe(String cell) {
        return FORMULA.matcher(cell).matches() ? "'" + cell : cell;
    }
}

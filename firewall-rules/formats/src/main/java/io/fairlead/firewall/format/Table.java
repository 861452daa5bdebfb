package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Aligned columns of plain text, a line a row. */
final class Table implements Format {
    private static final String GAP = "  ";

    @Override
    public String key() {
        return "table";
    }

    @Override
    public String title() {
        return "Table, as plain text";
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.txt";
    }

    @Override
    public String render(Allowlist list) {
        Sheet sheet = Sheet.of(list);
        StringBuilder text = new StringBuilder(sheet.title()).append('\n');
        sheet.facts().forEach(fact -> text.append(fact).append('\n'));
        List<Integer> widths = IntStream.range(0, sheet.heads().size())
                .mapToObj(column -> width(sheet, column))
                .toList();
        text.append('\n');
        line(
                text,
                sheet.heads().stream()
                        .map(head -> head.toUpperCase(Locale.ROOT))
                        .toList(),
                widths);
        sheet.lines().forEach(cells -> line(text, cells, widths));
        if (!sheet.notes().isEmpty()) {
            text.append('\n');
        }
        for (int i = 0; i < sheet.notes().size(); i++) {
            text.append(i + 1).append(": ").append(sheet.notes().get(i)).append('\n');
        }
        return text.toString();
    }

    private static int width(Sheet sheet, int column) {
        return Math.max(
                sheet.heads().get(column).length(),
                sheet.lines().stream()
                        .mapToInt(cells -> length(cells.get(column)))
                        .max()
                        .orElse(0));
    }

    /** The last column, which is written by people in any script, is not filled up. */
    private static void line(StringBuilder text, List<String> cells, List<Integer> widths) {
        for (int i = 0; i < cells.size() - 1; i++) {
            text.append(cells.get(i))
                    .append(" ".repeat(widths.get(i) - length(cells.get(i))))
                    .append(GAP);
        }
        text.append(cells.get(cells.size() - 1)).append('\n');
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

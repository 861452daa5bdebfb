package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A page to print or to pass on: one file that fetches nothing and runs nothing. */
public final class Html implements Format {
    private static final String STYLE = """

            :root { color-scheme: light dark; --line: light-dark(#c8ced6, #454c56); --quiet: light-dark(#4d5663, #b3bcc8); }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 78rem; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
            p { margin: .2rem 0; color: var(--quiet); }
            .wide { overflow-x: auto; margin: 1.2rem 0; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: start; vertical-align: top; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid var(--line); }
            th { font-weight: 600; white-space: nowrap; }
            td:first-child { font-family: ui-monospace, monospace; white-space: nowrap; }
            td:last-child { overflow-wrap: anywhere; min-width: 12rem; }
            @media print {
              :root { color-scheme: light; }
              @page { size: A4 landscape; margin: 12mm; }
              body { margin: 0; max-width: none; padding: 0; font-size: 10pt; }
              thead { display: table-header-group; }
              tr { break-inside: avoid; }
              td:first-child { white-space: normal; overflow-wrap: anywhere; }
            }
            """;
    /** The Content-Security-Policy (Level 3) under which the page is whole: its own style, and nothing else. */
    public static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; base-uri 'none'; form-action 'none'";

    @Override
    public String key() {
        return "html";
    }

    @Override
    public String title() {
        return "Table, as a page to print";
    }

    @Override
    public String mediaType() {
        return "text/html; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.html";
    }

    @Override
    public String render(Allowlist list) {
        Sheet sheet = Sheet.of(list);
        StringBuilder page =
                new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Allowlist: %s</title>
                <style>%s</style>
                </head>
                <body>
                <h1>Allowlist: %s</h1>
                """.formatted(POLICY, escaped(sheet.title()), STYLE, escaped(sheet.title())));
        sheet.facts().forEach(fact -> page.append("<p>").append(escaped(fact)).append("</p>\n"));
        page.append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Allowlist\">\n<table>\n<thead>\n")
                .append(line(sheet.heads(), "th scope=\"col\"", "th"))
                .append("</thead>\n<tbody>\n");
        sheet.lines().forEach(cells -> page.append(line(cells, "td dir=\"auto\"", "td")));
        page.append("</tbody>\n</table>\n</div>\n");
        if (!sheet.notes().isEmpty()) {
            page.append("<h2>Notes</h2>\n<ol>\n");
            sheet.notes()
                    .forEach(note -> page.append("<li dir=\"auto\">")
                            .append(escaped(note))
                            .append("</li>\n"));
            page.append("</ol>\n");
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static String line(List<String> cells, String opened, String closed) {
        return cells.stream()
                .map(cell -> "<" + opened + ">" + escaped(cell) + "</" + closed + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.fairlead.agent.reach;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as one HTML page to print; it loads nothing. */
final class HtmlReport {
    private static final String STYLE =
            "body{font:10pt sans-serif;margin:2em}table{border-collapse:collapse;width:100%}"
                    + "th,td{border:1px solid #999;padding:3px 6px;text-align:left;vertical-align:top}th{background:#eee}"
                    + "tr.failed td:first-child{font-weight:bold}li{margin:.3em 0}"
                    + "@media print{body{margin:0}@page{size:landscape}}";

    private HtmlReport() {}

    static String of(Report report) {
        String device = report.device().map(each -> ", device " + each).orElse("");
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Fairlead: check from "
                + escaped(report.pc()) + "</title><style>" + STYLE + "</style></head><body>\n<h1>Check from "
                + escaped(report.pc() + device) + "</h1>\n<p>" + report.at() + "</p>\n"
                + each(report.source(), line -> "<p>" + escaped(line) + "</p>\n")
                + "<p><strong>" + escaped(report.summary()) + "</strong></p>\n"
                + report.arrival()
                        .map(came -> "<p>" + escaped(came.sentence()) + "</p>\n")
                        .orElse("")
                + "<table>\n<thead><tr>"
                + each(TextReport.heads(), head -> "<th>" + escaped(head) + "</th>") + "</tr></thead>\n<tbody>\n"
                + each(report.findings(), HtmlReport::row) + "</tbody></table>\n"
                + each(report.findings(), HtmlReport::detail) + "</body></html>\n";
    }

    private static String row(Finding finding) {
        return "<tr class=\"" + finding.result() + "\">"
                + each(TextReport.cells(finding), cell -> "<td>" + escaped(cell) + "</td>") + "</tr>\n";
    }

    private static String detail(Finding finding) {
        return "<h2>" + escaped(finding.target().text()) + "</h2>\n"
                + finding.trouble()
                        .map(trouble -> "<p><strong>Likely cause:</strong> " + escaped(trouble.cause())
                                + "<br><strong>To be changed:</strong> "
                                + escaped(finding.rule().orElse("")) + "</p>\n")
                        .orElse("")
                + "<ul>" + each(finding.steps(), step -> "<li>" + escaped(TextReport.sentence(step)) + "</li>")
                + each(finding.target().row().notes(), note -> "<li>note: " + escaped(note.value()) + "</li>")
                + "</ul>\n";
    }

    private static <T> String each(List<T> all, Function<T, String> text) {
        return all.stream().map(text).collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package io.fairlead.agent.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as aligned columns of plain text, and a paragraph for each row below. */
final class TextReport {
    private static final List<String> STEPS =
            List.of(Step.WAY, Step.TCP, Step.TLS, Step.DEVICE, Step.WEBSOCKET, Step.IDLE, Step.CLOCK);

    private TextReport() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder(2000);
        text.append("Check from ").append(report.pc());
        report.device().ifPresent(device -> text.append(", device ").append(device));
        text.append(", at ").append(report.at()).append('\n');
        report.source().forEach(line -> text.append(line).append('\n'));
        text.append(report.summary()).append('\n');
        report.arrival().ifPresent(came -> text.append(came.sentence()).append('\n'));
        text.append('\n');
        table(text, lines(report.findings()));
        List<Finding> failed =
                report.findings().stream().filter(Finding::failed).toList();
        if (!failed.isEmpty()) {
            text.append("\nWhat is in the way\n");
            failed.forEach(each -> trouble(text, each));
        }
        text.append("\nIn detail\n");
        report.findings().forEach(each -> detail(text, each));
        return text.toString();
    }

    static List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("result", "needed", "host", "port"));
        heads.addAll(STEPS);
        heads.add("purpose");
        return heads;
    }

    static List<String> cells(Finding finding) {
        List<String> cells = new ArrayList<>();
        cells.add(finding.failed() ? "✗ FAILED" : finding.tried() ? "✓ open" : "- unchecked");
        cells.add(finding.required() ? "yes" : "no");
        cells.add(finding.target().host());
        cells.add(finding.target().protocol() + " " + finding.target().port());
        STEPS.forEach(step -> cells.add(finding.brief(step)));
        cells.add(finding.target().row().purpose().value());
        return cells;
    }

    private static List<List<String>> lines(List<Finding> findings) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(heads().stream().map(head -> head.toUpperCase(Locale.ROOT)).toList());
        findings.forEach(each -> lines.add(cells(each)));
        return lines;
    }

    private static void table(StringBuilder text, List<List<String>> lines) {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                row.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
    }

    private static void trouble(StringBuilder text, Finding finding) {
        text.append("✗ ").append(finding.target().text()).append('\n');
        finding.steps().stream()
                .filter(step -> step.outcome() == Step.Outcome.BAD)
                .forEach(step ->
                        text.append("    found         ").append(step.words()).append('\n'));
        finding.trouble()
                .ifPresent(each ->
                        text.append("    likely cause  ").append(each.cause()).append('\n'));
        finding.rule()
                .ifPresent(
                        rule -> text.append("    to be changed ").append(rule).append('\n'));
    }

    private static void detail(StringBuilder text, Finding finding) {
        text.append(finding.target().text()).append('\n');
        finding.steps()
                .forEach(step -> text.append("    ").append(sentence(step)).append('\n'));
        finding.target()
                .row()
                .notes()
                .forEach(note -> text.append("    note: ").append(note).append('\n'));
    }

    static String sentence(Step step) {
        return step.what() + ": "
                + List.of(step.brief(), step.words()).stream()
                        .filter(part -> !part.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; "));
    }
}

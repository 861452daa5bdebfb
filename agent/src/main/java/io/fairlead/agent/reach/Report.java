package io.fairlead.agent.reach;

import io.fairlead.firewall.format.Format;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a check found, to hand to IT.
 *
 * @param pc the name of this PC
 * @param device this device's id; empty where it has none that can be read
 * @param source where the list came from, and who vouched for it, in sentences
 * @param findings failing ones first
 * @param arrival whether the enterprise has it; empty before anybody tried
 */
public record Report(
        Instant at,
        String pc,
        Optional<String> device,
        List<String> source,
        List<Finding> findings,
        Optional<Arrival> arrival) {
    public Report {
        source = List.copyOf(source);
        findings = List.copyOf(findings);
    }

    /** One that nobody has tried to bring to the enterprise. */
    public Report(Instant at, String pc, Optional<String> device, List<String> source, List<Finding> findings) {
        this(at, pc, device, source, findings, Optional.empty());
    }

    /** The same, saying whether the enterprise has it. */
    public Report with(Arrival came) {
        return new Report(at, pc, device, source, findings, Optional.of(came));
    }

    /** Whether all that is required is reached. */
    public boolean good() {
        return findings.stream().noneMatch(each -> each.required() && each.failed());
    }

    /** One line for all. */
    String summary() {
        long required = findings.stream().filter(Finding::required).count();
        long missing = findings.stream()
                .filter(each -> each.required() && each.failed())
                .count();
        long optional = findings.stream()
                .filter(each -> !each.required() && each.failed())
                .count();
        return (missing == 0
                        ? "All that is required is reached (" + required + " of " + required + ")."
                        : "NOT all that is required is reached: " + missing + " of " + required + " fail.")
                + (optional == 0 ? "" : " Of what is not required, " + optional + " fail.");
    }

    /** A sentence, and a line for each row that failed, the required ones first: of at most so many characters. */
    public String brief(int most) {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        for (Finding each : findings) {
            String line = each.trouble()
                    .map(trouble -> "✗ " + each.target().text() + ": " + trouble.brief() + ". "
                            + each.rule().orElse("") + "\n")
                    .orElse("");
            if (text.length() + line.length() > most - 2) {
                return text.append("…\n").toString();
            }
            text.append(line);
        }
        return text.toString();
    }

    /** As plain text in aligned columns. */
    public String text() {
        return TextReport.of(this);
    }

    /** As one HTML page to print. */
    public String html() {
        return HtmlReport.of(this);
    }

    /** For programs, with stable keys. */
    public String json() {
        return JsonReport.of(this);
    }

    /**
     * The rules that would let out what failed; empty when nothing did. Blocks on name servers for formats that need addresses.
     *
     * @param now when names are resolved
     */
    public String rules(Source source, Format format, Instant now) {
        return FailedRules.of(this, source, format, now);
    }
}

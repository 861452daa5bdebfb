package io.fairlead.agent.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fairlead.agent.host.Host;
import io.fairlead.agent.kernel.StatusLine;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What {@code agent status} prints. */
final class StatusText {
    private static final int WIDTH = 24;

    private final Host host;
    private final Clock clock;

    StatusText(Host host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    /** For people. */
    String words(StatusReport report, Vigour vigour) {
        StringBuilder text = new StringBuilder(2000);
        Instant now = clock.instant();
        text.append(headline(report, vigour, now)).append('\n');
        for (StatusReport.Section section : report.sections()) {
            text.append('\n').append(section.name().replace('-', ' ')).append('\n');
            for (StatusLine line : section.lines()) {
                String key = line.key().replace("-seconds", "").replace('-', ' ');
                String[] words = line.words().split("\n", -1);
                for (int i = 0; i < words.length; i++) {
                    text.append("  ")
                            .append(String.format("%-" + WIDTH + "s", i == 0 ? key : ""))
                            .append(words[i])
                            .append('\n');
                }
            }
        }
        return text.toString().stripTrailing();
    }

    private String headline(StatusReport report, Vigour vigour, Instant now) {
        String agent = "Fairlead agent " + report.version();
        String ago = StatusLine.span(Duration.between(report.written(), now)) + " ago";
        return switch (vigour) {
            case RUNS ->
                agent + " runs (process " + report.process() + ", for "
                        + StatusLine.span(Duration.between(report.started(), now)) + "; told " + ago + ").";
            case SILENT ->
                agent + " is there (process " + report.process() + ") but has told nothing since "
                        + seconds(report.written())
                        + ", " + ago + ". Its disk may be full, or it hangs; its watchdog starts a hanging agent anew"
                        + " within minutes. See its log. What it said last:";
            case ENDED ->
                agent + " does not run. To start it: " + host.service().start() + "\nWhat it said last, "
                        + seconds(report.written()) + ", " + ago + ":";
        };
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** When there is no report to read. */
    String withoutReport(Path data, boolean readable, boolean json) {
        boolean enrolled = Files.exists(data.resolve("identity").resolve("current"));
        String words = readable
                ? "The agent does not run, and has not run with the data folder " + data + ". "
                        + (enrolled ? "" : "This PC is not enrolled: fairlead-agent enrol - comes first. ")
                        + "To start it: "
                        + host.service().start() + ". Another folder: --data DIR."
                : "The data folder " + data
                        + " is the agent's own: only its account and an administrator may look. Run this"
                        + " as administrator, or look at the service: "
                        + host.service().ask();
        if (!json) {
            return words;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.writeStartObject();
            generator.writeStringField("state", readable ? Vigour.ENDED.word() : "unknown");
            generator.writeStringField("words", words);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** For programs: a member a section, with a member a line. */
    static String json(StatusReport report, Vigour vigour) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("state", vigour.word());
            report.head(json);
            for (StatusReport.Section section : report.sections()) {
                json.writeObjectFieldStart(section.name());
                for (StatusLine line : section.lines()) {
                    json.writeFieldName(line.key());
                    StatusReport.value(json, line.value());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return text.toString();
    }
}

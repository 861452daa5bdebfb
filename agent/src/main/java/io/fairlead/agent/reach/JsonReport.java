package io.fairlead.agent.reach;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * A report for programs. The keys are stable; there may be more later.
 * <pre>
 *   {"at", "pc", "device"?, "source": [sentence], "good": boolean, "summary", "reported": boolean, "arrival"?: sentence,
 *    "rows": [{"host", "port", "protocol", "purpose", "required", "result": open|failed|unchecked,
 *              "steps": [{"step": name|way|tcp|tls|device|websocket|idle|clock, "outcome": good|bad|noted, "brief", "words"}],
 *              "trouble"?: key, "cause"?: sentence, "rule"?: sentence}]}
 * </pre>
 */
final class JsonReport {
    private JsonReport() {}

    static String of(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("at", report.at().toString());
            json.writeStringField("pc", report.pc());
            if (report.device().isPresent()) {
                json.writeStringField("device", report.device().get());
            }
            json.writeArrayFieldStart("source");
            for (String line : report.source()) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeBooleanField("good", report.good());
            json.writeStringField("summary", report.summary());
            json.writeBooleanField(
                    "reported", report.arrival().map(Arrival::taken).orElse(false));
            if (report.arrival().isPresent()) {
                json.writeStringField("arrival", report.arrival().get().words());
            }
            json.writeArrayFieldStart("rows");
            for (Finding finding : report.findings()) {
                row(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes all", e);
        }
        return text + "\n";
    }

    private static void row(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("host", finding.target().host());
        json.writeNumberField("port", finding.target().port());
        json.writeStringField("protocol", finding.target().row().protocol().text());
        json.writeStringField("purpose", finding.target().row().purpose().value());
        json.writeBooleanField("required", finding.required());
        json.writeStringField("result", finding.result());
        json.writeArrayFieldStart("steps");
        for (Step step : finding.steps()) {
            json.writeStartObject();
            json.writeStringField("step", step.what());
            json.writeStringField("outcome", step.outcome().name().toLowerCase(Locale.ROOT));
            json.writeStringField("brief", step.brief());
            json.writeStringField("words", step.words());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (finding.trouble().isPresent()) {
            json.writeStringField("trouble", finding.trouble().get().key());
            json.writeStringField("cause", finding.trouble().get().cause());
            json.writeStringField("rule", finding.rule().orElse(""));
        }
        json.writeEndObject();
    }
}

package io.fairlead.agent.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fairlead.agent.consent.Underway;
import io.fairlead.agent.kernel.StatusLine;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** Files on their way, as a person or a program reads them. */
record UnderwayText(List<Underway> files) {
    private static final JsonFactory JSON = new JsonFactory();
    /** Enough of an id to be told apart by. */
    private static final int ID_SHOWN = 8;

    /** Two lines each: what it is, and how far. */
    String table() {
        if (files.isEmpty()) {
            return "No files are on their way.\n";
        }
        StringBuilder table = new StringBuilder();
        for (Underway each : files) {
            table.append(each.id(), 0, ID_SHOWN)
                    .append("  ")
                    .append(each.way())
                    .append("  ")
                    .append(each.file())
                    .append("\n          ")
                    .append(far(each))
                    .append('\n');
        }
        return table.append("agent transfers cancel ID  stops one.\n").toString();
    }

    private static String far(Underway file) {
        StringBuilder far = new StringBuilder(file.state());
        if (file.size() > 0) {
            far.append(", ")
                    .append(100 * file.done() / file.size())
                    .append(" % of ")
                    .append(StatusLine.bytes(file.size()));
        }
        if (file.rate() > 0) {
            far.append(", ").append(StatusLine.bytes(file.rate())).append("/s");
        }
        file.secondsLeft()
                .ifPresent(left -> far.append(", ")
                        .append(StatusLine.span(Duration.ofSeconds(left)))
                        .append(" left"));
        return far.toString();
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Underway each : files) {
                json.writeStartObject();
                json.writeStringField("id", each.id());
                json.writeStringField("way", each.way());
                json.writeStringField("file", each.file());
                json.writeStringField("state", each.state());
                json.writeNumberField("done", each.done());
                json.writeNumberField("size", each.size());
                json.writeNumberField("rate", each.rate());
                if (each.secondsLeft().isPresent()) {
                    json.writeNumberField("secondsLeft", each.secondsLeft().getAsLong());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}

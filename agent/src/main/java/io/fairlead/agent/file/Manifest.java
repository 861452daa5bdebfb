package io.fairlead.agent.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a diagnostic package says of itself: each entry, and what was left out and why. One thread's own. */
final class Manifest {
    private final List<Entry> entries = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private record Entry(String name, long size, String sha256, String source, Instant time, long cut) {}

    private record LeftOut(String source, String why) {}

    /** @param cut bytes of the beginning that were left out */
    void entry(String name, long size, String sha256, String source, Instant time, long cut) {
        entries.add(new Entry(name, size, sha256, source, time, cut));
    }

    void leftOut(String source, String why) {
        leftOut.add(new LeftOut(source, why));
    }

    byte[] json(String device, Instant made) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("device", device);
            json.writeStringField("made", made.toString());
            json.writeArrayFieldStart("entries");
            for (Entry each : entries) {
                json.writeStartObject();
                json.writeStringField("name", each.name());
                json.writeNumberField("size", each.size());
                json.writeStringField("sha256", each.sha256());
                json.writeStringField("source", each.source());
                json.writeStringField("time", each.time().toString());
                if (each.cut() > 0) {
                    json.writeNumberField("beginningLeftOut", each.cut());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("leftOut");
            for (LeftOut each : leftOut) {
                json.writeStartObject();
                json.writeStringField("source", each.source());
                json.writeStringField("why", each.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}

package io.fairlead.agent.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fairlead.agent.kernel.StatusLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a running agent says of itself, as it lies in the status file.
 *
 * @param process its number at the system
 * @param started when the process was started, as the system says
 * @param written when this was said
 * @param ended whether it is an agent's last word
 */
record StatusReport(
        String version, long process, Instant started, Instant written, boolean ended, List<Section> sections) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A room's lines. */
    record Section(String name, List<StatusLine> lines) {
        Section {
            lines = List.copyOf(lines);
        }
    }

    StatusReport {
        sections = List.copyOf(sections);
    }

    /** As JSON, with both forms of each line. */
    byte[] write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            head(json);
            json.writeArrayFieldStart("sections");
            for (Section section : sections) {
                json.writeStartObject();
                json.writeStringField("name", section.name());
                json.writeArrayFieldStart("lines");
                for (StatusLine line : section.lines()) {
                    json.writeStartObject();
                    json.writeStringField("key", line.key());
                    json.writeFieldName("value");
                    value(json, line.value());
                    json.writeStringField("words", line.words());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** What every form of the report begins with. */
    void head(JsonGenerator json) throws IOException {
        json.writeStringField("version", version);
        json.writeNumberField("process", process);
        json.writeStringField("started", started.toString());
        json.writeStringField("written", written.toString());
        json.writeBooleanField("ended", ended);
    }

    static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Boolean yes) {
            json.writeBoolean(yes);
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                json.writeString(String.valueOf(each));
            }
            json.writeEndArray();
        } else {
            json.writeString(String.valueOf(value));
        }
    }

    /** @throws IOException for what is no report, such as half of one */
    static StatusReport read(byte[] content) throws IOException {
        try (JsonParser json = JSON.createParser(content)) {
            String version = "";
            long process = 0;
            Instant started = Instant.EPOCH;
            Instant written = Instant.EPOCH;
            boolean ended = false;
            List<Section> sections = new ArrayList<>();
            expect(json, JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                JsonToken token = json.nextToken();
                switch (key) {
                    case "version" -> version = json.getText();
                    case "process" -> process = json.getLongValue();
                    case "started" -> started = Instant.parse(json.getText());
                    case "written" -> written = Instant.parse(json.getText());
                    case "ended" -> ended = json.getBooleanValue();
                    case "sections" -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            sections.add(section(json));
                        }
                    }
                    default -> {
                        if (token.isStructStart()) {
                            JsonParser skipped = json.skipChildren();
                            assert skipped == json;
                        }
                    }
                }
            }
            return new StatusReport(version, process, started, written, ended, sections);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Section section(JsonParser json) throws IOException {
        String name = "";
        List<StatusLine> lines = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("name")) {
                name = json.getText();
            } else if (token == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    lines.add(line(json));
                }
            }
        }
        return new Section(name, lines);
    }

    private static StatusLine line(JsonParser json) throws IOException {
        String key = "";
        Object value = "";
        String words = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            switch (field) {
                case "key" -> key = json.getText();
                case "words" -> words = json.getText();
                default -> value = value(json, token);
            }
        }
        return StatusLine.of(key, value, words);
    }

    private static Object value(JsonParser json, JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            List<String> list = new ArrayList<>();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                list.add(json.getText());
            }
            return list;
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return json.getBooleanValue();
        }
        return token.isNumeric() ? json.getNumberValue() : json.getText();
    }

    private static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.nextToken() != token) {
            throw new IOException("no status report");
        }
    }
}

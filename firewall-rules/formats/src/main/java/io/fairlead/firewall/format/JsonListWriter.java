package io.fairlead.firewall.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;

/** A key a line, so that two lists can be compared line by line. What a row does not have is left out. */
final class JsonListWriter {
    private JsonListWriter() {}

    static String text(JsonList list) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
        lines.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try (JsonGenerator json = new JsonFactory().createGenerator(text).setPrettyPrinter(lines)) {
            json.writeStartObject();
            json.writeStringField("title", list.title().value());
            json.writeStringField("version", list.version().value());
            json.writeStringField("issued", list.issued().toString());
            optional(json, "expires", list.expires());
            optional(json, "previous", list.previous());
            strings(json, "sources", list.sources().stream().map(Cidr::text).toList());
            json.writeArrayFieldStart("rows");
            for (Row row : list.rows()) {
                write(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                row.to() instanceof Cidr ? "network" : "host", row.to().text());
        json.writeStringField("protocol", row.protocol().text());
        json.writeStringField("direction", "outbound");
        ports(json, "ports", row.ports());
        ports(json, "furtherPorts", row.furtherPorts());
        strings(json, "products", row.products());
        optional(json, "region", row.region());
        json.writeStringField("purpose", row.purpose().value());
        json.writeBooleanField("required", row.required());
        optional(json, "since", row.since());
        optional(json, "until", row.until());
        strings(json, "notes", row.notes());
        json.writeEndObject();
    }

    private static void ports(JsonGenerator json, String name, Collection<Integer> ports) throws IOException {
        if (ports.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (int port : ports) {
            json.writeNumber(port);
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, Collection<?> strings) throws IOException {
        if (strings.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (Object each : strings) {
            json.writeString(each.toString());
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get().toString());
        }
    }
}

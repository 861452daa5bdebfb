package io.fairlead.firewall.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a list piece by piece, so that one that is not ours costs no memory. One for each list. */
final class JsonListReader {
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_IN_ONE_FIELD = 200;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MOST_BYTES)
                    .maxNestingDepth(8)
                    .maxNameLength(100)
                    .maxStringLength(10_000)
                    .maxNumberLength(20)
                    .build())
            .build();

    private interface Field {
        void read(JsonParser json, String name) throws IOException;
    }

    private @Nullable Remark title;
    private @Nullable Word version;
    private @Nullable Instant issued;
    private @Nullable Instant expires;
    private @Nullable String previous;
    private List<Cidr> sources = List.of();
    private @Nullable List<Row> rows;

    JsonList read(InputStream from) throws IOException {
        try (JsonParser json = JSON.createParser(from)) {
            JsonToken unused = json.nextToken();
            object(json, this::field);
            if (json.nextToken() != null) {
                throw unfit(json, "something follows the list");
            }
            return new JsonList(
                    required(json, title, "title"),
                    required(json, version, "version"),
                    required(json, issued, "issued"),
                    Optional.ofNullable(expires),
                    Optional.ofNullable(previous),
                    sources,
                    required(json, rows, "rows"));
        } catch (JsonProcessingException e) {
            throw new NotAnAllowlist(
                    "line " + (e.getLocation() == null ? "1" : e.getLocation().getLineNr())
                            + ": is no JSON as it should be" + " (RFC 8259), or more of it than a list has",
                    e);
        } catch (IllegalArgumentException e) {
            throw new NotAnAllowlist("previous " + e.getMessage(), e);
        }
    }

    private void field(JsonParser json, String name) throws IOException {
        switch (name) {
            case "title" -> title = value(json, name, Remark::new);
            case "version" -> version = value(json, name, Word::new);
            case "issued" -> issued = value(json, name, JsonListReader::instant);
            case "expires" -> expires = value(json, name, JsonListReader::instant);
            case "previous" -> previous = value(json, name, Function.identity());
            case "sources" -> sources = values(json, name, Cidr::of);
            case "rows" -> rows = rows(json);
            default -> skip(json);
        }
    }

    private static List<Row> rows(JsonParser json) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            throw unfit(json, "rows is no array");
        }
        List<Row> rows = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (rows.size() == MOST_ROWS) {
                throw unfit(json, "more than " + MOST_ROWS + " rows");
            }
            rows.add(new RowReader().read(json));
        }
        return rows;
    }

    /** One row; one reader for each. */
    private static final class RowReader {
        private @Nullable Destination to;
        private Protocol protocol = Protocol.TCP;
        private SortedSet<Integer> ports = new TreeSet<>();
        private SortedSet<Integer> furtherPorts = new TreeSet<>();
        private List<Word> products = List.of();
        private @Nullable Word region;
        private @Nullable Remark purpose;
        private @Nullable Boolean required;
        private @Nullable Instant since;
        private @Nullable Instant until;
        private List<Remark> notes = List.of();

        Row read(JsonParser json) throws IOException {
            object(json, this::field);
            try {
                return new Row(
                        JsonListReader.required(json, to, "host or network"),
                        protocol,
                        ports,
                        furtherPorts,
                        new TreeSet<>(products),
                        Optional.ofNullable(region),
                        JsonListReader.required(json, purpose, "purpose"),
                        JsonListReader.required(json, required, "required"),
                        Optional.ofNullable(since),
                        Optional.ofNullable(until),
                        notes);
            } catch (IllegalArgumentException e) {
                throw unfit(json, "the row " + e.getMessage());
            }
        }

        private void field(JsonParser json, String name) throws IOException {
            switch (name) {
                case "host" -> to(json, value(json, name, HostName::of));
                case "network" -> to(json, value(json, name, Cidr::of));
                case "protocol" -> protocol = value(json, name, RowReader::protocol);
                case "direction" -> {
                    String unused = value(json, name, RowReader::outbound);
                }
                case "ports" -> ports = ports(json, name);
                case "furtherPorts" -> furtherPorts = ports(json, name);
                case "products" -> products = values(json, name, Word::new);
                case "region" -> region = value(json, name, Word::new);
                case "purpose" -> purpose = value(json, name, Remark::new);
                case "required" -> required = truth(json, name);
                case "since" -> since = value(json, name, JsonListReader::instant);
                case "until" -> until = value(json, name, JsonListReader::instant);
                case "notes" -> notes = values(json, name, Remark::new);
                default -> skip(json);
            }
        }

        private void to(JsonParser json, Destination where) {
            if (to != null) {
                throw unfit(json, "the row leads to a host and to a network");
            }
            to = where;
        }

        private static Protocol protocol(String text) {
            for (Protocol each : Protocol.values()) {
                if (each.text().equals(text)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("is neither tcp nor udp");
        }

        private static String outbound(String text) {
            if (!text.equals("outbound")) {
                throw new IllegalArgumentException("is not outbound");
            }
            return text;
        }

        private static SortedSet<Integer> ports(JsonParser json, String name) throws IOException {
            SortedSet<Integer> ports = new TreeSet<>();
            if (!json.isExpectedStartArrayToken()) {
                throw unfit(json, name + " is no array");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || ports.size() == MOST_IN_ONE_FIELD) {
                    throw unfit(json, name + " is not 1 to " + MOST_IN_ONE_FIELD + " numbers");
                }
                ports.add(json.getIntValue());
            }
            return ports;
        }

        private static boolean truth(JsonParser json, String name) throws IOException {
            if (!json.currentToken().isBoolean()) {
                throw unfit(json, name + " is neither true nor false");
            }
            return json.getBooleanValue();
        }
    }

    private static void object(JsonParser json, Field field) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            throw unfit(json, "is no object");
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken unused = json.nextToken();
            field.read(json, name);
        }
    }

    private static <T> List<T> values(JsonParser json, String name, Function<String, T> of) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            throw unfit(json, name + " is no array");
        }
        List<T> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (values.size() == MOST_IN_ONE_FIELD) {
                throw unfit(json, name + " has more than " + MOST_IN_ONE_FIELD);
            }
            values.add(value(json, name, of));
        }
        return values;
    }

    private static <T> T value(JsonParser json, String name, Function<String, T> of) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unfit(json, name + " is no text");
        }
        try {
            return of.apply(json.getText());
        } catch (IllegalArgumentException e) {
            throw unfit(json, name + " " + e.getMessage());
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("is no time such as 2026-12-01T00:00:00Z", e);
        }
    }

    private static void skip(JsonParser json) throws IOException {
        JsonParser unused = json.skipChildren();
    }

    private static <T> T required(JsonParser json, @Nullable T value, String name) {
        if (value == null) {
            throw unfit(json, name + " is missing");
        }
        return value;
    }

    private static NotAnAllowlist unfit(JsonParser json, String why) {
        return new NotAnAllowlist("line " + json.currentLocation().getLineNr() + ": " + why);
    }
}

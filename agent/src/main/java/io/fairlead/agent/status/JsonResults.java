package io.fairlead.agent.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Result files in JSON (RFC 8259): one record a file, read as a stream; values by JSON pointer (RFC 6901). */
final class JsonResults implements ResultReader {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 1000;

    private final ResultSource source;
    private final JsonFactory json = JsonFactory.builder()
            // A table of names would keep every name of the file.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxStringLength(BoundedText.MAX_FIELD)
                    .build())
            .build();
    private final Map<JsonPointer, ResultSource.Item> items = new HashMap<>();

    JsonResults(ResultSource source) {
        this.source = source;
        for (ResultSource.Item item : source.items()) {
            items.put(JsonPointer.compile(item.from()), item);
        }
    }

    @Override
    public void read(Path file, Findings findings) throws IOException, MalformedResult {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] head = LogEncoding.head(channel);
            Charset charset = source.encoding().charset(head);
            channel.position(LogEncoding.mark(head));
            BufferedReader text = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), charset));
            try (JsonParser parser = json.createParser(text)) {
                if (!read(parser, findings)) {
                    throw new MalformedResult("none of the values is in it");
                }
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new MalformedResult((at == null ? "" : "line " + at.getLineNr() + ": ") + e.getOriginalMessage());
        }
        findings.endOfRecord();
    }

    private boolean read(JsonParser parser, Findings findings) throws IOException, MalformedResult {
        boolean found = false;
        int depth = 0;
        boolean begun = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (begun && depth == 0) {
                throw new MalformedResult("more than one document");
            }
            begun = true;
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                found |= say(parser, token, findings);
            }
        }
        return found;
    }

    private boolean say(JsonParser parser, JsonToken token, Findings findings) throws IOException {
        ResultSource.Item item = items.get(parser.getParsingContext().pathAsPointer());
        if (item == null) {
            return false;
        }
        if (token.isNumeric()) {
            findings.number(item.item(), parser.getDoubleValue(), item.unit());
        } else {
            findings.text(item.item(), parser.getText(), item.unit());
        }
        return true;
    }
}

package io.fairlead.firewall.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.firewall.catalogue.Marks.Mark;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** From bytes to a catalogue, with every fault at once: of YAML, of the schema, and of what a schema cannot say. */
final class CatalogueReader {
    static final int MOST_BYTES = 1 << 20;

    private final String name;
    private final Marks marks = new Marks();

    CatalogueReader(String name) {
        this.name = name;
    }

    /** Throws a CatalogueException. */
    Catalogue read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new CatalogueException(
                    name, List.of(new CatalogueFault(1, 1, "this is longer than 1 MiB, the most a catalogue has")));
        }
        Optional<Catalogue> catalogue = Optional.empty();
        Optional<String> text = text(bytes);
        if (text.isPresent()) {
            Optional<JsonNode> tree = YamlTree.of(text.get(), marks);
            if (tree.isPresent()) {
                new SchemaJudge(marks).judge(tree.get());
                catalogue = new CatalogueBuilder(marks).build(tree.get());
            }
        }
        return catalogue
                .filter(whole -> marks.isClean())
                .orElseThrow(() -> new CatalogueException(name, marks.faults()));
    }

    /** UTF-8, with or without a byte order mark. */
    private Optional<String> text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        String read = text.flip().toString();
        if (result.isError()) {
            int line = 1 + Math.toIntExact(read.chars().filter(c -> c == '\n').count());
            String last = read.substring(read.lastIndexOf('\n') + 1);
            marks.refuse(new Mark(line, 1 + last.codePointCount(0, last.length())), "this is not UTF-8");
            return Optional.empty();
        }
        return Optional.of(read.startsWith("\ufeff") ? read.substring(1) : read);
    }
}

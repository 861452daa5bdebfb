package io.fairlead.firewall.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.firewall.catalogue.Marks.Mark;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;

/**
 * One YAML document (1.2) as a tree of JSON. Built from the parser's events, so that each value has its line and column, a key
 * that stands twice is seen, and nothing is ever copied: aliases are refused, so a few lines stay a few lines.
 */
final class YamlTree {
    /** A service's list of ports lies at 5. */
    private static final int DEEPEST = 10;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Marks marks;
    private final JsonScalarResolver words = new JsonScalarResolver();
    private final Iterator<Event> events;
    private final String text;

    private YamlTree(String text, Marks marks) {
        this.text = text;
        this.marks = marks;
        this.events = new Parse(LoadSettings.builder()
                        .setCodePointLimit(CatalogueReader.MOST_BYTES)
                        .build())
                .parseString(text)
                .iterator();
    }

    /** A signal within this class: what follows makes no sense any more, and why is noted. */
    private static final class Hopeless extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Empty when it is no YAML; why stands in the marks. */
    static Optional<JsonNode> of(String text, Marks marks) {
        try {
            return new YamlTree(text, marks).document();
        } catch (Hopeless noted) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> document() {
        try {
            while (true) {
                Event event = events.next();
                switch (event.getEventId()) {
                    case StreamStart, DocumentStart -> {}
                    case StreamEnd -> {
                        marks.refuse(new Mark(1, 1), "there is nothing in it");
                        return Optional.empty();
                    }
                    default -> {
                        JsonNode root = value(event, "", 0);
                        end();
                        return Optional.of(root);
                    }
                }
            }
        } catch (MarkedYamlEngineException unreadable) {
            marks.refuse(
                    unreadable.getProblemMark().map(YamlTree::mark).orElse(new Mark(1, 1)),
                    "this is no YAML: " + Quoted.printable(unreadable.getProblem()));
        } catch (ReaderException unprintable) {
            marks.refuse(
                    at(unprintable.getPosition()),
                    "the character U+%04X may not stand in YAML".formatted(unprintable.getCodePoint()));
        } catch (YamlEngineException unreadable) {
            marks.refuse(
                    new Mark(1, 1), "this is no YAML: " + Quoted.printable(String.valueOf(unreadable.getMessage())));
        }
        return Optional.empty();
    }

    private void end() {
        for (Event event = events.next(); event.getEventId() != Event.ID.StreamEnd; event = events.next()) {
            if (event.getEventId() == Event.ID.DocumentStart) {
                marks.refuse(mark(event), "a second document begins; a catalogue is one");
                throw new Hopeless();
            }
        }
    }

    private JsonNode value(Event event, String pointer, int depth) {
        Mark mark = mark(event);
        marks.value(pointer, mark);
        if (depth > DEEPEST) {
            marks.refuse(mark, "this is nested more deeply than anything in a catalogue");
            throw new Hopeless();
        }
        if (event instanceof AliasEvent) {
            marks.refuse(mark, "aliases (*) are not read here; write it out");
            return JSON.nullNode();
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            marks.refuse(mark, "anchors (&) are not read here; write it out");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, mark);
        }
        if (event instanceof CollectionStartEvent start && start.getTag().isPresent()) {
            marks.refuse(mark, "tags (!) are not read here");
        }
        return event.getEventId() == Event.ID.MappingStart ? object(pointer, depth) : array(pointer, depth);
    }

    private ObjectNode object(String pointer, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            if (!(key instanceof ScalarEvent name)) {
                marks.refuse(mark(key), "a key is a word");
                throw new Hopeless();
            }
            String at = pointer + "/" + name.getValue().replace("~", "~0").replace("/", "~1");
            if (object.has(name.getValue())) {
                marks.refuse(mark(key), Quoted.of(name.getValue()) + " stands here for the second time");
                // Whatever it is, it is read to its end, in a place that nobody looks at.
                JsonNode unused = value(events.next(), pointer + "\ntwice/" + name.getValue(), depth + 1);
            } else {
                marks.key(at, mark(key));
                object.set(name.getValue(), value(events.next(), at, depth + 1));
            }
        }
        return object;
    }

    private ArrayNode array(String pointer, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            array.add(value(item, pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }

    private JsonNode scalar(ScalarEvent scalar, Mark mark) {
        if (scalar.getTag().isPresent()) {
            marks.refuse(mark, "tags (!) are not read here");
        }
        String value = scalar.getValue();
        Tag tag = words.resolve(value, scalar.isPlain());
        if (tag.equals(Tag.INT)) {
            return JSON.numberNode(new BigInteger(value.substring(0, Math.min(value.length(), 50))));
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        // No key takes a fraction: which one it is does not matter, and nobody need read it.
        return tag.equals(Tag.FLOAT) ? JSON.numberNode(1.5) : JSON.textNode(value);
    }

    private Mark at(int position) {
        int line = 1;
        int column = 1;
        int[] characters = text.codePoints().limit(position).toArray();
        for (int each : characters) {
            column = each == '\n' ? 1 : column + 1;
            line += each == '\n' ? 1 : 0;
        }
        return new Mark(line, column);
    }

    private static Mark mark(Event event) {
        return event.getStartMark().map(YamlTree::mark).orElse(new Mark(1, 1));
    }

    private static Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
        return new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }
}

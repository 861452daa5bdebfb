package io.fairlead.firewall.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fairlead.settings.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what the published schema has against a catalogue, in sentences of our own. */
final class SchemaJudge {
    private static final JsonNode TREE = tree();
    /** Once: to make it takes longer than to judge a catalogue. */
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                    TREE,
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .locale(Locale.ROOT)
                            .build());

    private final Marks marks;

    SchemaJudge(Marks marks) {
        this.marks = marks;
    }

    private static JsonNode tree() {
        try {
            return new ObjectMapper().readTree(Catalogue.schema());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the program's own schema is no JSON", e);
        }
    }

    void judge(JsonNode catalogue) {
        for (ValidationMessage message : SCHEMA.validate(catalogue)) {
            String pointer = message.getInstanceLocation().toString();
            JsonNode node = message.getInstanceNode();
            JsonNode said = message.getSchemaNode();
            switch (message.getType()) {
                case "additionalProperties" -> unknown(pointer, message.getProperty());
                case "required" -> {
                    // Told as one by oneOf.
                    if (!message.getEvaluationPath().toString().contains("/oneOf/")) {
                        marks.refuse(pointer, message.getProperty(), message.getProperty() + " is missing here");
                    }
                }
                case "oneOf" -> marks.refuse(pointer, "oneOf", "a service has either host or network");
                case "type" ->
                    marks.refuse(pointer, name(pointer) + " is " + wanted(said) + ", and this is " + Quoted.kind(node));
                case "enum" -> marks.refuse(pointer, name(pointer) + " is " + words(said) + ", not " + shown(node));
                case "minItems" -> marks.refuse(pointer, name(pointer) + " is empty: leave it out instead");
                case "maxItems" ->
                    marks.refuse(
                            pointer, name(pointer) + " has " + node.size() + " entries; the most are " + said.asText());
                case "uniqueItems" -> marks.refuse(pointer, name(pointer) + " has an entry twice");
                case "minimum", "maximum" -> marks.refuse(pointer, shown(node) + " is no port: 1 to 65535");
                default -> marks.refuse(pointer, shown(node) + " does not fit here: " + described(message));
            }
        }
    }

    private void unknown(String pointer, String key) {
        List<String> known = known(pointer);
        marks.refuseKey(
                pointer + "/" + key.replace("~", "~0").replace("/", "~1"),
                Quoted.of(key) + " is no key here"
                        + Nearest.to(key, known)
                                .map(word -> "; did you mean " + word + "?")
                                .orElse("; there are " + String.join(", ", known)));
    }

    /** The keys of an object of the catalogue. */
    private static List<String> known(String pointer) {
        JsonNode at = TREE;
        for (String part : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
            at = part.isEmpty()
                    ? at
                    : part.matches("[0-9]+")
                            ? at.path("items")
                            : at.path("properties").path(part);
        }
        List<String> names = new ArrayList<>();
        at.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Of the key that it stands under. */
    private static String name(String pointer) {
        String[] parts = pointer.split("/", -1);
        for (int i = parts.length - 1; i > 0; i--) {
            if (!parts[i].matches("[0-9]+")) {
                return i == parts.length - 1 ? parts[i] : "an entry of " + parts[i];
            }
        }
        return "a catalogue";
    }

    private static String wanted(JsonNode type) {
        return switch (type.asText()) {
            case "array" -> "a list";
            case "object" -> "a group of keys";
            case "boolean" -> "true or false";
            case "integer" -> "a number";
            default -> "text";
        };
    }

    private static String words(JsonNode said) {
        List<String> words = new ArrayList<>();
        said.forEach(word -> words.add(word.asText()));
        return String.join(" or ", words);
    }

    private static String shown(JsonNode node) {
        return node.isValueNode() ? Quoted.of(node.asText()) : Quoted.kind(node);
    }

    /** What the schema itself says of the kind of value. */
    private static String described(ValidationMessage message) {
        String fragment = message.getSchemaLocation().getFragment().getParent().toString();
        String text = TREE.at(fragment).path("description").asText(message.getError());
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1).replaceFirst("\\.$", "");
    }
}

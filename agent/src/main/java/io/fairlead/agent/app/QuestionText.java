package io.fairlead.agent.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fairlead.agent.consent.Asked;
import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Question;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Questions as a person or a program reads them. Each text stands on a line of its own, in a frame that does not change. */
final class QuestionText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final JsonFactory JSON = new JsonFactory();

    private QuestionText() {}

    static String frame(Asked asked, Instant now) {
        Question question = asked.question();
        long left = Duration.between(now, asked.until()).toSeconds();
        long shown = Math.max(0, Math.min(Asking.PATIENCE.toSeconds(), left));
        return "Question " + asked.id() + " (" + question.action() + "), asked at " + TIME.format(asked.since()) + ", "
                + shown + " s left; silence is a no\n"
                + "  wants to  " + question.what() + size(question) + "\n"
                + "  for       " + said(question.by()) + "\n"
                + "  because   " + said(question.reason()) + "\n"
                + "  agent approve " + asked.id() + "  or  agent decline " + asked.id() + "\n"
                + (question.viewOnly()
                        ? "  agent approve " + asked.id() + " --view-only  lets them look and touch nothing\n"
                        : "")
                + (question.clipboard()
                        ? "  agent approve " + asked.id() + " --clipboard  also lets text be copied between here and"
                                + " there\n"
                        : "");
    }

    private static String said(String text) {
        return text.isEmpty() ? "(the enterprise does not say)" : "\"" + text + "\"";
    }

    private static String size(Question question) {
        if (question.bytes().isEmpty()) {
            return "";
        }
        long bytes = question.bytes().getAsLong();
        return bytes < 10_000
                ? " (" + bytes + " bytes)"
                : String.format(Locale.ROOT, " (%.1f MB, %d bytes)", bytes / 1e6, bytes);
    }

    static String json(List<Asked> questions) {
        return written(json -> {
            json.writeStartArray();
            for (Asked asked : questions) {
                write(json, asked);
            }
            json.writeEndArray();
        });
    }

    static String json(Asked asked) {
        return written(json -> write(json, asked));
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Asked asked) throws IOException {
        Question question = asked.question();
        json.writeStartObject();
        json.writeStringField("id", asked.id());
        json.writeStringField("action", question.action());
        json.writeStringField("what", question.what());
        json.writeStringField("by", question.by());
        json.writeStringField("reason", question.reason());
        if (question.bytes().isPresent()) {
            json.writeNumberField("bytes", question.bytes().getAsLong());
        }
        json.writeBooleanField("viewOnly", question.viewOnly());
        json.writeBooleanField("clipboard", question.clipboard());
        json.writeStringField("since", asked.since().toString());
        json.writeStringField("until", asked.until().toString());
        json.writeEndObject();
    }
}

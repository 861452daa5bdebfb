package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.recording.Stored;
import io.fairlead.enterprise.recording.Verification;
import io.fairlead.enterprise.remote.RecordedStream;
import io.fairlead.enterprise.remote.ServiceWords;
import io.fairlead.enterprise.remote.SessionRecordings;
import io.fairlead.enterprise.remote.SessionRecordings.Form;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Transcript;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Recordings of remote sessions. Bytes go in base64, 64 KiB or a little more in a line. */
public final class RecordingCommands {
    /** A session of eight hours has one a minute. */
    private static final int MOST_KEPT = 1_000;

    private final SessionRecordings recordings;
    private final OpenReaders readers;

    public RecordingCommands(SessionRecordings recordings, Timers timers) {
        this.recordings = recordings;
        this.readers = new OpenReaders(timers);
    }

    public Map<String, Command> commands() {
        return Map.of(
                "recordings", this::list,
                "recording", this::one,
                "recordings.save", this::save,
                "recordings.more", this::more,
                "recordings.verify", this::verify,
                "recordings.keep", this::keep);
    }

    /** The newest; of one device when it is named. */
    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only("device", "limit");
        return recordings
                .list(actor, arguments.optionalText("device").map(DeviceId::new).orElse(null), (int)
                        arguments.number("limit", 1, 1_000, 50))
                .map(list -> new JsonObject().put("recordings", Json.array(list, RecordingCommands::json)));
    }

    private Future<JsonObject> one(Actor actor, Arguments arguments) {
        arguments.only("id");
        return recordings.get(actor, arguments.text("id")).map(RecordingCommands::json);
    }

    /** Begins to read one; the rest comes by {@link #more}. */
    private Future<JsonObject> save(Actor actor, Arguments arguments) {
        arguments.only("id", "form");
        Form form = arguments.text("form").equals("asciicast") ? Form.ASCIICAST : Form.RAW;
        return readers.open(actor, () -> recordings.read(actor, arguments.text("id"), form))
                .map(reader -> new JsonObject().put("reader", reader));
    }

    /** The next bytes; none at the end, and the reader is closed. */
    private Future<JsonObject> more(Actor actor, Arguments arguments) {
        arguments.only("reader");
        return readers.next(actor, arguments.text("reader"))
                .map(bytes -> new JsonObject().put("bytes", Base64.getEncoder().encodeToString(bytes)));
    }

    private Future<JsonObject> verify(Actor actor, Arguments arguments) {
        arguments.only("id", "kept");
        return recordings
                .verify(
                        actor,
                        arguments.text("id"),
                        kept(arguments.optionalText("kept").orElse("")))
                .map(RecordingCommands::json);
    }

    private static List<SignedText> kept(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() > MOST_KEPT) {
            throw new Refusal(Fault.INVALID, "at most " + MOST_KEPT + " statements are taken");
        }
        List<SignedText> kept = new ArrayList<>();
        for (String line : lines) {
            try {
                kept.add(SignedText.ofHeader(line, Transcript.MOST_BYTES));
            } catch (NotAStatement none) {
                throw new Refusal(Fault.INVALID, "line " + (kept.size() + 1) + " is no statement", none);
            }
        }
        return kept;
    }

    private Future<JsonObject> keep(Actor actor, Arguments arguments) {
        arguments.only("id", "days");
        return recordings
                .keep(actor, arguments.text("id"), arguments.number("days", 1, 36_500, 1))
                .map(until -> new JsonObject().put("keptUntil", until.toString()));
    }

    static JsonObject json(Verification found) {
        JsonArray sentences = new JsonArray(found.sentences());
        return new JsonObject()
                .put("verdict", found.verdict().name())
                .put("sentences", sentences)
                .put("statements", found.statements())
                .put("vouchedSeconds", found.vouched().toMillis() / 1000.0)
                .put("seconds", found.length().toMillis() / 1000.0);
    }

    private static JsonObject json(RecordedStream one) {
        JsonObject json = new JsonObject()
                .put("id", one.id())
                .put("session", one.session())
                .put("device", one.device().value())
                .put("service", ServiceWords.write(one.service()))
                .put("viewer", one.viewer())
                .put("openedAt", one.openedAt().toString());
        if (one.endedAt() != null) {
            json.put("endedAt", one.endedAt().toString());
        }
        StreamCause cause = one.cause();
        if (cause != null) {
            json.put("cause", cause.name()).put("causeInWords", cause.words());
        }
        Stored stored = one.stored();
        if (stored != null) {
            json.put("bytes", stored.bytes())
                    .put("complete", stored.ended())
                    .put("keptUntil", stored.keepUntil().toString());
        }
        if (one.sha256() != null) {
            json.put("sha256", one.sha256());
        }
        return json;
    }
}

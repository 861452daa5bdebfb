package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.recording.Verification;
import io.fairlead.enterprise.remote.RecordedStream;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionRecordings;
import io.fairlead.enterprise.remote.SessionRecordings.Form;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * What was recorded of a session's stream: played, saved, judged.
 *
 * <pre>
 *   GET  .              the page
 *   GET  play           what its module replays
 *   GET  verification   {"verdict","sentences","marks"}
 *   GET  file?form=     raw or asciicast, to keep
 * </pre>
 */
public final class RecordingPages implements Pages {
    private static final Access SEE = Access.to(Action.SEE_RECORDING);
    private static final String PATH = "/sessions/:session/recordings/:recording";

    private final RemoteSessions sessions;
    private final SessionRecordings recordings;

    public RecordingPages(RemoteSessions sessions, SessionRecordings recordings) {
        this.sessions = sessions;
        this.recordings = recordings;
    }

    @Override
    public void mount(Doors doors) {
        doors.get(PATH, SEE, this::show);
        doors.get(PATH + "/play", SEE, this::play);
        doors.get(PATH + "/verification", SEE, this::verification);
        doors.get(PATH + "/file", SEE, this::file);
    }

    private Future<RecordedStream> one(Visit visit) {
        String id = visit.part("recording");
        if (!id.matches("[0-9a-f]{32}")) {
            throw new Refusal(Fault.NOT_FOUND, "not the id of a recording");
        }
        return recordings.get(visit.actor(), id).map(one -> {
            if (!one.session().equals(visit.part("session"))) {
                throw new Refusal(Fault.NOT_FOUND, "recording=" + id + " is of another session");
            }
            return one;
        });
    }

    private Future<Answer> show(Visit visit) {
        return one(visit)
                .compose(one -> sessions.get(visit.actor(), one.session())
                        .compose(session -> recordings
                                .shown(one)
                                .map(shown -> new RecordingView(session, one, shown, ""))
                                .recover(failure -> unplayable(failure, one)
                                        .map(why -> new RecordingView(session, one, null, why)))))
                .map(view -> Answer.show("console/recording.jte", view));
    }

    /** Why it cannot be played, for people; what nobody expected fails on. */
    private Future<String> unplayable(Throwable failure, RecordedStream one) {
        if (!recordings.canRead()) {
            return Future.succeededFuture(
                    "This server has no key that opens recordings: it only records. Another one of"
                            + " yours, with the private key in recording.key, plays this.");
        }
        if (SessionRecordings.damaged(failure)) {
            return Future.succeededFuture("This recording is not what was written: " + failure.getMessage() + ".");
        }
        boolean gone = failure instanceof Refusal refusal && refusal.fault() == Fault.NOT_FOUND;
        return gone
                ? Future.succeededFuture(
                        one.endedAt() == null
                                ? "It has not begun yet."
                                : "Nothing was recorded: nothing was ever shown.")
                : Future.failedFuture(failure);
    }

    private Future<Answer> play(Visit visit) {
        return read(visit, Form.PLAY, "play");
    }

    private Future<Answer> file(Visit visit) {
        boolean cast = visit.query().value("form").equals("asciicast");
        return read(visit, cast ? Form.ASCIICAST : Form.RAW, cast ? "cast" : "flraw");
    }

    private Future<Answer> read(Visit visit, Form form, String ending) {
        return one(visit)
                .compose(one -> recordings
                        .read(visit.actor(), one.id(), form)
                        .map(reader -> Answer.file(
                                "attachment; filename=\"" + one.device() + "-" + one.id() + "." + ending + "\"",
                                "application/octet-stream",
                                -1,
                                reader::into)));
    }

    private Future<Answer> verification(Visit visit) {
        return one(visit)
                .compose(one -> recordings.verify(visit.actor(), one.id(), List.of()))
                .map(found -> Answer.data(json(found)));
    }

    private static JsonObject json(Verification found) {
        JsonArray marks = new JsonArray();
        found.marks().stream().map(Duration::toMillis).forEach(marks::add);
        return new JsonObject()
                .put("verdict", found.verdict().name())
                .put("sentences", new JsonArray(found.sentences()))
                .put("marks", marks);
    }
}

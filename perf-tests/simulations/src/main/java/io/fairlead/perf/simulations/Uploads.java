package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.fairlead.contract.agent.TransferResponse;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The connection on which an agent sends the files that it was asked for, chunk by chunk, one after the other. */
final class Uploads {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final String FILE = "file";
    private static final String STATUS = "status";
    private static final String RETRY_AFTER = "retry-after";
    private static final String REST = "rest";

    private final Channel channel;
    private final FileContents contents;
    private final Watch watch;
    private final Tally tally;

    Uploads(Channel channel, FileContents contents, Watch watch, Tally tally) {
        this.channel = channel;
        this.contents = contents;
        this.watch = watch;
        this.tally = tally;
    }

    ChainBuilder chain(Function<Session, SimulatedAgent> agent) {
        return asLongAs(session -> goesOn(agent.apply(session), session))
                .on(exec(session -> begun(agent.apply(session), session))
                        .exec(doIfOrElse(session -> session.contains(FILE))
                                .then(step())
                                .orElse(pause(LOOK_AGAIN))));
    }

    /** A file that was asked for is still sent when all is over. */
    private boolean goesOn(SimulatedAgent agent, Session session) {
        return !watch.isOver() || (!watch.isLongOver() && (session.contains(FILE) || !agent.isIdle()));
    }

    private Session begun(SimulatedAgent agent, Session session) {
        if (session.contains(FILE)) {
            return session;
        }
        Optional<FileWanted> next = agent.nextFile();
        return next.isEmpty()
                ? session
                : session.set(
                        FILE,
                        new Sending(
                                agent.device(),
                                next.get(),
                                contents.of(next.get().transfer())));
    }

    private static Sending sending(Session session) {
        Sending sending = session.get(FILE);
        return sending;
    }

    /** Says what will be sent and hears where to go on, or sends the next chunk from there. */
    private ChainBuilder step() {
        return exec(session -> Channel.without(session).removeAll(STATUS, RETRY_AFTER))
                .exec(doIfOrElse(session -> sending(session).isOffered())
                        .then(exec(chunk()).exec(this::sent))
                        .orElse(exec(channel.request(
                                        session -> "file, offered",
                                        "Transfer",
                                        session -> sending(session).offer(),
                                        TransferResponse.class))
                                .exec(this::offered)))
                .exec(pause(Uploads::rested));
    }

    private static Duration rested(Session session) {
        Duration rest = session.get(REST);
        return rest == null ? Duration.ZERO : rest;
    }

    private HttpRequestActionBuilder chunk() {
        return http("file, chunk of 128 KiB")
                .put(session -> "/agent/files/" + sending(session).transfer())
                .header("Content-Range", session -> sending(session).range())
                .header("Content-Type", "application/octet-stream")
                .body(ByteArrayBody(session -> sending(session).chunk(contents)))
                .requestTimeout(PATIENCE)
                // 409 says that it belongs elsewhere, 408 and 503 that it was too much now.
                .check(
                        status().in(200, 204, 408, 409, 503).saveAs(STATUS),
                        header("Retry-After").optional().saveAs(RETRY_AFTER));
    }

    private Session offered(Session session) {
        Optional<Answer<TransferResponse>> answer = Channel.answer(session);
        if (answer.isEmpty()) {
            return session.set(REST, Answer.later(2));
        }
        Answer<TransferResponse> came = answer.get();
        if (came.isShed()) {
            tally.shed(came.fault(), came.retryAfterSeconds());
            return session.set(REST, came.pause());
        }
        Session rested = session.set(REST, Duration.ZERO);
        return switch (came.taken().orElseThrow().getState()) {
            case WANTED -> {
                sending(session).goOnAt(came.taken().orElseThrow().getOffset());
                yield rested;
            }
            case COMPLETE -> done(rested);
            case CANCELLED -> rested.remove(FILE);
        };
    }

    private Session sent(Session session) {
        int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
        Session rested = session.set(REST, Duration.ZERO);
        if (status == 200) {
            return done(rested);
        }
        if (status == 204) {
            sending(session).moved();
            return rested;
        }
        sending(session).ask();
        String retryAfter = session.contains(RETRY_AFTER) ? session.getString(RETRY_AFTER) : null;
        if (retryAfter == null) {
            return session.set(REST, Answer.later(1));
        }
        tally.shed("status-" + status, Integer.parseInt(retryAfter));
        return session.set(REST, Answer.later(Integer.parseInt(retryAfter)));
    }

    private Session done(Session session) {
        tally.add(Tally.FILES, 1);
        tally.add(Tally.FILE_BYTES, sending(session).size());
        return session.remove(FILE);
    }
}

package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;

import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The connection on which an agent reports: one report in flight, until its spool is empty. */
final class Reports {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final String REPORTING = "reporting";
    private static final String REPORT = "report";
    private static final String REST = "rest";

    private final Channel channel;
    private final Watch watch;
    private final Tally tally;

    Reports(Channel channel, Watch watch, Tally tally) {
        this.channel = channel;
        this.watch = watch;
        this.tally = tally;
    }

    /** One agent's messages: when the next is due. Its virtual user's own. */
    private final class Reporting {
        private final SimulatedAgent agent;
        private final Rhythm rhythm;
        private final SplittableRandom random;
        private final Readings readings;
        private Duration due;
        private long number;

        Reporting(SimulatedAgent agent, Rhythm rhythm) {
            this.agent = agent;
            this.rhythm = rhythm;
            this.random = new SplittableRandom(agent.device().hashCode());
            this.readings = new Readings(random);
            this.due = watch.elapsed().plus(rhythm.first(random));
        }

        boolean goesOn() {
            return !watch.isOver() || (!watch.isLongOver() && (number == 0 || !agent.isIdle()));
        }

        /** What is due goes into the spool; answers a report of what is there. */
        Optional<Report> report() {
            Duration now = watch.elapsed();
            if (due.compareTo(now) <= 0 && (number == 0 || !watch.isOver())) {
                number++;
                agent.note(readings.next(rhythm.changes(now, number, random)));
                due = now.plus(rhythm.next(now, random));
            }
            return agent.report();
        }

        /** Until something is due; results of instructions are looked for more often than that. */
        Duration rest() {
            Duration until = due.minus(watch.elapsed());
            return until.isNegative() || until.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : until;
        }
    }

    /** Goes on until all is over and the spool is empty; one message at least. */
    ChainBuilder chain(Function<Session, SimulatedAgent> agent, Rhythm rhythm) {
        return exec(session -> session.set(REPORTING, new Reporting(agent.apply(session), rhythm)))
                .exec(asLongAs(session -> reporting(session).goesOn())
                        .on(exec(Reports::prepared)
                                .exec(doIf(session -> session.contains(REPORT)).then(send(agent)))
                                .exec(pause(Reports::rested))));
    }

    /** One report of the oldest messages, and a rest if the server asks for one. */
    ChainBuilder once(Function<Session, SimulatedAgent> agent) {
        return exec(session -> with(agent.apply(session).report(), session.set(REST, LOOK_AGAIN)))
                .exec(doIf(session -> session.contains(REPORT)).then(send(agent)))
                .exec(pause(Reports::rested));
    }

    private ChainBuilder send(Function<Session, SimulatedAgent> agent) {
        return exec(Channel::without)
                .exec(channel.request(
                        session -> "report", "Report", session -> session.get(REPORT), ReportResponse.class))
                .exec(session -> session.set(REST, settled(agent.apply(session), session)));
    }

    private static Session with(Optional<Report> report, Session session) {
        return report.isPresent() ? session.set(REPORT, report.get()) : session.remove(REPORT);
    }

    private static Reporting reporting(Session session) {
        Reporting reporting = session.get(REPORTING);
        return reporting;
    }

    private static Session prepared(Session session) {
        Reporting reporting = reporting(session);
        return with(reporting.report(), session.set(REST, reporting.rest()));
    }

    private static Duration rested(Session session) {
        Duration rest = session.get(REST);
        return rest == null ? Duration.ZERO : rest;
    }

    private Duration settled(SimulatedAgent agent, Session session) {
        Optional<Answer<ReportResponse>> answer = Channel.answer(session);
        if (answer.isEmpty()) {
            return Answer.later(2);
        }
        Answer<ReportResponse> came = answer.get();
        if (came.isShed()) {
            tally.shed(came.fault(), came.retryAfterSeconds());
            return came.pause();
        }
        agent.settled(came.taken().orElseThrow());
        return agent.waiting() > 0 ? Duration.ZERO : LOOK_AGAIN;
    }
}

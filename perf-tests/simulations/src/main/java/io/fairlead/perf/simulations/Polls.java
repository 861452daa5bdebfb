package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;

import io.fairlead.contract.agent.PollResponse;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The connection on which an agent keeps a poll parked, over and over. */
final class Polls {
    private static final int LONGEST_HOLD_SECONDS = 50;
    private static final String ASKED = "asked";
    private static final String REST = "rest";

    private final Channel channel;
    private final Tally tally;
    private final LongSupplier nanos;

    Polls(Channel channel, Tally tally, LongSupplier nanos) {
        this.channel = channel;
        this.tally = tally;
        this.nanos = nanos;
    }

    /**
     * One poll after the other.
     *
     * @param goesOn asked before each
     * @param left no poll is held for longer
     */
    ChainBuilder chain(
            Function<Session, SimulatedAgent> agent,
            Function<Session, Boolean> goesOn,
            Function<Session, Duration> left) {
        return asLongAs(goesOn).on(poll(agent, session ->
                (int) Math.min(LONGEST_HOLD_SECONDS, left.apply(session).toSeconds())));
    }

    /** One poll that is not held. */
    ChainBuilder once(Function<Session, SimulatedAgent> agent) {
        return poll(agent, session -> 0);
    }

    private ChainBuilder poll(Function<Session, SimulatedAgent> agent, Function<Session, Integer> hold) {
        return exec(Channel::without)
                .exec(session -> session.set(ASKED, nanos.getAsLong()))
                .exec(channel.request(
                        session -> agent.apply(session).isSure() && hold.apply(session) > 0
                                ? "poll, parked"
                                : "poll, not held",
                        "Poll",
                        session -> agent.apply(session).poll(hold.apply(session)),
                        PollResponse.class))
                .exec(session -> session.set(REST, rest(agent.apply(session), session)))
                .exec(doIf(session -> !rested(session).isZero()).then(pause(Polls::rested)));
    }

    private static Duration rested(Session session) {
        Duration rest = session.get(REST);
        return rest == null ? Duration.ZERO : rest;
    }

    private Duration rest(SimulatedAgent agent, Session session) {
        Optional<Answer<PollResponse>> answer = Channel.answer(session);
        if (answer.isEmpty()) {
            return agent.lost();
        }
        Answer<PollResponse> came = answer.get();
        if (came.isShed()) {
            tally.shed(came.fault(), came.retryAfterSeconds());
            Duration ignored = agent.lost();
            assert !ignored.isNegative();
            return came.pause();
        }
        Duration held = Duration.ofNanos(nanos.getAsLong() - session.getLong(ASKED));
        return agent.polled(came.taken().orElseThrow(), held);
    }
}

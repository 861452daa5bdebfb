package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All agents come at once, as after a fallen network: each makes a new connection, shows by two polls that it has its
 * token, reports what it saw meanwhile, and parks a poll. Then all hang up, and come again. Whom the server sheds comes later, as it
 * asks.
 */
public final class ReconnectStorm extends Simulation {
    /** From one wave to the next, when the span has room for two. */
    private static final Duration WAVE = Duration.ofSeconds(15);
    /** Nobody is there so long before the next wave. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final int BACKLOG = 3;
    private static final String UNTIL = "until";

    private final Stage stage = new Stage();
    private final Duration wave;

    /** By Gatling. */
    public ReconnectStorm() {
        Duration half = stage.span().dividedBy(2);
        this.wave = half.compareTo(WAVE) < 0 ? half : WAVE;
        SetUp play = setUp(stage.connections("agents, coming back", comingBack(), arrivals()))
                .assertions(Stage.nothingFailed());
        assert play != null;
    }

    private OpenInjectionStep[] arrivals() {
        List<OpenInjectionStep> waves = new ArrayList<>();
        for (Duration at = Duration.ZERO; at.compareTo(stage.span()) < 0; at = at.plus(wave)) {
            waves.add(atOnceUsers(stage.count()));
            waves.add(nothingFor(wave));
        }
        return waves.toArray(OpenInjectionStep[]::new);
    }

    private ChainBuilder comingBack() {
        return exec(session -> {
                    SimulatedAgent agent = Stage.agent(session);
                    agent.fellOff();
                    Readings readings =
                            new Readings(new SplittableRandom(agent.device().hashCode()));
                    for (int i = 0; i < BACKLOG; i++) {
                        agent.note(readings.next(List.of()));
                    }
                    return session.set(UNTIL, end());
                })
                .exec(asLongAs(this::hasToCatchUp)
                        .on(doIfOrElse(session -> Stage.agent(session).isSure())
                                .then(stage.reports().once(Stage::agent))
                                .orElse(stage.polls().once(Stage::agent))))
                .exec(stage.polls()
                        .chain(Stage::agent, session -> !left(session).isZero(), this::left));
    }

    private boolean hasToCatchUp(Session session) {
        SimulatedAgent agent = Stage.agent(session);
        return (!agent.isSure() || agent.waiting() > 0) && !stage.watch().isLongOver();
    }

    /** Of the wave that goes on now. */
    private Duration end() {
        long waves = stage.watch().elapsed().dividedBy(wave) + 1;
        return wave.multipliedBy(waves).minus(QUIET);
    }

    private Duration left(Session session) {
        Duration left = session.<Duration>get(UNTIL).minus(stage.watch().elapsed());
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ZERO : left;
    }

    @Override
    public void after() {
        stage.leave();
    }
}

package io.fairlead.perf.simulations;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** A normal day, in the middle third of which every instrument raises and clears alarms each second. */
public final class AlarmBurst extends Simulation {
    private final Stage stage = new Stage();

    /** By Gatling. */
    public AlarmBurst() {
        Duration third = stage.span().dividedBy(3);
        Rhythm burst = new Burst(stage.everyDay(), third, third.multipliedBy(2));
        SetUp play = setUp(stage.polling(), stage.reporting(burst)).assertions(Stage.nothingFailed());
        assert play != null;
    }

    @Override
    public void after() {
        stage.leave();
    }
}

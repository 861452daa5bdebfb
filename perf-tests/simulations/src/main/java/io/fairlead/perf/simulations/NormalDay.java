package io.fairlead.perf.simulations;

import io.gatling.javaapi.core.Simulation;

/** Every agent has a poll parked and reports once a period; one message in twenty raises an alarm. */
public final class NormalDay extends Simulation {
    private final Stage stage = new Stage();

    /** By Gatling. */
    public NormalDay() {
        SetUp play = setUp(stage.polling(), stage.reporting(stage.everyDay())).assertions(Stage.nothingFailed());
        assert play != null;
    }

    @Override
    public void after() {
        stage.leave();
    }
}

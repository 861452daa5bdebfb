package io.fairlead.perf.simulations;

import io.gatling.javaapi.core.Simulation;

/** A normal day on which every agent was asked for a file of 1 to 5 MB, and sends it as soon as it hears of that. */
public final class UploadWave extends Simulation {
    private final Stage stage = new Stage();

    /** By Gatling. */
    public UploadWave() {
        SetUp play = setUp(stage.polling(), stage.reporting(stage.everyDay()), stage.uploading())
                .assertions(Stage.nothingFailed());
        assert play != null;
    }

    @Override
    public void after() {
        stage.leave();
    }
}

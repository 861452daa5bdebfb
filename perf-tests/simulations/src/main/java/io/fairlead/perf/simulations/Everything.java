package io.fairlead.perf.simulations;

import io.gatling.javaapi.core.Simulation;

/** A normal day, with files that were asked for, people at the console, and other systems that ask for data. */
public final class Everything extends Simulation {
    private final Stage stage = new Stage();

    /** By Gatling. */
    public Everything() {
        SetUp play = setUp(
                        stage.polling(),
                        stage.reporting(stage.everyDay()),
                        stage.uploading(),
                        stage.visiting(),
                        stage.calling())
                .assertions(Stage.nothingFailed());
        assert play != null;
    }

    @Override
    public void after() {
        stage.leave();
    }
}

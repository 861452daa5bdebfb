package io.fairlead.perf.fleet;

import picocli.CommandLine;

/** The simulator as a program of its own, so that its memory and time are its own. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(
                new CommandLine(new FleetCommand()).setUsageHelpAutoWidth(true).execute(args));
    }
}

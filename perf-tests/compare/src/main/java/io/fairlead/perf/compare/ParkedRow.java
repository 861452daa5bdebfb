package io.fairlead.perf.compare;

import java.util.List;
import java.util.concurrent.Callable;

/** What a parked poll costs the server in memory beside Vert.x that parks requests, and how long it takes to wake all at once. */
final class ParkedRow implements Row {
    private static final int DEVICES = 10_000;
    /** One in so many comes and goes first: what the programs load and compile then is not counted for all. */
    private static final int FIRST = 5;

    private static final int WAKINGS = 5;
    private static final Goal MEMORY = Goal.atMost(1.2);
    private static final Goal WAKING = Goal.atMost(2);
    private static final String BARE = "bare Vert.x";
    private static final String MEMORY_TEXT = "memory of a parked, enrolled agent at the server, KB (RSS)";
    private static final String WAKING_TEXT = "seconds until all of them are woken";

    /**
     * What one process was found to do.
     *
     * @param kilobytes more for each parked poll
     * @param cold seconds of its first waking
     * @param warm of its last
     */
    private record Found(double kilobytes, double cold, double warm) {}

    /** Wakes all that are parked; answers System.nanoTime of when. */
    private interface Waking {
        long begin() throws Exception;
    }

    @Override
    public String name() {
        return "2";
    }

    @Override
    public String title() {
        return "parked polls beside bare Vert.x";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(
                Finding.missing("2a", MEMORY_TEXT, MEMORY, whyNot), Finding.missing("2b", WAKING_TEXT, WAKING, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        int devices = effort.of(DEVICES);
        FleetStand stand = FleetStand.start(bench, devices);
        Withheld withheld = Withheld.ordered(stand.server(), devices);
        bench.end(stand.server().process());
        // A new process each time: what a round has left in memory would not be measured again.
        Callable<Found> product = () -> {
            FleetStand fresh = stand.again(bench, Garbage.LEAN);
            Withheld orders = withheld.at(fresh.server());
            Found found = found(fresh.product(true), orders::again, orders::tell);
            bench.end(fresh.server().process());
            return found;
        };
        Callable<Found> bare = () -> {
            Program program = stand.reference(bench, Garbage.LEAN, BarePolls.class);
            Found found = found(stand.reference(program, true), () -> {}, () -> {
                long from = System.nanoTime();
                program.say("wake " + devices);
                return from;
            });
            bench.end(program.process());
            return found;
        };
        List<Turn<Found>> turns = Turn.taken(effort.rounds(), product, bare);
        return new Measurement(
                List.of(
                        Finding.measured(
                                "2a", MEMORY_TEXT, BARE, Judged.RATIO, MEMORY, Turn.rounds(turns, Found::kilobytes)),
                        Finding.measured(
                                "2b", WAKING_TEXT, BARE, Judged.RATIO, WAKING, Turn.rounds(turns, Found::warm))),
                List.of(
                        devices
                                + " enrolled devices, each with a kept connection over mutual TLS and a poll that is held. Memory"
                                + " is what the process has more with them than before them, garbage collected both times;"
                                + " before that one in " + FIRST
                                + " of them comes, polls and goes. Bare Vert.x has the same TLS, and else its defaults.",
                        "All are woken by one transaction that gives each an instruction and notifies of it; the time counts"
                                + " from its commit to the last arrival, and nobody polls again meanwhile. Bare Vert.x is told to"
                                + " answer all. It is waking " + WAKINGS + " of a new process; the first takes "
                                + Numbers.text(Turn.median(turns, Found::cold)) + " s, and "
                                + Numbers.text(Numbers.median(Turn.rounds(turns, Found::cold).stream()
                                        .mapToDouble(Round::reference)
                                        .toArray()))
                                + " s with bare Vert.x (medians)."));
    }

    /** @param withhold what is to be before they park */
    private static Found found(Parked parked, Withholding withhold, Waking waking) throws Exception {
        withhold.run();
        parked.park(Math.max(1, parked.devices() / FIRST));
        parked.leave();
        double before = parked.kilobytes();
        parked.park();
        double kilobytes = (parked.kilobytes() - before) / parked.devices();
        double[] seconds = new double[WAKINGS];
        for (int i = 0; i < WAKINGS; i++) {
            if (i > 0) {
                withhold.run();
                parked.park();
            }
            seconds[i] = parked.secondsUntilAllWoke(waking.begin());
        }
        parked.leave();
        return new Found(kilobytes, seconds[0], seconds[WAKINGS - 1]);
    }

    private interface Withholding {
        void run() throws Exception;
    }
}

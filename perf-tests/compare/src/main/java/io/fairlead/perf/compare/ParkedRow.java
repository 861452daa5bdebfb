package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** What a parked poll costs the server in memory beside Vert.x that parks requests, and how long it takes to wake all at once. */
final class ParkedRow implements Row {
    private static final int DEVICES = 10_000;
    /** One in so many comes and goes first: what the programs load and compile then is not counted for all. */
    private static final int FIRST = 5;

    private static final int WAKINGS = 12;
    /** Of these, the last ones count: the JVM compiles for a while. */
    private static final int WARM = 3;

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
     * @param warm of its last ones, their median
     * @param spent in these together
     */
    private record Found(double kilobytes, double cold, double warm, Spent spent) {}

    /** Seconds of processor time: of the server without its compilers, of the load, of PostgreSQL. */
    private record Spent(double server, double load, double postgres) {
        Spent plus(Spent until, Spent since) {
            return new Spent(
                    server + until.server - since.server,
                    load + until.load - since.load,
                    postgres + until.postgres - since.postgres);
        }
    }

    /** Of PostgreSQL, where there is one. */
    private interface Database {
        double seconds() throws IOException;
    }

    /** Wakes all that are parked, once all is ready and that was noted; answers System.nanoTime of when. */
    private interface Waking {
        long begin(Noting ready) throws Exception;
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
            Found found = found(fresh.product(true), fresh.server()::postgresSeconds, orders::again, orders::tell);
            bench.end(fresh.server().process());
            return found;
        };
        Callable<Found> bare = () -> {
            Program program = stand.reference(bench, Garbage.LEAN, BarePolls.class);
            Found found = found(stand.reference(program, true), () -> 0, () -> {}, ready -> {
                ready.run();
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
                        "All are woken by one transaction that gives each an instruction and notifies of it, both servers with the"
                                + " JVM's usual share of free heap; the time counts from its commit to the last arrival, and nobody polls again meanwhile. Bare Vert.x is told to"
                                + " answer all. It is the median of the wakings " + (WAKINGS - WARM + 1) + " to "
                                + WAKINGS
                                + " of a new process; the first takes "
                                + Numbers.text(Turn.median(turns, Found::cold)) + " s, and "
                                + Numbers.text(Numbers.median(Turn.rounds(turns, Found::cold).stream()
                                        .mapToDouble(Round::reference)
                                        .toArray()))
                                + " s with bare Vert.x (medians).",
                        account(turns, devices)));
    }

    /** @param withhold what is to be before they park */
    private static Found found(Parked parked, Database database, Withholding withhold, Waking waking) throws Exception {
        withhold.run();
        parked.park(Math.max(1, parked.devices() / FIRST));
        parked.leave();
        double empty = parked.kilobytes();
        parked.park();
        double kilobytes = (parked.kilobytes() - empty) / parked.devices();
        Garbage.keepAsUsual(parked.pid());
        double[] seconds = new double[WAKINGS];
        Spent all = new Spent(0, 0, 0);
        for (int i = 0; i < WAKINGS; i++) {
            if (i > 0) {
                withhold.run();
                parked.park();
            }
            AtomicReference<Spent> before = new AtomicReference<>(all);
            seconds[i] = parked.secondsUntilAllWoke(waking.begin(() -> before.set(spent(parked, database))));
            if (i >= WAKINGS - WARM) {
                all = all.plus(spent(parked, database), Objects.requireNonNull(before.get()));
            }
        }
        parked.leave();
        double warm = Numbers.median(Arrays.copyOfRange(seconds, WAKINGS - WARM, WAKINGS));
        return new Found(kilobytes, seconds[0], warm, all);
    }

    private static Spent spent(Parked parked, Database database) throws IOException {
        return new Spent(
                Usage.secondsWithoutCompilers(parked.pid()),
                Usage.seconds(parked.load().pid()),
                database.seconds());
    }

    private static String account(List<Turn<Found>> turns, int devices) {
        ToDoubleFunction<ToDoubleFunction<Spent>> product =
                part -> Turn.median(turns, found -> part.applyAsDouble(found.spent())) / WARM / devices * 1e6;
        return "In a warm waking Fairlead took " + Numbers.text(product.applyAsDouble(Spent::server))
                + " µs of its core a device, and on the other core PostgreSQL "
                + Numbers.text(product.applyAsDouble(Spent::postgres)) + " µs and the load "
                + Numbers.text(product.applyAsDouble(Spent::load))
                + " µs, one behind the other: both have that core to themselves, from the transaction's notifications to what the"
                + " load makes of the answers.";
    }

    private interface Withholding {
        void run() throws Exception;
    }

    /** What is noted between two steps. */
    interface Noting {
        void run() throws IOException;
    }
}

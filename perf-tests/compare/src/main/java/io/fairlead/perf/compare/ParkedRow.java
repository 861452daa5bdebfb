package io.fairlead.perf.compare;

import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.perf.fleet.CommandSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a parked poll costs the server in memory beside Vert.x that parks requests, and how long it takes to wake all at once.
 *
 * <p>Instructions come one by one, so that nobody can give all agents one at the same moment. To wake them at once the
 * connection of PostgreSQL that notifies the server is stopped (SIGSTOP) while one for each is ordered, and goes on then: from
 * that moment the time counts until the last agent has its instruction.
 */
final class ParkedRow implements Row {
    private static final int DEVICES = 10_000;
    private static final int ORDERING = 8;
    private static final Goal MEMORY = Goal.atMost(1.2);
    private static final Goal WAKING = Goal.atMost(2);
    private static final String BARE = "bare Vert.x";
    private static final String MEMORY_TEXT = "memory of a parked, enrolled agent at the server, KB (RSS)";
    private static final String WAKING_TEXT = "seconds until all of them are woken";

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
        Program load = bench.program(
                Bench.OTHERS,
                List.of("-Xmx3g"),
                PollLoad.class,
                stand.identities().toString());
        load.say("side product " + stand.server().agents() + " 2");
        Parked product = new Parked(load, "product", stand.server().pid(), devices);
        List<Round> memory = new ArrayList<>();
        List<Round> waking = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            // A new process each: what the last round has left in memory would not be measured again.
            int port = Bench.freePort();
            Program bareProgram = stand.reference(bench, BarePolls.class, port);
            load.say("side bare" + round + " " + port + " 0");
            Parked bare = new Parked(load, "bare" + round, bareProgram.pid(), devices);
            double bareMemory = bare.park();
            double bareTime = bareWaking(bare, bareProgram);
            bare.leave();
            bench.end(bareProgram.process());
            if (round > 0) {
                stand = new FleetStand(stand.server().again(bench, FleetStand.LEAN), stand.identities());
                load.say("side product" + round + " " + stand.server().agents() + " 2");
                product = new Parked(load, "product" + round, stand.server().pid(), devices);
            }
            memory.add(new Round(product.park(), bareMemory));
            waking.add(new Round(productWaking(product, stand), bareTime));
            product.leave();
        }
        return new Measurement(
                List.of(
                        Finding.measured("2a", MEMORY_TEXT, BARE, Judged.RATIO, MEMORY, memory),
                        Finding.measured("2b", WAKING_TEXT, BARE, Judged.RATIO, WAKING, waking)),
                List.of(
                        devices
                                + " enrolled devices, each with a kept connection over mutual TLS and a poll that is held. Memory"
                                + " is what the process has more with them than before them, garbage collected both times.",
                        "To wake all at once, the connection of PostgreSQL that notifies the server is stopped while an"
                                + " instruction for each is ordered, and goes on then; the time counts from there to the last"
                                + " arrival. Bare Vert.x is told to answer all, with as many bytes. Each time it is the first"
                                + " waking of a new process: cold."));
    }

    private static double bareWaking(Parked bare, Program program) throws IOException {
        long from = System.nanoTime();
        program.say("wake " + bare.devices());
        long[] times = bare.arrivals(bare.devices());
        return (times[times.length - 1] - from) / 1e9;
    }

    private static double productWaking(Parked product, FleetStand stand)
            throws IOException, SQLException, InterruptedException {
        long notifier = notifier(stand.server().database());
        signal("STOP", notifier);
        long from;
        try {
            order(stand, product.devices());
        } finally {
            from = System.nanoTime();
            signal("CONT", notifier);
        }
        long[] times = product.arrivals(product.devices());
        return (times[times.length - 1] - from) / 1e9;
    }

    /** One instruction for each device, over the command socket. */
    private static void order(FleetStand stand, int devices) throws IOException, InterruptedException {
        CommandSocket socket = stand.server().socket();
        ExecutorService threads = Executors.newFixedThreadPool(ORDERING);
        try {
            List<Future<JsonObject>> all = new ArrayList<>();
            for (int i = 1; i <= devices; i++) {
                JsonObject what =
                        new JsonObject().put("device", ProductServer.device(i)).put("action", "collect");
                all.add(threads.submit(() -> socket.call("instruct", what)));
            }
            for (Future<JsonObject> each : all) {
                JsonObject unused = each.get();
            }
        } catch (java.util.concurrent.ExecutionException refused) {
            throw new IOException(refused.getCause());
        } finally {
            List<Runnable> unused = threads.shutdownNow();
        }
    }

    /** The process of PostgreSQL that notifies the server. */
    private static long notifier(DatabaseSettings database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(),
                        database.app().role(),
                        database.app().password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT pid FROM pg_stat_activity WHERE application_name = 'fairlead-listen'")) {
            if (!rows.next()) {
                throw new CannotMeasure("the server does not listen at its database");
            }
            return rows.getLong(1);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        if (code != 0) {
            throw new CannotMeasure("PostgreSQL's process " + pid + " cannot be signalled by this user");
        }
    }
}

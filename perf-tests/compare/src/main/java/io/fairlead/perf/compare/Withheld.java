package io.fairlead.perf.compare;

import io.fairlead.enterprise.kernel.DatabaseSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An instruction for each device that the server does not see until it is told of all of them at the same moment. The server
 * makes instructions one by one, so each is ordered as usual, while no poll is held, and then marked as taken back; the
 * transaction that takes the marks away notifies of each device, as the one that makes an instruction does.
 */
final class Withheld {
    private static final int ORDERING = 8;
    private static final String MARK = "timestamptz 'epoch'";
    /** Of a run that was broken off: nobody shall ever be given it. */
    private static final String FORGET = "UPDATE instruction SET cancelled_at = created_at WHERE cancelled_at = " + MARK
            + " OR (cancelled_at IS NULL AND journaled_at IS NULL)";
    /** As if it had never been delivered, so that it costs the same each time. */
    private static final String WITHHOLD = "UPDATE instruction SET cancelled_at = " + MARK
            + ", delivered_at = NULL WHERE cancelled_at IS NULL AND journaled_at IS NULL";

    private static final String TELL = "WITH told AS (UPDATE instruction SET cancelled_at = NULL WHERE cancelled_at = "
            + MARK + " RETURNING device) SELECT pg_notify('fairlead_instruction', device) FROM told";

    private final DatabaseSettings database;

    private Withheld(DatabaseSettings database) {
        this.database = database;
    }

    /** Makes one for each of so many devices, from the first; blocks, for a millisecond or so each. */
    static Withheld ordered(ProductServer server, int devices) throws IOException, SQLException, InterruptedException {
        Withheld withheld = new Withheld(server.database());
        withheld.run(FORGET);
        ExecutorService threads = Executors.newFixedThreadPool(ORDERING);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 1; i <= devices; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    server.order(number);
                    return number;
                }));
            }
            for (Future<Integer> each : all) {
                Integer unused = each.get();
            }
        } catch (ExecutionException refused) {
            throw new IOException(refused.getCause());
        } finally {
            List<Runnable> unused = threads.shutdownNow();
        }
        withheld.again();
        return withheld;
    }

    /** The same on this server, which has the same data. */
    Withheld at(ProductServer server) throws IOException {
        return new Withheld(server.database());
    }

    /** Withholds them once more, those that were given and are in no journal. */
    void again() throws SQLException {
        run(WITHHOLD);
    }

    /**
     * Tells the server of all; answers System.nanoTime of just before the commit.
     *
     * @param ready called before that
     */
    long tell(ParkedRow.Noting ready) throws SQLException, IOException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean unusedRows = statement.execute(TELL);
            ready.run();
            long at = System.nanoTime();
            connection.commit();
            return at;
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            boolean unusedRows = statement.execute(sql);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.app().role(), database.app().password());
    }
}

package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import picocli.CommandLine;

/** Watches a transfer until it has ended, with a line that says how far it is. Ctrl-C ends the watching only. */
final class TransferWatch {
    private static final long PAUSE_MILLIS = 500;
    /** A server that is started anew is waited for. */
    private static final Duration AWAY = Duration.ofSeconds(60);

    private final Screen screen;
    private final ServerOption server;
    private final boolean json;

    TransferWatch(Screen screen, ServerOption server, boolean json) {
        this.screen = screen;
        this.server = server;
        this.json = json;
    }

    /** Exit code 0 when it is done, 1 when it ended otherwise or the patience ended first. */
    int until(String id, Duration patience) {
        ProgressLine line = new ProgressLine(screen);
        Thread farewell = new Thread(() -> {
            line.end();
            screen.complain("The transfer goes on without you: fairlead transfers " + id);
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        JsonObject seen;
        try {
            seen = watch(id, System.nanoTime() + patience.toNanos(), line);
        } finally {
            forget(farewell);
            line.end();
        }
        if (json) {
            screen.print(seen.encodePrettily());
        } else {
            say(seen, patience);
        }
        return "DONE".equals(seen.getString("state")) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private JsonObject watch(String id, long deadline, ProgressLine line) {
        long answered = System.nanoTime();
        JsonObject arguments = new JsonObject().put("id", id);
        while (true) {
            try {
                JsonObject seen = server.call("transfer", arguments);
                answered = System.nanoTime();
                if (seen.getBoolean("ended") || answered >= deadline) {
                    return seen;
                }
                if (!json) {
                    line.show(progress(seen));
                }
            } catch (NoAnswer away) {
                if (System.nanoTime() - answered > AWAY.toNanos()) {
                    throw away;
                }
                line.show("The server does not answer; trying again.");
            }
            pause();
        }
    }

    static String progress(JsonObject one) {
        long size = one.getLong("size", -1L);
        long moved = one.getLong("moved");
        long rate = one.getLong("rate");
        return switch (one.getString("state")) {
            case "REQUESTED" -> "Waiting for " + one.getString("device") + " to begin";
            case "OFFERED" -> "Waiting for the first of " + Amounts.bytes(size);
            default ->
                Amounts.bytes(moved) + " of " + Amounts.bytes(size) + "  " + Amounts.percent(moved, size) + " %"
                        + (rate > 0
                                ? "  " + Amounts.rate(rate) + "  " + Amounts.time(size - moved, rate) + " left"
                                : "");
        };
    }

    private void say(JsonObject seen, Duration patience) {
        String id = seen.getString("id");
        String state = seen.getString("state");
        String detail = seen.getString("detail", "");
        String more = detail.isEmpty() ? "" : ", " + TextTable.plain(detail);
        if (!seen.getBoolean("ended")) {
            screen.print("Transfer " + id + ": no end after " + patience.toSeconds() + " s; its state is " + state
                    + ". It goes on: fairlead transfers " + id);
        } else if ("DONE".equals(state)) {
            screen.print("Transfer " + id + ": DONE, " + Amounts.bytes(seen.getLong("size", 0L)) + more);
            if ("upload".equals(seen.getString("direction"))) {
                screen.print("Save it with: fairlead transfers save " + id + " FILE");
            }
        } else {
            screen.print("Transfer " + id + ": " + state + more);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unable("Interrupted.", stopped);
        }
    }

    private static void forget(Thread farewell) {
        try {
            boolean was = Runtime.getRuntime().removeShutdownHook(farewell);
            assert was;
        } catch (IllegalStateException goingDown) {
            // The thread is saying its line.
        }
    }
}

package io.fairlead.enterprise.app;

import io.fairlead.enterprise.remote.ServiceWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds an open session of one's own in which a service is granted, or asks for one and waits, with words. */
final class ConnectSession implements AutoCloseable {
    private static final long PAUSE_MILLIS = 500;
    private static final int MOST_LISTED = 200;

    private final Screen screen;
    private final ServerOption server;
    private final String device;
    private final String word;
    private final boolean keep;
    private @Nullable String asked;
    private @Nullable Thread end;

    /**
     * @param word the service, as {@link ServiceArgument#word} makes it
     * @param keep whether a session that was asked for here goes on afterwards
     */
    ConnectSession(Screen screen, ServerOption server, String device, String word, boolean keep) {
        this.screen = screen;
        this.server = server;
        this.device = device;
        this.word = word;
        this.keep = keep;
    }

    /** Returns an open session's id: the one that is named, or one that is there, or a new one. Throws Unable for none. */
    String open(@Nullable String id, @Nullable String reason, int minutes) {
        Optional<JsonObject> there = id == null ? found() : Optional.empty();
        there.ifPresent(one -> screen.complain(
                "By session " + one.getString("id") + ", open until " + screen.moment(one.getString("until")) + "."));
        if (id == null && there.isEmpty() && reason == null) {
            throw new Unable("You have no open session with " + TextTable.plain(device)
                    + " for this. To ask for one, say why: --reason TEXT");
        }
        return id != null ? id : there.map(one -> one.getString("id")).orElseGet(() -> asked(reason, minutes));
    }

    /** Has the service connected; what it says goes there. */
    ConnectStream stream(String id, OutputStream to) throws IOException {
        JsonObject tickets =
                server.call("sessions.stream", new JsonObject().put("id", id).put("service", word));
        return ConnectStream.open(server.people(tickets), tickets, to);
    }

    private Optional<JsonObject> found() {
        JsonArray all = server.call(
                        "sessions", new JsonObject().put("device", device).put("limit", MOST_LISTED))
                .getJsonArray("sessions");
        return all.stream().map(JsonObject.class::cast).filter(this::fits).findFirst();
    }

    private boolean fits(JsonObject one) {
        return one.getBoolean("mine")
                && one.getString("state").equals("GRANTED")
                && one.getJsonArray("granted").stream()
                        .map(granted -> ServiceWords.read(String.valueOf(granted)))
                        .anyMatch(granted -> granted.covers(ServiceWords.read(word)));
    }

    private String asked(@Nullable String reason, int minutes) {
        JsonObject one = server.call(
                "sessions.request",
                new JsonObject()
                        .put("device", device)
                        .put("services", word)
                        .put("reason", reason)
                        .put("minutes", minutes));
        String id = one.getString("id");
        screen.complain(
                "Session " + id + " is asked for; waiting for " + TextTable.plain(device) + ". Ctrl-C takes it back.");
        Thread back = new Thread(() -> ended(id));
        Runtime.getRuntime().addShutdownHook(back);
        end = back;
        asked = id;
        String state = one.getString("state");
        while (!one.getBoolean("over") && !one.getString("state").equals("GRANTED")) {
            pause();
            one = server.call("session", new JsonObject().put("id", id));
            if (!one.getString("state").equals(state) && one.getString("state").equals("ASKED")) {
                screen.complain("The people there are asked.");
            }
            state = one.getString("state");
        }
        if (one.getBoolean("over")) {
            forget();
            String why = SessionsCommand.why(one);
            throw new Unable("Not granted: " + state + (why == null ? "" : ", " + TextTable.plain(why)));
        }
        if (!fits(one)) {
            close();
            throw new Unable("Less was granted: "
                    + one.getJsonArray("granted").stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
        screen.complain("Granted until " + screen.moment(one.getString("until"))
                + (keep ? "; it stays open until then, or: fairlead sessions end " + id : "; it ends with this."));
        if (keep) {
            forget();
        }
        return id;
    }

    /** Ends the session, if it was asked for here and is not to be kept. */
    @Override
    public void close() {
        String id = asked;
        forget();
        if (id != null) {
            ended(id);
        }
    }

    private void forget() {
        Thread hook = end;
        end = null;
        asked = null;
        if (hook != null) {
            try {
                boolean was = Runtime.getRuntime().removeShutdownHook(hook);
                assert was;
            } catch (IllegalStateException goingDown) {
                // It ends it now.
            }
        }
    }

    private void ended(String id) {
        try {
            JsonObject over =
                    server.call("sessions.end", new JsonObject().put("id", id).put("reason", "-"));
            assert over.containsKey("id");
        } catch (RuntimeException e) {
            screen.complain("Session " + id + " could not be ended: " + e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unable("Interrupted; the request stands.", e);
        }
    }
}

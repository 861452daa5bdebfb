package io.fairlead.agent.companion;

import io.fairlead.agent.consent.DoorClient;
import io.fairlead.agent.consent.DoorRefused;
import io.fairlead.agent.consent.Verdict;
import java.io.IOException;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;

/** What a button does at the agent's door, on a thread of its own: the windows wait for nothing. */
final class Errands {
    private final DoorClient door;
    private final String key;

    /** What came of one. */
    record Done(boolean counts, boolean over, String text) {}

    private interface Errand {
        String run() throws IOException;
    }

    Errands(DoorClient door, String key) {
        this.door = door;
        this.key = key;
    }

    /** @param then is called by the thread of the windows */
    void answer(String id, Verdict verdict, Consumer<Done> then) {
        go(() -> door.answer(id, verdict, key), then);
    }

    /** Ends a session; otherwise as {@link #answer}. */
    void end(String session, Consumer<Done> then) {
        go(() -> door.end(session), then);
    }

    private static void go(Errand errand, Consumer<Done> then) {
        Thread thread = new Thread(
                () -> {
                    Done done = done(errand);
                    SwingUtilities.invokeLater(() -> then.accept(done));
                },
                "errand");
        thread.setDaemon(true);
        thread.start();
    }

    private static Done done(Errand errand) {
        try {
            return new Done(true, true, errand.run());
        } catch (DoorRefused e) {
            return new Done(false, e.reason() == DoorRefused.Reason.NOTHING, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Done(false, false, String.valueOf(e.getMessage()));
        }
    }
}

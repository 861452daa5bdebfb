package io.fairlead.agent.status;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How this agent reaches the enterprise: {@value #WAY}, and {@value #POLL_HOLD} for how long its polls stay open. Said when it changes, and each tenth
 * time in case that was lost; names no proxy and no account.
 */
final class ConnectionProbe implements Probe {
    static final String WAY = Findings.OWN + "way";
    static final String POLL_HOLD = Findings.OWN + "poll-hold";

    private static final int EVERY = 10;

    private final Supplier<Optional<String>> way;
    private final IntSupplier holdSeconds;
    private String said = "";
    private int looks;

    ConnectionProbe(Supplier<Optional<String>> way, IntSupplier holdSeconds) {
        this.way = way;
        this.holdSeconds = holdSeconds;
    }

    @Override
    public String name() {
        return "connection";
    }

    @Override
    public void look(Findings findings) {
        Optional<String> kind = way.get();
        int hold = holdSeconds.getAsInt();
        String now = kind.orElse("") + " " + hold;
        boolean due = looks % EVERY == 0;
        looks++;
        if (now.equals(said) && !due) {
            return;
        }
        said = now;
        kind.ifPresent(text -> findings.own(WAY, text));
        if (hold > 0) {
            findings.own(POLL_HOLD, hold + " s");
        }
    }
}

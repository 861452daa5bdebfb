package io.fairlead.enterprise.app;

/**
 * One line on standard error that says how far something is: written over itself on a terminal, and now and then where
 * the output goes elsewhere. Which of the two it is the launchers say: Java's console tells nothing of standard error.
 */
final class ProgressLine {
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Screen screen;
    private final boolean terminal;
    private int width;
    private long spoken;
    private boolean begun;

    ProgressLine(Screen screen) {
        this(screen, Boolean.getBoolean("fairlead.terminal"));
    }

    ProgressLine(Screen screen, boolean terminal) {
        this.screen = screen;
        this.terminal = terminal;
    }

    void show(String text) {
        String plain = TextTable.plain(text);
        if (terminal) {
            screen.err().print("\r" + plain + " ".repeat(Math.max(0, width - plain.length())));
            screen.err().flush();
            width = plain.length();
        } else if (!begun || System.nanoTime() - spoken > QUIET_NANOS) {
            screen.complain(plain);
            spoken = System.nanoTime();
        }
        begun = true;
    }

    /** Leaves the line. */
    void end() {
        if (terminal && width > 0) {
            screen.err().println();
            screen.err().flush();
            width = 0;
        }
    }
}

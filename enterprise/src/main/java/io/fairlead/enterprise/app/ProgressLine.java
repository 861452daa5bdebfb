package io.fairlead.enterprise.app;

import java.io.Console;

/**
 * One line on standard error that says how far something is: written over itself on a terminal, and now and then where
 * the output goes elsewhere.
 */
final class ProgressLine {
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Screen screen;
    private final boolean terminal;
    private int width;
    private long spoken;
    private boolean begun;

    ProgressLine(Screen screen) {
        this(screen, isTerminal());
    }

    ProgressLine(Screen screen, boolean terminal) {
        this.screen = screen;
        this.terminal = terminal;
    }

    /** A JDK up to 21 has a console only at a terminal; later ones always have one, and it says itself. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException older) {
            return true;
        }
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

package io.fairlead.agent.terminal;

import java.util.Optional;

/**
 * How large a terminal's window is, in characters.
 *
 * @param rows, columns 1 to {@value #MOST}
 */
public record WindowSize(int rows, int columns) {
    /** What a terminal has until somebody says otherwise. */
    public static final WindowSize USUAL = new WindowSize(24, 80);

    static final int MOST = 500;

    public WindowSize {
        if (rows < 1 || columns < 1 || rows > MOST || columns > MOST) {
            throw new IllegalArgumentException("a window has 1 to " + MOST + " rows and columns");
        }
    }

    /** From what a stranger says, which may be none. */
    static Optional<WindowSize> of(String rows, String columns) {
        try {
            return Optional.of(new WindowSize(Integer.parseInt(rows), Integer.parseInt(columns)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}

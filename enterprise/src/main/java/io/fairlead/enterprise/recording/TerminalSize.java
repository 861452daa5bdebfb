package io.fairlead.enterprise.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a terminal's window was, as its viewer said by the sequence {@code ESC [ 8 ; ROWS ; COLUMNS t} in a frame of its own. */
record TerminalSize(int columns, int rows) {
    /** Until it is said. */
    static final TerminalSize FIRST = new TerminalSize(80, 24);

    private static final Pattern SAID = Pattern.compile("\u001b\\[8;([1-9]\\d{0,2});([1-9]\\d{0,2})t");
    private static final int MOST = 500;
    private static final int LONGEST = 16;

    /** Empty for a frame that says something else. */
    static Optional<TerminalSize> of(Frame frame) {
        if (frame.direction() != Direction.TO_AGENT || frame.bytes().length > LONGEST) {
            return Optional.empty();
        }
        Matcher said = SAID.matcher(new String(frame.bytes(), StandardCharsets.ISO_8859_1));
        return said.matches()
                ? Optional.of(new TerminalSize(
                        Math.min(MOST, Integer.parseInt(said.group(2))),
                        Math.min(MOST, Integer.parseInt(said.group(1)))))
                : Optional.empty();
    }

    /** The first that was said, if that was before anything else was typed; the playback then stands at its beginning. */
    static TerminalSize first(Playback playback) throws IOException {
        playback.rewind();
        Frame frame = playback.next();
        while (frame != null && frame.direction() != Direction.TO_AGENT) {
            frame = playback.next();
        }
        playback.rewind();
        return frame == null ? FIRST : of(frame).orElse(FIRST);
    }
}

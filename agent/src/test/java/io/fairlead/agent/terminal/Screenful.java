package io.fairlead.agent.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows, as a test reads and types. */
final class Screenful {
    private final Terminal terminal;
    private final StringBuilder seen = new StringBuilder();

    Screenful(Terminal terminal) {
        this.terminal = terminal;
    }

    void type(String text) throws IOException {
        terminal.typed().write(text.getBytes(UTF_8));
        terminal.typed().flush();
    }

    /** Reads until this is shown; returns its group. */
    String until(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        byte[] piece = new byte[4096];
        InputStream shown = terminal.shown();
        for (Matcher found = wanted.matcher(seen); !found.find(); found = wanted.matcher(seen)) {
            int read = shown.read(piece);
            assertThat(read).as("more than " + seen).isPositive();
            seen.append(new String(piece, 0, read, UTF_8));
        }
        Matcher found = wanted.matcher(seen);
        assertThat(found.find()).isTrue();
        String group = found.group(1);
        seen.delete(0, found.end());
        return group;
    }

    /** Reads to the end; false when it does not end as an end. */
    void untilEnd() {
        try {
            byte[] piece = new byte[4096];
            while (terminal.shown().read(piece) >= 0) {
                // More of it.
            }
        } catch (IOException e) {
            // An end too.
        }
    }
}

package io.fairlead.firewall.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files as they are handed out, for a reader to see. */
final class Golden {
    private Golden() {}

    static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("golden/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.fairlead.enterprise.app;

import io.fairlead.enterprise.people.Action;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Tables of plain text with a line of titles. */
final class Table {
    private Table() {}

    static List<List<String>> rows(String name) {
        try (InputStream in = Table.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .skip(1)
                    .map(line -> List.of(line.strip().split(" +", -1)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Action> actions(String cell) {
        return cell.equals("-")
                ? List.of()
                : Arrays.stream(cell.split(",", -1)).map(Action::valueOf).toList();
    }
}

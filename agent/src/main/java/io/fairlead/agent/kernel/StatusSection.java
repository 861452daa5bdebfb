package io.fairlead.agent.kernel;

import java.util.List;
import java.util.function.Supplier;

/**
 * A room's part of {@code agent status}. Whoever can read the PC's status folder reads this: no secrets, no results, no
 * names of people.
 */
public interface StatusSection {
    /** For programs, and with hyphens as blanks for people: {@code spool}. Unique. */
    String name();

    /** What is so now. Asked every few seconds by a thread of its own; neither blocks nor takes long. */
    List<StatusLine> lines();

    /** A section of this name. */
    static StatusSection of(String name, Supplier<List<StatusLine>> lines) {
        return new StatusSection() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<StatusLine> lines() {
                return lines.get();
            }
        };
    }
}

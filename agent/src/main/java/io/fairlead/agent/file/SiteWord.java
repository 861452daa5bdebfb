package io.fairlead.agent.file;

import java.util.Optional;

/** The customer's word on transfers, at the moment it is asked for. Thread-safe. */
public interface SiteWord {
    /** What {@code site.conf} says of a way that files go. */
    sealed interface Word {}

    /** It may be. */
    record Allowed() implements Word {}

    /** It may be when the person at the instrument says yes. */
    record Ask() implements Word {}

    /** It may not, and why. */
    record Refused(String why) implements Word {}

    /** What holds now for a file of this root; the root is empty for a package, and where it is not known yet. */
    Word word(Transfer.Way way, String root);

    /** Why nobody can be asked; empty when somebody can. */
    Optional<String> askable();

    /**
     * Asks the person at the instrument. Blocks, a minute at most.
     *
     * @param patient whether the file is marked as possibly holding patient data
     * @return why not; empty for a yes
     */
    Optional<String> ask(Transfer transfer, boolean patient);
}

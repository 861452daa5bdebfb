package io.fairlead.agent.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Judges what an account can do to a file or folder, on one kind of file system. Links are not followed. */
public interface FileAccess {
    /** Why the account can change the file's bytes or rights; empty when it cannot. */
    Optional<String> writable(Path file) throws IOException;

    /** Why the account can put something else in the place of a folder's entry; empty when it cannot. */
    Optional<String> replaceable(Path folder, Path entry) throws IOException;

    /** Changes with every change of the file's content, name, owner or rights, as far as the system tells. */
    String changeMark(Path file) throws IOException;
}

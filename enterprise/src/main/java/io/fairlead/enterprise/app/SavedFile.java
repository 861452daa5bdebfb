package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.Calls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file on this machine's disk for what a server sends. What is there is not overwritten, and a part is not kept. */
record SavedFile(Path path, Screen screen) {
    /** Writes what comes, and answers how many bytes that were. */
    interface Coming {
        long to(Calls session, OutputStream out) throws IOException;
    }

    /** Answers how many bytes were written. Throws Unable when the file is there already or cannot be written. */
    long write(ServerOption server, Coming coming) {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return server.talk(session -> coming.to(session, out));
        } catch (FileAlreadyExistsException there) {
            throw new Unable(path + " is there already. It is left as it is; name another file.", there);
        } catch (IOException unwritable) {
            throw new Unable("Cannot write " + path + ": " + unwritable.getMessage(), unwritable);
        } catch (RuntimeException failed) {
            discard();
            throw failed;
        }
    }

    private void discard() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            screen.complain("A part of the file is left at " + path + ".");
        }
    }
}

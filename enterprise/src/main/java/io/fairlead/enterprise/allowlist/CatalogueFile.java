package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.catalogue.Catalogue;
import io.fairlead.firewall.catalogue.CatalogueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operator's catalogue, read again when its file changes; or the one that is shipped. Blocks. For one thread at a time. */
final class CatalogueFile {
    private final Optional<Path> file;
    private @Nullable Catalogue good;
    private @Nullable FileTime read;
    private Optional<String> trouble = Optional.empty();

    CatalogueFile(Optional<Path> file) {
        this.file = file;
    }

    /** What it says now; what it said before as long as it is broken. Empty when it never could be read. */
    Optional<Catalogue> current() {
        if (file.isEmpty()) {
            good = good == null ? Catalogue.shipped() : good;
            return Optional.ofNullable(good);
        }
        try {
            FileTime changed = Files.getLastModifiedTime(file.get());
            if (!changed.equals(read)) {
                read = changed;
                good = Catalogue.read(file.get());
                trouble = Optional.empty();
            }
        } catch (CatalogueException broken) {
            trouble = Optional.of(
                    "The catalogue of the allowlist is broken, and what it said before holds: " + broken.getMessage());
        } catch (IOException unreadable) {
            read = null;
            trouble = Optional.of("The catalogue of the allowlist, " + file.get()
                    + ", cannot be read, and what it said before holds.");
        }
        return Optional.ofNullable(good);
    }

    /** What is wrong with it, for the operator. */
    Optional<String> trouble() {
        return trouble;
    }
}

package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates of every root that this server has or had, for who verifies what was signed long ago. Blocks. */
public final class Roots {
    private final AuthorityFiles files;

    public Roots(DataFolder data) {
        this.files = new AuthorityFiles(data);
    }

    /** Those in the secrets folder, the oldest first; none where there is no authority yet. */
    public List<X509Certificate> own() {
        List<X509Certificate> roots = new ArrayList<>();
        for (int generation = 1; generation < files.next(); generation++) {
            Path file = files.of(generation).path("root.crt");
            if (Files.exists(file)) {
                for (X509Certificate one : read(file)) {
                    if (!roots.contains(one)) {
                        roots.add(one);
                    }
                }
            }
        }
        return roots;
    }

    /**
     * Those in a PEM file.
     *
     * @throws CannotStart when it cannot be read, or holds none
     */
    public List<X509Certificate> read(Path file) {
        try {
            return Pem.certificates(Files.readAllBytes(file));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new CannotStart(
                    "The certificates in " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}

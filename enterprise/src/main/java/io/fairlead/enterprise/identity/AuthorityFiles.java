package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the authority lies; nodes of one database share it.
 * <pre>
 * authority/           the first {@link Generation}
 *   2/  3/  …          later ones
 *   plan.json          {@link AuthorityPlan}
 * </pre>
 * A generation is made under another name and renamed when it is whole; the plan is replaced in one step. Blocks.
 */
final class AuthorityFiles {
    private static final String PLAN = "plan.json";

    private final Path folder;
    private final Path unfinished;

    AuthorityFiles(DataFolder data) {
        this.folder = data.secretPath("authority");
        this.unfinished = data.secretPath("authority.new");
    }

    boolean exists() {
        return Files.exists(folder);
    }

    Path folder() {
        return folder;
    }

    SecretFiles of(int generation) {
        return new SecretFiles(generation == 1 ? folder : folder.resolve(Integer.toString(generation)));
    }

    /** What writes one generation's files. */
    interface Writing {
        void into(SecretFiles files) throws IOException, GeneralSecurityException;
    }

    /** Makes a generation whole or not at all; what an interrupted try left goes. */
    void make(int generation, Writing writing) throws IOException, GeneralSecurityException {
        Path draft = generation == 1 ? unfinished : folder.resolve(generation + ".new");
        SecretFiles files = new SecretFiles(draft);
        files.createEmpty();
        writing.into(files);
        files.becomes(generation == 1 ? folder : folder.resolve(Integer.toString(generation)));
    }

    /** Removes what an interrupted first start left. */
    void clear() throws IOException {
        new SecretFiles(unfinished).remove();
    }

    void remove(int generation) throws IOException {
        of(generation).remove();
    }

    /** The next number that was never given. */
    int next() {
        int next = 2;
        while (Files.exists(folder.resolve(Integer.toString(next)))) {
            next++;
        }
        return next;
    }

    AuthorityPlan plan() {
        Path file = folder.resolve(PLAN);
        try {
            return AuthorityPlan.parse(Files.readString(file));
        } catch (NoSuchFileException none) {
            return AuthorityPlan.FIRST;
        } catch (IOException | RuntimeException unreadable) {
            throw new CannotStart(
                    file + " cannot be read. It says which authorities agents trust: restore it from a backup.",
                    unreadable);
        }
    }

    void write(AuthorityPlan plan) throws IOException {
        new SecretFiles(folder).replace(PLAN, plan.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** The generations that a plan trusts. */
    Map<Integer, Generation> load(AuthorityPlan plan) {
        Map<Integer, Generation> generations = new TreeMap<>();
        for (int number : plan.trusted()) {
            generations.put(number, Generation.load(number, of(number)));
        }
        return generations;
    }

    /** The key of a root, wherever one lies that fits; empty when it is kept elsewhere. */
    Optional<PrivateKey> rootKey(X509Certificate root) {
        for (int generation = 1; generation < next(); generation++) {
            SecretFiles files = of(generation);
            if (Files.exists(files.path("root.key"))) {
                PrivateKey key = Generation.key(files, "root.key");
                if (KeyMatch.matches(key, root.getPublicKey())) {
                    return Optional.of(key);
                }
            }
        }
        return Optional.empty();
    }

    /** A generation that nobody trusts any longer must not be able to issue. The root's key is left to its owner. */
    void destroyIssuers(int generation) throws IOException {
        for (Usage usage : Usage.values()) {
            Files.deleteIfExists(of(generation).path(usage.word() + ".key"));
        }
    }
}

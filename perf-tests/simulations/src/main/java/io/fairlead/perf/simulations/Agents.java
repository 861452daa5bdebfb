package io.fairlead.perf.simulations;

import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Identity;
import io.fairlead.soap.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.KeyManagerFactory;

/** The fleet that a simulation plays: who is enrolled, each with his key. */
final class Agents {
    private static final char[] NO_PASSWORD = {};

    private final List<Enrolled> all;

    private Agents(List<Enrolled> all) {
        this.all = all;
    }

    /** Throws IllegalStateException when nobody is enrolled there. */
    static Agents of(Path folder, Documents documents, Clock clock, Tally tally) {
        try {
            Identities identities = Identities.kept(folder);
            SecureRandom random = new SecureRandom();
            return new Agents(identities.all().stream()
                    .map(one -> new Enrolled(
                            new SimulatedAgent(one, identities.memory(), epoch(random), documents, clock, tally),
                            key(one)))
                    .toList());
        } catch (IOException e) {
            throw new IllegalStateException("nobody is enrolled in " + folder, e);
        }
    }

    private static String epoch(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static KeyManagerFactory key(Identity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = identity.chain().toArray(Certificate[]::new);
            store.setKeyEntry("device", identity.key(), NO_PASSWORD, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot keep a key in memory", e);
        }
    }

    int count() {
        return all.size();
    }

    Seats seats() {
        return new Seats(all);
    }

    /** One of whom the server has values. */
    Optional<String> anyWithValues() {
        int first = ThreadLocalRandom.current().nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            SimulatedAgent agent = all.get((first + i) % all.size()).agent();
            if (agent.hasValues()) {
                return Optional.of(agent.device());
            }
        }
        return Optional.empty();
    }

    /** Messages that were never settled. */
    long waiting() {
        return all.stream().mapToLong(one -> one.agent().waiting()).sum();
    }
}

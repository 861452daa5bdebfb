package io.fairlead.agent.app;

import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which of Java's security providers an agent has. A small runtime names some that it lacks, and Java would seek those on the
 * class path, where it finds Bouncy Castle and starts it whole: 750 classes for nothing.
 */
final class SecurityProviders {
    /** Elliptic curves, TLS, ciphers and hashes; SASL is NTLM at proxies. */
    private static final Set<String> NEEDED = Set.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE", "SunSASL");

    private static final String KEY = "security.provider.";

    private SecurityProviders() {}

    /** Before Java asks the first of them. */
    static void keepNeeded() {
        List<String> kept = new ArrayList<>();
        int last = 0;
        for (String entry = Security.getProperty(KEY + 1);
                entry != null;
                entry = Security.getProperty(KEY + (last + 1))) {
            if (NEEDED.contains(entry.split(" ", 2)[0])) {
                kept.add(entry);
            }
            last++;
        }
        // None can be taken from the list, and of one that is named twice the first counts.
        for (int i = 0; i < last && !kept.isEmpty(); i++) {
            Security.setProperty(KEY + (i + 1), kept.get(Math.min(i, kept.size() - 1)));
        }
    }
}

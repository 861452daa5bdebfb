package io.fairlead.agent.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a program that the customer names has of the agent's environment: little, and nothing that is the agent's own. */
public final class ProgramEnvironment {
    /** What a program needs to find others and its texts, and on Windows to run at all. */
    private static final Set<String> KEPT = Set.of(
            "PATH",
            "LANG",
            "TZ",
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "WINDIR",
            "COMSPEC",
            "PATHEXT",
            "TEMP",
            "TMP",
            "USERPROFILE",
            "PROGRAMDATA",
            "PROGRAMFILES");

    private ProgramEnvironment() {}

    /** Takes all else out of an environment. */
    public static void narrow(Map<String, String> environment) {
        boolean unusedNarrower = environment.keySet().removeIf(name -> !KEPT.contains(name.toUpperCase(Locale.ROOT)));
    }
}

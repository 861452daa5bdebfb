package io.fairlead.enterprise.app;

import java.util.List;

/** A service as people type it. */
final class ServiceArgument {
    private static final List<String> SUFFIXES = List.of("view", "control", "terminal");

    private ServiceArgument() {}

    /**
     * Its word in commands: {@code NAME:view}, {@code NAME:control} and {@code NAME:terminal} are {@code view/NAME} and so on,
     * anything else is to be used. A name may have colons itself.
     */
    static String word(String typed) {
        for (String mode : SUFFIXES) {
            if (typed.endsWith(":" + mode)) {
                return mode + "/" + typed.substring(0, typed.length() - mode.length() - 1);
            }
        }
        return "use/" + typed;
    }
}

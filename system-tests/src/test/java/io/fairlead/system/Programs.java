package io.fairlead.system;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs as they are shipped. */
final class Programs {
    private static final Path ROOT = Path.of(System.getProperty("fairlead.root", ".."));

    private Programs() {}

    static Path root() {
        return ROOT;
    }

    static Path enterprise() {
        return jar("enterprise", "fairlead-enterprise");
    }

    static Path agent() {
        return jar("agent", "fairlead-agent");
    }

    /** The classes of these tests. */
    static Path tests() {
        return Path.of(URI.create(Programs.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    /** The Java that runs the tests runs the programs. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path jar(String module, String name) {
        Path jar = ROOT.resolve(module).resolve("target").resolve(name + "-0.1.0.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar + " is missing: these tests run in Maven's phase \"verify\" or \"test\" of"
                            + " the whole build, after \"package\" of the programs");
        }
        return jar;
    }
}

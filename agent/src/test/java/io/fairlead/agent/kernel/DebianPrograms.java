package io.fairlead.agent.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;

/** What all tests do that start programs of Debian's beside the agent. */
public final class DebianPrograms {
    private static final int TRIES = 100;

    private DebianPrograms() {}

    /** Skips the test without it, which the launcher counts as a failure in CI. */
    public static void require(String program, String debianPackage) {
        if (!Files.isExecutable(Path.of(program))) {
            Assumptions.abort(program + " is missing (Debian package " + debianPackage + ")");
        }
    }

    /** A port on loopback for a program that must be told one: below those that the system hands out by itself. */
    public static int freePort() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 19_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no free port");
    }

    /** Between two looks at whether a program is there yet. */
    public static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

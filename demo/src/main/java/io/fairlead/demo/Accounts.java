package io.fairlead.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Which account agents get, and whether it can reach what it needs. */
final class Accounts {
    /** A number that no distribution gives to a user or a service. */
    private static final int AGENTS = 62_001;

    private Accounts() {}

    /** A user of their own when root starts the demo, else the user himself. */
    static Account choose(Path data) throws IOException {
        if (!root()) {
            return new Account.Ordinary();
        }
        Account account = new Account.OfItsOwn(AGENTS);
        Path probe = data.resolve("agents");
        Modes.readableFolder(probe);
        if (!succeeds(account, List.of("/bin/ls", probe.toString()))) {
            throw new Stopped("Agents run as user " + AGENTS + ", who cannot enter " + probe
                    + ": a folder above it is closed to others. Choose another with --data DIR, such as"
                    + " /var/lib/fairlead/demo or one below /tmp.");
        }
        return account;
    }

    /** The programs where that account can read them. */
    static Programs reachable(Programs programs, Account account, Path data) throws IOException {
        if (account instanceof Account.Ordinary) {
            return programs;
        }
        if (!succeeds(account, List.of(programs.java().toString(), "-version"))) {
            throw new Stopped("Agents run as user " + AGENTS + ", who cannot start " + programs.java()
                    + ". Use a JDK that every user can read, such as one in /usr/lib/jvm (JAVA_HOME).");
        }
        return programs.withAgentIn(data.resolve("program"));
    }

    private static boolean root() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    }

    private static boolean succeeds(Account account, List<String> program) throws IOException {
        try {
            Process process = new ProcessBuilder(account.command(program))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.fairlead.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The account that the agent runs as, as far as writing files goes.
 *
 * @param uid on systems that number accounts
 * @param groups all of its groups
 * @param overrides why no file is out of its reach; empty for an ordinary account
 * @param name as the system calls it
 */
public record Account(OptionalLong uid, Set<Long> groups, Optional<String> overrides, String name) {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID, SYS_MODULE, SYS_RAWIO, SYS_PTRACE, SYS_ADMIN of capabilities(7). */
    private static final long MIGHTY = 1L | 1 << 1 | 1 << 3 | 1 << 6 | 1 << 7 | 1 << 16 | 1 << 17 | 1 << 19 | 1 << 21;

    public Account {
        groups = Set.copyOf(groups);
    }

    /** The account of this process: on Linux by number, elsewhere by name. */
    public static Account ofThisProcess() throws IOException {
        String name = System.getProperty("user.name", "");
        if (!Files.isReadable(STATUS)) {
            return new Account(OptionalLong.empty(), Set.of(), Optional.empty(), name);
        }
        return of(Files.readString(STATUS), name);
    }

    /** From {@code Uid: real effective saved file}, {@code Gid:} likewise, {@code Groups:} {@code CapPrm:} and {@code CapEff:} (proc(5)). */
    public static Account of(String status, String name) {
        long uid = -1;
        long capabilities = 0;
        Set<Long> groups = new HashSet<>();
        for (String line : status.split("\n", -1)) {
            String[] parts = line.strip().split("\\s+", -1);
            switch (parts[0]) {
                case "Uid:" -> uid = Long.parseLong(parts[2]);
                case "Gid:", "Groups:" -> {
                    for (int i = 1; i < parts.length; i++) {
                        groups.add(Long.parseLong(parts[i]));
                    }
                }
                // What is permitted can be made effective at any moment.
                case "CapEff:", "CapPrm:" -> capabilities |= Long.parseUnsignedLong(parts[1], 16);
                default -> {
                    // Of no weight here.
                }
            }
        }
        if (uid < 0) {
            throw new IllegalArgumentException("no Uid: in the status of the process");
        }
        Optional<String> overrides = uid == 0
                ? Optional.of("the agent runs as root, who can write every file")
                : (capabilities & MIGHTY) != 0
                        ? Optional.of("the agent's process has capabilities with which it can write every file")
                        : Optional.empty();
        return new Account(OptionalLong.of(uid), groups, overrides, name);
    }

    public boolean isRoot() {
        return uid.orElse(-1) == 0;
    }
}

package io.fairlead.agent.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started on terminals and is still there. It is known by its parents, and on Linux, where a program may leave its
 * parents and its terminal, by a variable that all of them inherit. Who clears its environment and leaves its parents, or
 * changes its account, escapes.
 *
 * @param mark with what the variable's value begins
 */
public record Leftovers(String mark) {
    static final String VARIABLE = "FAIRLEAD_TERMINAL";

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final int ROUNDS = 5;
    private static final long PAUSE_MILLIS = 20;

    /** Kills what an agent that was killed itself has left. */
    public void end() {
        for (int round = 0; round < ROUNDS && kill(marked()); round++) {
            pause();
        }
    }

    List<ProcessHandle> of(long pid) {
        Set<ProcessHandle> found = new HashSet<>(marked());
        ProcessHandle.of(pid).ifPresent(one -> {
            found.add(one);
            one.descendants().forEach(found::add);
        });
        return List.copyOf(found);
    }

    /** What a dying program starts in the meantime is caught by the next round. */
    void end(long pid, List<ProcessHandle> known) {
        boolean some = kill(known);
        for (int round = 0; round < ROUNDS && (kill(of(pid)) || some); round++) {
            some = false;
            pause();
        }
    }

    private static boolean kill(List<ProcessHandle> all) {
        boolean some = false;
        for (ProcessHandle one : all) {
            if (one.isAlive()) {
                boolean asked = one.destroyForcibly();
                LOG.debug("terminal-process={} killed={}", one.pid(), asked);
                some |= asked;
            }
        }
        return some;
    }

    private List<ProcessHandle> marked() {
        long own = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(one -> one.pid() != own && isMarked(one.pid()))
                .toList();
    }

    private boolean isMarked(long pid) {
        try {
            String environment =
                    Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + VARIABLE + "=" + mark);
        } catch (IOException e) {
            // Not Linux, another account's, or gone: not ours.
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.fairlead.enterprise.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user that PostgreSQL runs as. It refuses to run as root; so when root starts us, its programs are started as
 * another user: the one that owns the data already, else {@code fairlead}, {@code postgres} or {@code nobody}.
 *
 * @param uid number of the user, or -1 for the user that runs us
 */
record PostgresUser(int uid, int gid) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresUser.class);
    private static final PostgresUser OURSELVES = new PostgresUser(-1, -1);
    private static final List<String> CANDIDATES = List.of("fairlead", "postgres", "nobody");

    /** @param data the data folder of PostgreSQL, which need not exist yet */
    static PostgresUser forData(Path data) {
        boolean root = SystemUser.isRoot();
        if (Files.exists(data)) {
            return ownerOf(data, root);
        }
        return root ? firstKnown() : OURSELVES;
    }

    private static PostgresUser ownerOf(Path data, boolean root) {
        if (SystemUser.id() < 0) {
            return OURSELVES;
        }
        int owner;
        int group;
        try {
            owner = (Integer) Files.getAttribute(data, "unix:uid");
            group = (Integer) Files.getAttribute(data, "unix:gid");
        } catch (IOException unreadable) {
            throw new CannotStart("The folder " + data + " cannot be read: " + Reason.of(unreadable), unreadable);
        }
        if (root && owner == 0) {
            throw new CannotStart(
                    "The folder " + data + " belongs to root, and PostgreSQL does not run as root. Give it"
                            + " to the user that shall run it: chown -R fairlead: '" + data + "'");
        }
        if (!root && owner != SystemUser.id()) {
            throw new CannotStart("The folder " + data + " belongs to the user with number " + owner
                    + ". Start Fairlead as root or as that user, or choose another folder with --data.");
        }
        return root ? new PostgresUser(owner, group) : OURSELVES;
    }

    private static PostgresUser firstKnown() {
        for (String name : CANDIDATES) {
            int uid = number("-u", name);
            int gid = number("-g", name);
            if (uid > 0 && gid > 0) {
                if (name.equals("nobody")) {
                    LOG.warn("postgres_user=nobody advice=\"make a user of its own: useradd --system fairlead\"");
                }
                return new PostgresUser(uid, gid);
            }
        }
        throw new CannotStart("PostgreSQL does not run as root, and none of the users " + CANDIDATES
                + " exists. Make one: useradd --system fairlead");
    }

    private static int number(String option, String name) {
        try {
            Process id = new ProcessBuilder("id", option, name)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return id.waitFor() == 0 ? Integer.parseInt(answer) : -1;
        } catch (IOException | NumberFormatException unknown) {
            return -1;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /**
     * A process of that command as this user, not yet started. It sees neither our environment nor the terminal's
     * Ctrl-C, which would stop the database before the server has finished.
     */
    ProcessBuilder process(Path workingFolder, List<String> command) {
        List<String> whole = new ArrayList<>();
        if (found("setsid")) {
            whole.add("setsid");
        }
        if (uid >= 0) {
            if (!found("setpriv")) {
                throw new CannotStart("The program setpriv (package util-linux) is missing. It starts PostgreSQL as"
                        + " another user than root.");
            }
            whole.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs"));
        }
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole);
        Map<String, String> environment = builder.environment();
        // Windows programs need SystemRoot and more; there, the environment stays.
        if (File.separatorChar == '/') {
            String path = environment.getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            environment.clear();
            environment.put("PATH", path);
            environment.put("LC_ALL", "C");
            environment.put("TZ", "UTC");
        }
        return builder.directory(workingFolder.toFile()).redirectErrorStream(true);
    }

    /** Gives a file or folder that we have made to this user. */
    void own(Path path) throws IOException {
        if (uid >= 0) {
            Files.setAttribute(path, "unix:gid", gid);
            Files.setAttribute(path, "unix:uid", uid);
        }
    }

    /** @throws CannotStart naming the first folder on the way that this user cannot pass */
    void mustReach(Path folder) {
        if (uid < 0 || canEnter(folder)) {
            return;
        }
        for (Path step = folder.getRoot(); step != null; step = next(step, folder)) {
            if (!canEnter(step)) {
                throw new CannotStart("PostgreSQL runs as the user with number " + uid + " (it refuses root), and that"
                        + " user cannot pass " + step + ". Choose a folder with --data that every user can reach, such"
                        + " as /var/lib/fairlead, or let others pass: chmod o+x '" + step + "'");
            }
        }
    }

    private static @Nullable Path next(Path step, Path goal) {
        return step.equals(goal) ? null : goal.getRoot().resolve(goal.subpath(0, step.getNameCount() + 1));
    }

    private boolean canEnter(Path folder) {
        try {
            Process test = process(Path.of("/"), List.of("test", "-x", folder.toString()))
                    .start();
            if (!test.waitFor(10, TimeUnit.SECONDS)) {
                test.destroyForcibly();
                return false;
            }
            return test.exitValue() == 0;
        } catch (IOException failure) {
            throw new CannotStart("No program can be started: " + Reason.of(failure), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", stop);
        }
    }

    private static boolean found(String program) {
        if (File.separatorChar != '/') {
            return false;
        }
        for (String folder :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}

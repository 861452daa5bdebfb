package io.fairlead.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Under which user agents run. An agent must not be able to write its {@code site.conf}: root starts them as a user of
 * their own that has a number and nothing else; whoever is not root has only himself, and the agents are told so.
 */
sealed interface Account {
    /** The command as that user, so that it ends when the demo does. */
    List<String> command(List<String> program);

    /** What the agent's {@code run} needs to be told beside. */
    List<String> options();

    /** Gives a folder to that user, and to nobody else. */
    void give(Path folder) throws IOException;

    /** As root: a user who owns nothing but the agents' data. */
    record OfItsOwn(int user) implements Account {
        @Override
        public List<String> command(List<String> program) {
            return Session.as(user, program);
        }

        @Override
        public List<String> options() {
            return List.of();
        }

        @Override
        public void give(Path folder) throws IOException {
            Files.setAttribute(folder, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(folder, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
            Modes.set(folder, "rwx------");
        }
    }

    /** As anybody else: himself. */
    record Ordinary() implements Account {
        @Override
        public List<String> command(List<String> program) {
            return Session.of(program);
        }

        @Override
        public List<String> options() {
            return List.of("--demo-ordinary-user");
        }

        @Override
        public void give(Path folder) throws IOException {
            Modes.set(folder, "rwx------");
        }
    }
}

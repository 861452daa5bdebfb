package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Somebody puts yesterday's data folder back, or a part of it: nothing runs twice, and the enterprise hears of it. */
@EnabledOnOs(OS.LINUX)
class AgentRestoredTest {
    private static final String SITE = """
            diagnostics = [{ name = mark, command = ["/bin/sh", "-c", "echo marked >> 'EFFECTS'"] }]
            """;
    /** The older journal is seen by the enterprise, or the older token. */
    private static final Pattern SEEN = Pattern.compile("link.down loop=poll .*(journal-behind|identity-held)");

    private static Folder folder;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent-restored");
        server = Server.start(folder.path().resolve("server"));
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server first = server) {
            assertThat(List.of(last, first)).hasSize(2);
        }
    }

    @Test
    void yesterdays_data_folder_runs_nothing_twice_and_the_enterprise_takes_nothing_from_it() throws Exception {
        Path kept = folder.path().resolve("yesterday");
        AgentProcess agent = agentWithWork("restored", kept);
        remove(agent.data());
        copy(kept, agent.data());

        try (agent) {
            agent.start();
            long after = agent.instruct("diagnose", "name", "mark");
            agent.await("it is seen", () -> SEEN.matcher(agent.audit()).find());

            assertThat(Files.readAllLines(agent.effects())).hasSize(3);
            assertThat(Rows.value(
                            server,
                            "SELECT outcome IS NULL FROM instruction WHERE device = 'restored' AND sequence = "
                                    + after))
                    .isEqualTo("t");
        }
    }

    @Test
    void yesterdays_journal_alone_is_refused_by_the_agent_itself_until_it_is_enrolled_anew() throws Exception {
        Path kept = folder.path().resolve("yesterdays");
        AgentProcess agent = agentWithWork("journal", kept);
        remove(agent.data().resolve("journal"));
        copy(kept.resolve("journal"), agent.data().resolve("journal"));

        agent.start();
        agent.await("the refusal", () -> agent.audit().contains("journal.refused"));
        assertThat(agent.audit()).contains("the journal is an older copy: ");
        agent.await(
                "the enterprise hears of it",
                () -> "t"
                        .equals(Rows.value(
                                server,
                                "SELECT count(*) > 0 FROM event WHERE device = 'journal' AND code ="
                                        + " 'agent.enrolment-needed'")));
        agent.close();
        assertThat(Files.readAllLines(agent.effects())).hasSize(3);

        agent.enrol();
        try (agent) {
            agent.start();
            assertThat(agent.obey("diagnose", "name", "mark").getString("state"))
                    .isEqualTo("DONE");
            assertThat(Files.readAllLines(agent.effects())).hasSize(4);
        }
    }

    /** An agent that has done one thing before the copy was made, and two after it; it is stopped. */
    private static AgentProcess agentWithWork(String device, Path copy) throws Exception {
        AgentProcess agent = AgentProcess.enrolled(server, device, folder.path().resolve(device), SITE);
        agent.start();
        mark(agent);
        agent.close();
        copy(agent.data(), copy);
        agent.start();
        mark(agent);
        mark(agent);
        agent.close();
        assertThat(Files.readAllLines(agent.effects())).hasSize(3);
        return agent;
    }

    private static void mark(AgentProcess agent) throws Exception {
        assertThat(agent.obey("diagnose", "name", "mark").getString("state")).isEqualTo("DONE");
    }

    private static void copy(Path from, Path to) throws Exception {
        Process process = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static void remove(Path tree) throws IOException {
        Path removed = Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failed) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(removed).doesNotExist();
    }
}

package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.enterprise.operator.CommandClient;
import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Both zips as they are shipped: unpacked, started by their own scripts, the agent on the small Java it makes itself. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZipTest {
    private Folder folder;
    private Path said;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        folder = Folder.make("zip");
        said = folder.path().resolve("said.txt");
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        folder.close();
    }

    @Test
    void a_server_and_an_agent_out_of_their_zips_find_each_other() throws Exception {
        Path enterprise = unpacked("enterprise", "fairlead-enterprise-0.1.0");
        Path agent = unpacked("agent", "fairlead-agent-0.1.0");
        assertThat(Files.readAllBytes(agent.resolve("windows/fairlead-agent.exe")))
                .as("procrun")
                .startsWith('M', 'Z');
        assertThat(agent.resolve("windows/install.cmd")).isRegularFile();
        assertThat(run(Map.of("JAVA_HOME", System.getProperty("java.home")), agent.resolve("bin/make-runtime")))
                .as(said())
                .isZero();

        Path rows = folder.path().resolve("server");
        Path config = Files.writeString(folder.path().resolve("enterprise.conf"), "operations.port = 0\n");
        String port = Integer.toString(Server.freePorts(2));
        started(
                Map.of(),
                enterprise.resolve("bin/fairlead"),
                List.of("enterprise", "run", "--config", config.toString(), "--data", rows.toString(), "--port", port)
                        .toArray(String[]::new));
        String string = enrolment(new CommandClient(rows));

        Path data = Files.createDirectory(folder.path().resolve("data"));
        // The way to the server comes from a PAC file: JavaScript in a child process on the small Java.
        Path pac = Files.writeString(folder.path().resolve("proxy.pac"), """
                function FindProxyForURL(url, host) {
                  var hosts = JSON.parse('["localhost"]').filter(one => new RegExp("^" + one + "$", "i").test(host));
                  return hosts.length && weekdayRange("SUN", "SAT") && new Date() > 0 ? "DIRECT" : "PROXY 127.0.0.1:1";
                }
                """);
        Path site = Files.writeString(
                folder.path().resolve("site.conf"), "proxy { from = pac, pac = \"" + pac.toUri() + "\" }");
        if (AgentProcess.ROOT) {
            Files.setAttribute(data, "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
        }
        Path script = agent.resolve("bin/fairlead-agent");
        assertThat(run(Map.of(), script, with(data, site, "enrol", string)))
                .as(said())
                .isZero();
        Path loaded = data.resolve("loaded.txt");
        started(
                Map.of("FAIRLEAD_JAVA_OPTS", "-Xlog:class+load:file=" + loaded + "::filecount=0"),
                script,
                with(data, site, "run"));
        String told = "";
        while (!told.contains("connected: nothing to do")) {
            Thread.sleep(1000);
            told = status(script, data);
        }

        assertThat(Files.readString(data.resolve("log/agent.0.log")))
                .contains("pac=read from=")
                .contains("ways=[")
                .doesNotContain("pac=failed");
        assertThat(told).contains("runs (process ", "device                  zipped", "below normal");
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            assertThat(all.map(each -> each.info().command().orElse("")))
                    .contains(agent.resolve("runtime/bin/java").toString());
        }
        lieReady(Files.readString(loaded));
    }

    /** The classes of Java that an agent needs, by the list that its small Java is made with. */
    private static void lieReady(String loaded) {
        List<String> ready = loaded.lines()
                .filter(line -> line.endsWith("source: shared objects file"))
                .toList();
        List<String> read = loaded.lines()
                .filter(line -> line.contains("source: jrt:/"))
                .map(line -> line.replaceAll(".*\\] (\\S+) source: .*", "$1").replace('.', '/'))
                .toList();
        assertThat(ready).hasSizeGreaterThan(2000);
        assertThat(read)
                .as(
                        "that so many are not ready, so runtime.classes is old: it is what java -XX:DumpLoadedClassList=FILE"
                                + " writes of an agent at rest, but for what is not Java's own and lines with \"@lambda-proxy\"")
                .hasSizeLessThan(300);
        assertThat(loaded).doesNotContain("org.bouncycastle");
    }

    /** Once the server answers. */
    private static String enrolment(CommandClient client) throws Exception {
        JsonObject arguments = new JsonObject()
                .put("device", "zipped")
                .put("customer", "Test hospital")
                .put("site", "Laboratory")
                .put("region", "eu")
                .put("model", "Tester 1")
                .put("serial", "1");
        while (true) {
            try {
                return client.call("enrol", arguments).getString("enrolment");
            } catch (IOException | CommandRefused notYet) {
                Thread.sleep(200);
            }
        }
    }

    private Path unpacked(String module, String name) throws Exception {
        assumeThat(Path.of("/usr/bin/unzip"))
                .as("unzip is missing (Debian package unzip)")
                .exists();
        Path zip = Programs.root()
                .resolve(module)
                .resolve("target")
                .resolve(name + ".zip")
                .toAbsolutePath();
        assertThat(run(
                        Map.of(),
                        Path.of("/usr/bin/unzip"),
                        "-q",
                        zip.toString(),
                        "-d",
                        folder.path().toString()))
                .as(said())
                .isZero();
        return folder.path().resolve(name);
    }

    private static String[] with(Path data, Path site, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", data.toString(), "--site", site.toString()));
        if (!AgentProcess.ROOT) {
            all.add("--demo-ordinary-user");
        }
        return all.toArray(String[]::new);
    }

    private String status(Path script, Path data) throws Exception {
        Path before = said;
        said = Files.createTempFile(folder.path(), "status", ".txt");
        try {
            assertThat(run(Map.of(), script, "status", "--data", data.toString()))
                    .isBetween(0, 4);
            return said();
        } finally {
            said = before;
        }
    }

    private int run(Map<String, String> environment, Path program, String... words) throws Exception {
        Process process = started(environment, program, words);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(said()).isTrue();
        return process.exitValue();
    }

    private Process started(Map<String, String> environment, Path program, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
        // Only what the zip brings, unless the test says otherwise.
        builder.environment().remove("JAVA");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("FAIRLEAD_AGENT_USER", Integer.toString(AgentProcess.USER));
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String said() throws IOException {
        return Files.exists(said) ? Files.readString(said) : "";
    }
}

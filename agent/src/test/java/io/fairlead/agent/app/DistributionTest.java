package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.agent.host.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is copied to an instrument's PC. The Windows scripts cannot be run here; that they agree with each other, with the
 * program and with their Linux twins can be seen.
 */
class DistributionTest {
    private static final Path DIST = Path.of("src/main/dist");
    private static final Pattern SET = Pattern.compile("(?m)^set \"([A-Z_]+)=(.*)\"\\r\\n");

    @TempDir
    Path folder;

    @Test
    void windows_scripts_have_windows_line_ends_and_no_letters_that_a_code_page_turns() throws IOException {
        assertThat(scripts()).hasSize(5).allSatisfy(script -> {
            String text = Files.readString(script, StandardCharsets.US_ASCII);
            assertThat(text.replace("\r\n", "")).as(script.toString()).doesNotContain("\n", "\r");
            assertThat(text.chars().allMatch(c -> c < 128)).isTrue();
        });
    }

    @Test
    void names_paths_and_the_account_stand_in_one_place_and_the_agent_knows_the_same() throws IOException {
        Map<String, String> names = names();
        Host windows = Host.windows(Map.of("ProgramData", "%ProgramData%"));

        assertThat(names)
                .containsEntry("SERVICE", windows.service().name())
                .containsEntry("ACCOUNT", "NT SERVICE\\" + windows.service().name())
                .containsEntry("DATA", backslashes(windows.data()))
                .containsEntry("SITE", backslashes(windows.site()))
                .containsEntry(
                        "STATUS", backslashes(windows.notices(windows.data()).orElseThrow()));
        for (Path script : scripts()) {
            String text = Files.readString(script);
            if (!script.endsWith("names.cmd") && !script.endsWith("make-runtime.cmd")) {
                assertThat(text).as(script.toString()).contains("call \"%~dp0names.cmd\"\r\n");
                assertThat(text.replaceAll("(?m)^rem .*$", ""))
                        .as(script.toString())
                        .doesNotContain(
                                "NT SERVICE",
                                "%ProgramData%",
                                "%ProgramFiles%",
                                "//FairleadAgent",
                                "sc start Fairlead");
            }
        }
    }

    @Test
    void every_variable_of_a_windows_script_is_set_somewhere() throws IOException {
        Set<String> known = new TreeSet<>(names().keySet());
        known.addAll(List.of("ProgramFiles", "ProgramData", "SystemRoot", "JAVA_HOME", "ERRORLEVEL"));
        for (Path script : scripts()) {
            String text = Files.readString(script);
            Set<String> set = new TreeSet<>(known);
            Matcher makes = Pattern.compile("set (?:/p )?\"?([A-Z_]+)=").matcher(text);
            while (makes.find()) {
                set.add(makes.group(1));
            }
            Matcher uses = Pattern.compile("%([A-Za-z_]+)%").matcher(text);
            while (uses.find()) {
                assertThat(set).as(script.toString()).contains(uses.group(1));
            }
        }
    }

    @Test
    void the_service_gets_the_javas_options_that_its_linux_twin_gets() throws IOException {
        String linux = Files.readString(DIST.resolve("bin/fairlead-agent"));
        int from = linux.indexOf("flags='") + 7;
        Set<String> options = new TreeSet<>(
                Arrays.asList(linux.substring(from, linux.indexOf('\'', from)).split("\\s+", -1)));
        options.add("-Xrs");

        Matcher windows =
                Pattern.compile("set \"OPTIONS=(?:%OPTIONS%;)?(.*)\"\\r").matcher(install());
        Set<String> found = new TreeSet<>();
        while (windows.find()) {
            found.addAll(Arrays.asList(windows.group(1).split(";", -1)));
        }
        assertThat(found).isEqualTo(options);
    }

    @Test
    void the_service_runs_this_program_restarts_after_every_failure_and_gives_nobody_too_much() throws IOException {
        assertThat(install())
                .contains("--StartClass=" + Main.class.getName() + " --StartMethod=main --StartParams=run ")
                .contains("--StopClass=java.lang.System --StopMethod=exit")
                .contains(
                        "obj= \"%ACCOUNT%\"",
                        "restart/1000/restart/5000/restart/10000", "sc failureflag \"%SERVICE%\" 1")
                .contains("icacls \"%SITE%\" /inheritance:r /grant:r \"%SYSTEM_SID%:F\" \"%ADMINISTRATORS_SID%:F\""
                        + " \"%ACCOUNT%:R\"")
                .contains("icacls \"%DATA%\" /inheritance:r /grant:r \"%SYSTEM_SID%:(OI)(CI)F\""
                        + " \"%ADMINISTRATORS_SID%:(OI)(CI)F\" \"%ACCOUNT%:(OI)(CI)M\"");
        Matcher program = Pattern.compile("icacls \"%PROGRAM%\" /inheritance.*").matcher(install());
        assertThat(program.find()).isTrue();
        assertThat(program.group()).contains("%ACCOUNT%:(OI)(CI)RX").doesNotContain("%ACCOUNT%:(OI)(CI)M");
    }

    @Test
    void folders_that_a_stranger_made_beforehand_are_refused_and_closed_before_anything_is_put_into_them()
            throws IOException {
        List<String> steps = install().lines().map(String::strip).toList();
        List<String> looks = List.of(
                "call :owned \"%FAIRLEAD%\" || exit /b 1",
                "call :owned \"%DATA%\" || exit /b 1",
                "call :owned \"%STATUS%\" || exit /b 1",
                "call :owned \"%SITE%\" || exit /b 1");
        List<String> order = new ArrayList<>(looks);
        order.add("icacls \"%FAIRLEAD%\" /reset /L >nul || goto failed");
        order.add("icacls \"%FAIRLEAD%\" /inheritance:r /grant:r \"%SYSTEM_SID%:(OI)(CI)F\""
                + " \"%ADMINISTRATORS_SID%:(OI)(CI)F\" >nul || goto failed");
        order.addAll(looks);
        order.add("icacls \"%FAIRLEAD%\\*\" /setowner \"%ADMINISTRATORS_SID%\" /T /L /Q >nul || goto failed");
        order.add("icacls \"%FAIRLEAD%\\*\" /reset /T /L /Q >nul || goto failed");
        order.add("if not exist \"%SITE%\" copy \"%PROGRAM%\\site.conf.reference\" \"%SITE%\" >nul");
        assertThat(steps).containsSubsequence(order);
        assertThat(steps.subList(steps.indexOf(":owned"), steps.size()))
                .containsSubsequence(
                        "fsutil reparsepoint query \"%~1\" >nul 2>&1",
                        "if \"*%OWNER%\"==\"%ADMINISTRATORS_SID%\" exit /b 0",
                        "if \"*%OWNER%\"==\"%SYSTEM_SID%\" exit /b 0",
                        "exit /b 1");
    }

    @Test
    void the_small_runtime_has_every_module_that_our_classes_name() throws Exception {
        List<String> modules = Arrays.asList(
                Files.readString(DIST.resolve("runtime.modules")).strip().split(",", -1));
        Set<String> service = modules("^(?!io\\.fairlead\\.agent\\.companion\\.).*$");
        Set<String> companion = modules(".*");

        assertThat(service).isNotEmpty();
        assertThat(modules).containsAll(service);
        // By name only, at run time: elliptic curves for TLS, and NTLM at proxies.
        assertThat(modules).contains("jdk.crypto.ec", "java.security.sasl");
        // Windows are in another Java, which the service never runs on.
        assertThat(service).doesNotContain("java.desktop");
        assertThat(modules).doesNotContain("java.desktop");
        companion.removeAll(modules);
        assertThat(companion).containsExactly("java.desktop");
        assertThat(Files.readString(DIST.resolve("bin/make-runtime"))).contains("modules=$modules,java.desktop\n");
    }

    /** What of the JDK the classes name whose names fit. */
    private static Set<String> modules(String classes) {
        java.io.StringWriter said = new java.io.StringWriter();
        List<String> words =
                List.of("-s", "--multi-release", "17", "--ignore-missing-deps", "-include", classes, "target/classes");

        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new java.io.PrintWriter(said), new java.io.PrintWriter(said), words.toArray(String[]::new));

        assertThat(code).as(said.toString()).isZero();
        Set<String> needed = new TreeSet<>();
        Matcher module = Pattern.compile("-> (java\\.\\S+|jdk\\.\\S+)").matcher(said.toString());
        while (module.find()) {
            needed.add(module.group(1));
        }
        return needed;
    }

    @Test
    void systemd_takes_the_unit_and_finds_it_tight() throws Exception {
        Path tool = Path.of("/usr/bin/systemd-analyze");
        assumeThat(tool)
                .as("systemd-analyze is missing (Debian package systemd)")
                .exists();
        Path unit = folder.resolve("fairlead-agent.service");
        // The program is not installed here, and its manual neither.
        Files.writeString(
                unit,
                Files.readString(DIST.resolve("fairlead-agent.service"))
                        .replaceAll("(?m)^ExecStart=\\S+", "ExecStart=/bin/true")
                        .replaceAll("(?m)^Documentation=.*", ""));

        assertThat(run(tool.toString(), "verify", unit.toString())).isEmpty();
        assertThat(run(tool.toString(), "security", "--offline=true", "--threshold=20", unit.toString()))
                .contains("Overall exposure level");
    }

    private String run(String... command) throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int code = process.waitFor();
        assertThat(code).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(DIST.resolve("windows"))) {
            return files.sorted().toList();
        }
    }

    private static String install() throws IOException {
        return Files.readString(DIST.resolve("windows/install.cmd"));
    }

    private static Map<String, String> names() throws IOException {
        Map<String, String> names = new TreeMap<>();
        Matcher set = SET.matcher(Files.readString(DIST.resolve("windows/names.cmd")));
        while (set.find()) {
            names.put(set.group(1), set.group(2));
        }
        return names;
    }

    private static String backslashes(Path path) {
        return path.toString().replace('/', '\\');
    }
}

package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The diagnostic package, from the order to what the enterprise unpacks. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackagingTest {
    @TempDir
    private Path folder;

    private FilesRig rig;

    @BeforeEach
    void build() throws IOException {
        rig = new FilesRig(folder.resolve("agent"));
        rig.mostPackage = 40_000;
        rig.patient = List.of("patient*");
        Path logs = Files.createDirectories(rig.out.resolve("logs"));
        write(logs.resolve("run.log"), "the newest line\n", 3);
        write(logs.resolve("run.log.1"), "x".repeat(30_000) + "the end of yesterday\n", 2);
        write(logs.resolve("patient-7.log"), "born 1970", 1);
        Files.createSymbolicLink(logs.resolve("link.log"), folder);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        write(elsewhere.resolve("other.log"), "not in an upload root", 1);
        Path own = Files.createDirectories(folder.resolve("own"));
        write(own.resolve("agent.0.log"), "own log", 1);
        rig.parts = List.of(
                new PackagePart.Made("self-test.txt", "the self-test", () -> "pass  clock\n"),
                new PackagePart.Made("broken.txt", "what breaks", () -> {
                    throw new IllegalStateException("secret detail");
                }),
                new PackagePart.Files("agent-log", own, "*.log", true),
                new PackagePart.Files("logs/run", logs, "*", false),
                new PackagePart.Files("logs/other", elsewhere, "*.log", false),
                new PackagePart.Files("logs/none", folder.resolve("nowhere"), "*.log", false));
    }

    @Test
    void it_has_what_may_go_and_a_manifest_that_says_what_is_missing() throws Exception {
        Map<String, byte[]> package_ = arrived();

        assertThat(package_.keySet())
                .containsExactly(
                        "self-test.txt",
                        "agent-log/agent.0.log",
                        "logs/run/run.log",
                        "logs/run/run.log.1",
                        "manifest.json");
        assertThat(text(package_, "logs/run/run.log")).isEqualTo("the newest line\n");
        assertThat(text(package_, "logs/run/run.log.1"))
                .as("a quarter of the package, its newest part")
                .hasSize(10_000)
                .endsWith("the end of yesterday\n");
        String manifest = text(package_, "manifest.json");
        assertThat(manifest)
                .contains("\"device\" : \"device-1\"")
                .contains("\"sha256\" : \"" + FilesEnterprise.sha256(package_.get("logs/run/run.log.1")) + "\"")
                .contains("\"beginningLeftOut\" : 20021")
                .contains("marked as possibly holding patient data")
                .contains("in no upload root")
                .contains("links are not followed")
                .contains("there is no such folder")
                .contains("could not be made: IllegalStateException")
                .doesNotContain("born 1970")
                .doesNotContain("secret detail");
    }

    private Map<String, byte[]> arrived() throws Exception {
        try (FilesEnterprise enterprise = new FilesEnterprise(folder);
                Transfers transfers =
                        rig.transfers(FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"))) {
            transfers.start();
            FilesRig.done(transfers.diagnosticPackage(FilesRig.diagnosticPackage(FilesRig.id(1))));
            FilesRig.await(
                    "complete",
                    () -> enterprise.uploads.containsKey(FilesRig.id(1))
                            && enterprise.uploads.get(FilesRig.id(1)).complete);
            FilesEnterprise.Upload upload = enterprise.uploads.get(FilesRig.id(1));
            assertThat(upload.offer.getName()).matches("package-device-1-.*Z\\.zip");
            return unzip(Files.readAllBytes(upload.file));
        }
    }

    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static String text(Map<String, byte[]> entries, String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }

    private static void write(Path file, String text, int hour) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-21T0" + hour + ":00:00Z")));
    }
}

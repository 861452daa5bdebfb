package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsLcTest {
    @TempDir
    Path folder;

    @Test
    void only_aes_gcm_and_ecdsa_are_computed_by_aws_lc_and_they_are_the_same_as_the_jdks() throws Exception {
        boolean there = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        List<String> said = probe(place(AmazonCorrettoCryptoProvider.class));
        String aws = "AmazonCorrettoCryptoProvider";
        assertThat(said.get(0)).isEqualTo(there ? aws + " " + aws : "SunJCE SunEC");
        assertThat(said.get(1)).startsWith("SunJCE SUN SunEC ").doesNotContain("Amazon");
        assertThat(said).last().isEqualTo("same");
    }

    /** As on a system that its library is not for. */
    @Test
    void where_its_library_cannot_be_loaded_the_jdk_computes_them() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        try (JarFile jar = new JarFile(place(AmazonCorrettoCryptoProvider.class).toFile())) {
            for (JarEntry each : Collections.list(jar.entries())) {
                if (each.getName().matches(".*\\.(class|properties)")) {
                    copy(jar, each, classes.resolve(each.getName()));
                }
            }
        }
        assertThat(probe(classes)).startsWith("SunJCE SunEC").last().isEqualTo("same");
    }

    private static void copy(JarFile jar, JarEntry entry, Path to) throws Exception {
        Path unusedFolder = Files.createDirectories(to.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
            long unusedBytes = Files.copy(in, to);
        }
    }

    private static Path place(Class<?> of) throws Exception {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private List<String> probe(Path provider) throws Exception {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                place(AwsLc.class).toString(),
                                place(AwsLcProbe.class).toString(),
                                provider.toString()),
                        AwsLcProbe.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            Process unused = process.destroyForcibly();
        }
        return Files.readAllLines(out);
    }
}

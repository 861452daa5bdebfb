package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server takes: bytes of its heap after a collection, of its process, of its data folder without the database, and
 * of its temporary folder.
 */
record Footprint(long heap, long process, long data, long temporary) {
    private static final long MEGABYTE = 1 << 20;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static Footprint of(Server server) throws IOException, InterruptedException {
        String unused = jcmd(server.pid(), "GC.run");
        return new Footprint(
                1024 * number(USED, jcmd(server.pid(), "GC.heap_info")),
                1024 * number(RESIDENT, Files.readString(Path.of("/proc/" + server.pid() + "/status"))),
                size(server.data(), server.data().resolve("postgres")),
                size(server.temporary(), null));
    }

    /** The heap's largest size bounds the process: what is more than it would be somebody's buffers outside. */
    void assertLittleMoreThan(Footprint before) {
        assertThat(heap - before.heap).as("heap").isLessThan(24 * MEGABYTE);
        assertThat(process - before.process).as("process").isLessThan(384 * MEGABYTE);
        assertThat(data - before.data).as("data folder").isLessThan(MEGABYTE);
        assertThat(temporary - before.temporary).as("temporary folder").isLessThan(MEGABYTE / 16);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static long size(Path folder, Path without) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> without == null || !each.startsWith(without))
                    .mapToLong(Footprint::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

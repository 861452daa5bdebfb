package io.fairlead.agent.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.contract.agent.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a path says and whoever moves folders about: nothing is read from outside the roots, nothing written there. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostilePathsTest {
    private static final String SECRET = "secret of the customer";

    @TempDir
    private Path folder;

    private FilesRig rig;
    private Path outside;

    @BeforeEach
    void build() throws IOException {
        rig = new FilesRig(folder);
        outside = Files.createDirectories(folder.resolve("outside"));
        for (String name : List.of("secret.txt", "passwd", "NUL", "a:b", "x.log")) {
            Files.writeString(outside.resolve(name), SECRET);
        }
        for (Path root : List.of(rig.out, rig.in)) {
            Files.createDirectories(root.resolve("logs"));
            Files.createSymbolicLink(root.resolve("link-dir"), outside);
            Files.createSymbolicLink(root.resolve("link-up"), Path.of(".."));
            Files.createSymbolicLink(root.resolve("link-file"), outside.resolve("secret.txt"));
            Files.createSymbolicLink(root.resolve("logs/link-file"), Path.of("../../outside/secret.txt"));
            Files.createSymbolicLink(root.resolve("link-nowhere"), outside.resolve("not-yet"));
            Files.createLink(root.resolve("hard-link"), outside.resolve("secret.txt"));
        }
        Files.writeString(rig.out.resolve("x.log"), "inside");
        for (String name : List.of("a:b", "NUL", "trailing. ", "back\\slash", "bidi\u202Egol.exe", "PROGRA~1")) {
            Files.writeString(rig.out.resolve(name), "a name that means something else elsewhere");
        }
    }

    @Test
    void two_hundred_hostile_paths_leave_nothing_outside_and_read_nothing_there() throws Exception {
        List<String> paths = hostile();
        assertThat(paths).hasSizeGreaterThanOrEqualTo(200);
        Set<String> before = everything();
        try (FilesEnterprise enterprise = new FilesEnterprise(folder.resolve("data"));
                Transfers transfers =
                        rig.transfers(FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"))) {
            int n = 0;
            for (String path : paths) {
                n++;
                refused(path, transfers.upload(FilesRig.upload(FilesRig.id(n), path)));
                refused(path, transfers.receive(FilesRig.receive(FilesRig.id(1000 + n), path, new byte[] {1})));
            }
            assertThat(transfers.progress()).isEmpty();
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void the_same_holds_where_folders_cannot_be_held_open() throws Exception {
        for (String path : hostile()) {
            try {
                NamePath names = NamePath.parse(path);
                try (Source source = Source.open(new RealPaths(), rig.out, names)) {
                    throw new AssertionError(path + " was opened, " + source.size() + " bytes");
                }
            } catch (NotPossible e) {
                assertThat(e.why()).isNotBlank();
            }
        }
        try (Source source = Source.open(new RealPaths(), rig.out, NamePath.parse("x.log"))) {
            assertThat(source.read(0, 6)).asString().isEqualTo("inside");
        }
    }

    @Test
    void a_link_swapped_in_while_a_path_is_walked_leads_nowhere_a_hundred_thousand_times() throws Exception {
        Path dir = Files.createDirectories(rig.out.resolve("dir"));
        Files.writeString(dir.resolve("file"), "inside");
        Files.writeString(outside.resolve("file"), SECRET);
        Map<String, String> before = contents(outside);
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
        Swaps swaps = new Swaps(dir, link);
        swaps.start();
        try {
            assertThat(naive(dir.resolve("file")))
                    .as("without care the secret is read")
                    .isEqualTo(SECRET);
            OpenFolders walk = new OpenFolders();
            int inside = 0;
            int refused = 0;
            for (int i = 0; i < 100_000 || (swaps.count < 100_000 && swaps.isAlive()); i++) {
                try (Walk.Folder opened = walk.open(rig.out, List.of("dir"))) {
                    if (i % 4 == 0) {
                        String name = "placed-" + i;
                        opened.create(name).close();
                        opened.rename(name, "placed");
                    }
                    try (SeekableByteChannel file = opened.read("file")) {
                        assertThat(text(file)).isEqualTo("inside");
                        inside++;
                    }
                } catch (NotPossible | IOException e) {
                    // The link was there, or nothing was.
                    refused++;
                }
            }
            System.out.println(swaps.count + " swaps: " + inside + " walks inside, " + refused + " refused");
            assertThat(swaps.count).as("links put in").isGreaterThanOrEqualTo(100_000);
            assertThat(inside).as("walks that came through").isGreaterThan(100);
            assertThat(refused).as("walks that met the link").isGreaterThan(100);
        } finally {
            swaps.end();
        }
        assertThat(contents(outside)).isEqualTo(before);
    }

    @Test
    void a_file_exchanged_for_a_link_while_it_is_opened_is_not_read() throws Exception {
        Path file = Files.writeString(rig.out.resolve("file"), "inside");
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside.resolve("secret.txt"));
        Swaps swaps = new Swaps(file, link);
        swaps.start();
        try {
            int inside = 0;
            int refused = 0;
            for (int i = 0; i < 20_000; i++) {
                try (Source source = Source.open(new OpenFolders(), rig.out, NamePath.parse("file"))) {
                    assertThat(source.read(0, 6)).asString().isEqualTo("inside");
                    inside++;
                } catch (NotPossible | IOException e) {
                    // The link was there, or nothing was.
                    refused++;
                }
            }
            assertThat(inside).as("read").isGreaterThan(100);
            assertThat(refused).as("met the link").isGreaterThan(100);
        } finally {
            swaps.end();
        }
    }

    private static void refused(String path, Handled handled) {
        assertThat(handled.outcome()).as(path).isIn(Outcome.REFUSED, Outcome.FAILED);
        assertThat(handled.detail()).isNotBlank();
    }

    private List<String> hostile() {
        List<String> paths = new ArrayList<>();
        List<String> targets = List.of("secret.txt", "passwd", "x.log", "new.bin");
        List<String> ways = List.of(
                "../outside/",
                "..\\outside\\",
                "logs/../../outside/",
                "./../outside/",
                "logs/./../../outside/",
                "../../../../../../../../..",
                "....//....//outside/",
                "..%2foutside/",
                "%2e%2e/outside/",
                ".. /outside/",
                "../ outside/",
                "..\u0000/outside/",
                "\u2024\u2024/outside/",
                "．．/outside/",
                "link-dir/",
                "link-up/outside/",
                "logs/../link-dir/",
                outside + "/",
                rig.out + "/../outside/",
                rig.in + "/../outside/",
                rig.out + "/link-dir/",
                rig.in + "/link-dir/",
                "//" + outside + "/",
                "//server/share/",
                "\\\\server\\share\\",
                "\\\\?\\C:\\",
                "\\\\.\\C:\\",
                "C:",
                "C:\\",
                "C:/",
                "c:../outside/",
                "file:///",
                "~/",
                "$HOME/",
                "%USERPROFILE%\\",
                "~root/");
        for (String way : ways) {
            targets.forEach(target -> paths.add(way + target));
        }
        for (String device : List.of("CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1", "CLOCK$", "CONIN$", "COM¹")) {
            paths.addAll(List.of(
                    device,
                    device.toLowerCase(Locale.ROOT),
                    device + ".txt",
                    device + " .txt",
                    "logs/" + device,
                    device + "/x.log"));
        }
        paths.addAll(List.of(
                "",
                "/",
                "//",
                ".",
                "..",
                "...",
                " ",
                "/etc/passwd",
                "/etc/shadow",
                "/proc/self/environ",
                "/dev/zero",
                "/dev/stdin",
                "link-file",
                "logs/link-file",
                "link-nowhere",
                "hard-link",
                "logs",
                "logs/",
                "/logs",
                "a:b",
                "x.log:stream",
                "x.log::$DATA",
                "logs::$INDEX_ALLOCATION/x.log",
                "x.log:",
                ":x.log",
                "x.log.",
                "x.log..",
                "x.log ",
                " x.log",
                "x.log. ",
                "trailing. ",
                "logs./x.log",
                "logs /x.log",
                "back\\slash",
                "logs\\x.log",
                "bidi\u202Egol.exe",
                "x\u200B.log",
                "x\u2066.log",
                "\uFEFFx.log",
                "x\nlog",
                "x\rlog",
                "x\tlog",
                "x\u0000.log",
                "x\u007F",
                "x\u0085",
                "x\u2028",
                "x\uD800",
                "x\u00A0.log",
                "*",
                "?",
                "x.*",
                "x?log",
                "<x",
                "x>y",
                "x|y",
                "x\"y",
                "PROGRA~1",
                "PROGRA~1.LOG",
                "x~1.log",
                "a".repeat(256),
                "é".repeat(130),
                ("a".repeat(200) + "/").repeat(2) + "a".repeat(200),
                "a/".repeat(300) + "x",
                ".fairlead-x.part",
                ".FAIRLEAD-x",
                "logs/.fairlead-0.part"));
        return paths;
    }

    private Set<String> everything() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.startsWith(folder.resolve("data")))
                    .map(path -> path + " " + (Files.isRegularFile(path) ? size(path) : ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static long size(Path path) {
        return path.toFile().length();
    }

    /** Puts the link where the folder or file was, and back, without rest. */
    private static final class Swaps extends Thread {
        private final Path there;
        private final Path link;
        private volatile boolean over;
        volatile int count;

        Swaps(Path there, Path link) {
            this.there = there;
            this.link = link;
        }

        @Override
        public void run() {
            Path aside = link.resolveSibling("aside");
            try {
                for (int done = 1; !over; done++) {
                    Files.move(there, aside, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(link, there, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(there, link, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(aside, there, StandardCopyOption.ATOMIC_MOVE);
                    count = done;
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void end() throws InterruptedException {
            over = true;
            join();
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                contents.put(String.valueOf(each.getFileName()), Files.readString(each));
            }
        }
        return contents;
    }

    private static String naive(Path file) {
        while (true) {
            try {
                String read = Files.readString(file, StandardCharsets.UTF_8);
                if (read.equals(SECRET)) {
                    return read;
                }
            } catch (IOException e) {
                // Between two swaps.
            }
        }
    }

    private static String text(SeekableByteChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        int n = file.read(bytes);
        return new String(bytes.array(), 0, Math.max(0, n), StandardCharsets.UTF_8);
    }
}

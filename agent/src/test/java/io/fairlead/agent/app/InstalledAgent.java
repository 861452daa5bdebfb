package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The program as it is installed, in a folder that every user may read, and one agent of it with a data folder and a
 * {@code site.conf}: root runs it as a user who is only a number, anybody else as himself.
 */
final class InstalledAgent {
    static final int USER = 62_002;

    final Path home;
    final Path data;
    final Path site;
    private final boolean root = Host.ofThisSystem().root();
    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    InstalledAgent(Path folder) throws IOException {
        home = folder;
        data = folder.resolve("data");
        site = folder.resolve("etc/site.conf");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(folder.resolve("etc"));
        Files.createDirectory(data);
        if (root) {
            Files.setAttribute(data, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
        }
        Files.writeString(site, "");
        Path script = folder.resolve("bin/fairlead-agent");
        Files.copy(Path.of("src/main/dist/bin/fairlead-agent"), script);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        install();
    }

    private void install() throws IOException {
        List<String> lib = new ArrayList<>();
        Path classes = Path.of("target/classes").toAbsolutePath();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (entry.endsWith(".jar") && !entry.contains("surefire")) {
                Files.copy(path, home.resolve("lib").resolve(path.getFileName()));
                lib.add("lib/" + path.getFileName());
            } else if (Files.isDirectory(path) && !path.equals(classes) && !path.endsWith("test-classes")) {
                Path jar = home.resolve("lib/" + lib.size() + ".jar");
                jar(jar, path, new Manifest());
                lib.add("lib/" + jar.getFileName());
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", lib));
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "0.1.0");
        jar(home.resolve("fairlead-agent-0.1.0.jar"), classes, manifest);
    }

    private static void jar(Path jar, Path classes, Manifest manifest) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = manifest.getMainAttributes().isEmpty()
                        ? new JarOutputStream(file)
                        : new JarOutputStream(file, manifest)) {
            Files.walkFileTree(classes, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                    out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                    Files.copy(each, out);
                    out.closeEntry();
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    /** {@code java -jar}, as the agent's user. */
    Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--no-new-privs"));
        }
        return java(command, arguments);
    }

    /** {@code java -jar}, as whoever runs the test. */
    Process javaAsTester(String... arguments) throws IOException {
        return java(new ArrayList<>(), arguments);
    }

    private Process java(List<String> command, String... arguments) throws IOException {
        Path jar = home.resolve("fairlead-agent-0.1.0.jar");
        command.addAll(List.of(java.toString(), "-Xmx32m", "-XX:+UseSerialGC", "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** {@code bin/fairlead-agent}, as whoever runs the test. */
    Process script(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/fairlead-agent").toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** The options that place an agent here. */
    String[] with(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", data.toString(), "--site", site.toString()));
        if (!root) {
            all.add("--demo-ordinary-user");
        }
        return all.toArray(String[]::new);
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA", java.toString());
        builder.environment().put("FAIRLEAD_AGENT_USER", String.valueOf(USER));
        return builder.redirectOutput(Files.createTempFile(home, "said", ".txt").toFile())
                .start();
    }

    /** Everything that was said by all processes so far. */
    String said() throws IOException {
        StringBuilder said = new StringBuilder();
        try (Stream<Path> files = Files.list(home)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".txt")).toList()) {
                said.append(Files.readString(file));
            }
        }
        return said.toString();
    }
}

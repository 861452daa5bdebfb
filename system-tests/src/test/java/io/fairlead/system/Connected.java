package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code fairlead connect}, with what is typed until it is shown. */
final class Connected {
    private final AgentProcess agent;
    private final Process process;
    private final Path out;
    private final Path err;

    Connected(AgentProcess agent, CommandLines lines, String... arguments) throws IOException {
        this.agent = agent;
        this.out = Files.createTempFile(lines.folder(), "connect", ".out");
        this.err = Files.createTempFile(lines.folder(), "connect", ".err");
        List<String> all = new ArrayList<>(List.of("connect", ConnectSite.DEVICE));
        all.addAll(List.of(arguments));
        process = lines.start(out, err, all.toArray(String[]::new));
    }

    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    String until(Path file, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        agent.await(pattern, () -> wanted.matcher(text(file)).find());
        Matcher found = wanted.matcher(text(file));
        assertThat(found.find()).isTrue();
        return found.group(found.groupCount());
    }

    String shown(String pattern) {
        return until(out, pattern);
    }

    String said(String pattern) {
        return until(err, pattern);
    }

    int code() throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(text(err)).isTrue();
        return process.exitValue();
    }

    String words() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

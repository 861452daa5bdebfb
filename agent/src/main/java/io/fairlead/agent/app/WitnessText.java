package io.fairlead.agent.app;

import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.witness.Witnessed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The checkpoints that this PC keeps, for the customer: to look at, or as a file for {@code fairlead audit verify}. */
final class WitnessText {
    private final Path folder;
    private final PrintWriter out;

    WitnessText(Path data, PrintWriter out) {
        this.folder = data.resolve("witness");
        this.out = out;
    }

    /** As a table, or with {@code json} as lines of a witness file. */
    void show(boolean json, int last) {
        List<Witnessed.Line> all = all();
        List<Witnessed.Line> shown = all.subList(Math.max(0, all.size() - Math.max(0, last)), all.size());
        if (json) {
            shown.forEach(line -> out.println(line.line()));
            return;
        }
        out.println("Checkpoints of the enterprise's audit that this PC keeps: " + all.size());
        for (Witnessed.Line line : shown) {
            out.println(
                    line.checkpoint().at() + "  rows 1 to " + line.checkpoint().number() + "  "
                            + line.checkpoint().hash().substring(0, 16) + "…"
                            + (line.contradicting() ? "  CONTRADICTS what was kept before" : ""));
        }
        if (all.stream().anyMatch(Witnessed.Line::contradicting)) {
            out.println("The enterprise's audit is not the one it stated before. Keep these: --out FILE");
        }
    }

    /** Into a new file. */
    void save(Path file) {
        List<String> lines = all().stream().map(Witnessed.Line::line).toList();
        try {
            Path unusedWritten = Files.write(
                    file, lines, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new CannotStart(file + " is there already and is left as it is; name another file");
        } catch (IOException e) {
            throw new CannotStart("cannot write " + file + ": " + e.getMessage());
        }
        out.println("Wrote " + lines.size() + (lines.size() == 1 ? " checkpoint to " : " checkpoints to ") + file
                + ". Prove the enterprise's audit with it: fairlead audit verify --witness " + file);
    }

    private List<Witnessed.Line> all() {
        List<Witnessed.Line> all = new ArrayList<>();
        try {
            for (Path file : files()) {
                all.addAll(Witnessed.in(file).lines());
            }
        } catch (AccessDeniedException e) {
            throw new CannotStart("the witness in " + folder
                    + " may be read by the agent's account and by an administrator only: run this as administrator");
        } catch (IOException e) {
            throw new CannotStart("the witness in " + folder + " cannot be read: " + e.getMessage());
        }
        if (all.isEmpty()) {
            throw new CannotStart("there is no checkpoint in " + folder
                    + " yet; the agent asks for one when it starts and every ten minutes");
        }
        return all;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> !each.getFileName().toString().contains("."))
                    .sorted()
                    .toList();
        }
    }
}

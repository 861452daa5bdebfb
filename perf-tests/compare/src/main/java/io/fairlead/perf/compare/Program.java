package io.fairlead.perf.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program of ours as a process of its own that takes lines and answers by lines.
 *
 * @param said where its standard error goes
 */
public record Program(Process process, BufferedReader out, Writer in, Path said) {
    Program(Process process, Path said) {
        this(
                process,
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)),
                process.outputWriter(StandardCharsets.US_ASCII),
                said);
    }

    public long pid() {
        return process.pid();
    }

    /** The words of the next line that begins with this one. */
    public String[] hear(String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word + " ")) {
                return line.split(" ", -1);
            }
        }
        throw new IOException("it ended before it said " + word + ": " + Files.readString(said));
    }

    public void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Says a line, and gives the words of the answer. */
    public String[] ask(String line, String word) throws IOException {
        say(line);
        return hear(word);
    }
}

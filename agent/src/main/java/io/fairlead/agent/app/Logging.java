package io.fairlead.agent.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the log goes: five files of 1 MB in {@code DATA/log}, and to standard error when asked. */
final class Logging {
    private static final int FILE_BYTES = 1 << 20;
    private static final int FILES = 5;

    private final Logger root = Logger.getLogger("");

    /** Only warnings, to standard error: for a command that is over in a moment. */
    void quiet() {
        replaceHandlers();
        add(new ConsoleHandler(), Level.SEVERE);
    }

    /** @throws IOException when the folder cannot be written to */
    void toFiles(Path folder, boolean console) throws IOException {
        Files.createDirectories(folder);
        replaceHandlers();
        add(new FileHandler(folder.resolve("agent.%g.log").toString(), FILE_BYTES, FILES, true), Level.INFO);
        if (console) {
            add(new ConsoleHandler(), Level.INFO);
        }
    }

    private void replaceHandlers() {
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
    }

    private void add(Handler handler, Level level) {
        handler.setFormatter(new LineFormatter());
        handler.setLevel(level);
        root.addHandler(handler);
    }
}

package io.fairlead.agent.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where the log goes: five files of 1 MB in {@code DATA/log}, and to standard error when asked. While the disk is low only
 * warnings go to the files.
 */
final class Logging {
    private static final int FILE_BYTES = 1 << 20;
    private static final int FILES = 5;

    private static final long LOOK_NANOS = 10_000_000_000L;

    private final Logger root = Logger.getLogger("");
    private volatile BooleanSupplier low = () -> false;
    private volatile boolean sparing;
    private volatile long looked = System.nanoTime() - LOOK_NANOS;

    /** Only warnings, to standard error: for a command that is over in a moment. */
    void quiet() {
        replaceHandlers();
        add(new ConsoleHandler(), Level.SEVERE);
    }

    /** @throws IOException when the folder cannot be written to */
    void toFiles(Path folder, boolean console) throws IOException {
        Files.createDirectories(folder);
        replaceHandlers();
        FileHandler files = new FileHandler(folder.resolve("agent.%g.log").toString(), FILE_BYTES, FILES, true);
        files.setFilter(record -> record.getLevel().intValue() >= Level.WARNING.intValue() || !spares());
        add(files, Level.INFO);
        if (console) {
            add(new ConsoleHandler(), Level.INFO);
        }
    }

    /** @param diskIsLow asked every ten seconds at most */
    void spareWhile(BooleanSupplier diskIsLow) {
        low = diskIsLow;
    }

    private boolean spares() {
        long now = System.nanoTime();
        if (now - looked >= LOOK_NANOS) {
            looked = now;
            sparing = low.getAsBoolean();
        }
        return sparing;
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

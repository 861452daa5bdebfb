package io.fairlead.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Runs a simulated instrument: a thread that writes its second, every second. */
final class Analyser implements AutoCloseable {
    private static final long LONGEST_LOG = 64 * 1024;
    private static final int SECONDS_A_RESULT = 8;

    private final Instrument instrument;
    private final Path path;
    private final Clock clock;
    private @Nullable Thread thread;

    Analyser(Instrument instrument, Path path, Clock clock) {
        this.instrument = instrument;
        this.path = path;
        this.clock = clock;
    }

    void start() throws IOException {
        InstrumentFolder folder = new InstrumentFolder(path, instrument.log(), instrument.encoding(), LONGEST_LOG);
        int firstResult = folder.nextResult();
        Thread running = new Thread(() -> run(folder, firstResult), "analyser-" + path.getFileName());
        running.setDaemon(true);
        running.start();
        thread = running;
    }

    private void run(InstrumentFolder folder, int firstResult) {
        int result = firstResult;
        for (int second = 0; true; second++) {
            try {
                LocalDateTime now = LocalDateTime.now(clock);
                folder.append(instrument.second(now));
                if (second % SECONDS_A_RESULT == SECONDS_A_RESULT - 1) {
                    folder.result(instrument.resultName(now, result), instrument.result(now, result));
                    result++;
                }
                Thread.sleep(1_000);
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException full) {
                // A disk without room: real instruments go on as well, and so does the next second.
                System.err.println("demo: " + path + ": " + full.getMessage());
            }
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}

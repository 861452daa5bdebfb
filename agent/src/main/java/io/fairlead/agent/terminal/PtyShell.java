package io.fairlead.agent.terminal;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import io.fairlead.agent.kernel.ProgramEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program on a terminal of this PC, with the rights of this process. It gets nothing of the agent's: a
 * {@link ProgramEnvironment}, its home folder (or the root folder) to start in. Windows: by ConPTY of the library, written by its book and
 * not run on Windows yet.
 */
public final class PtyShell implements Terminal {
    private static final Logger LOG = LoggerFactory.getLogger(PtyShell.class);

    /** What a program leaves on its terminal when it ends is shown, if that is quick. */
    private static final long LAST_WORDS_MILLIS = 200;

    private final PtyProcess process;
    private final Leftovers all;

    private PtyShell(PtyProcess process, Leftovers all) {
        this.process = process;
        this.all = all;
    }

    /**
     * Starts it.
     *
     * @param command the program and its arguments; no shell reads them
     * @param mark by which all that it starts is known, unique on this PC
     * @throws IOException when it cannot be started, or the system gives no terminal
     */
    public static PtyShell open(List<String> command, String mark) throws IOException {
        String home = home();
        Map<String, String> environment = new HashMap<>(System.getenv());
        ProgramEnvironment.narrow(environment);
        environment.putIfAbsent("LANG", "C.UTF-8");
        environment.put("TERM", "xterm-256color");
        environment.put("HOME", home);
        environment.put(Leftovers.VARIABLE, mark);
        try {
            PtyProcess process = new PtyProcessBuilder(command.toArray(String[]::new))
                    .setEnvironment(environment)
                    .setDirectory(home)
                    .setInitialRows(WindowSize.USUAL.rows())
                    .setInitialColumns(WindowSize.USUAL.columns())
                    .setRedirectErrorStream(true)
                    .setUseWinConPty(true)
                    .start();
            PtyShell shell = new PtyShell(process, new Leftovers(mark));
            Thread end = new Thread(shell::untilEnd, "terminal-end");
            end.setDaemon(true);
            end.start();
            return shell;
        } catch (LinkageError | IllegalStateException | IOException e) {
            throw new IOException("no terminal, or nothing to run on it: " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private static String home() {
        Path home = Path.of(System.getProperty("user.home", ""));
        return home.isAbsolute() && home.toFile().canExecute()
                ? home.toString()
                : Path.of("").toAbsolutePath().getRoot().toString();
    }

    /** A program that it left behind could keep the terminal open for ever. */
    private void untilEnd() {
        try {
            int exit = process.waitFor();
            LOG.info("terminal=ended exit={}", exit);
            Thread.sleep(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    @Override
    public InputStream shown() {
        return process.getInputStream();
    }

    @Override
    public OutputStream typed() {
        return process.getOutputStream();
    }

    @Override
    public void resize(WindowSize size) {
        try {
            process.setWinSize(new WinSize(size.columns(), size.rows()));
        } catch (RuntimeException e) {
            LOG.debug("terminal=not-resized cause=\"{}\"", e.toString());
        }
    }

    /** The system tells its programs that their terminal is gone; who does not go by that is killed. */
    @Override
    public void close() {
        List<ProcessHandle> started = all.of(process.pid());
        process.destroy();
        try {
            process.getOutputStream().close();
            process.getInputStream().close();
            boolean gone = process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            LOG.debug("terminal=closed gone={}", gone);
        } catch (IOException e) {
            LOG.debug("terminal=not-closed cause=\"{}\"", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            all.end(process.pid(), started);
        }
    }
}

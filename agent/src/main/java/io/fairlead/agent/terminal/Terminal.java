package io.fairlead.agent.terminal;

import java.io.InputStream;
import java.io.OutputStream;

/** A terminal in use. One thread reads, one writes, any resizes and closes. */
public interface Terminal extends AutoCloseable {
    /** What is shown; ends when what runs on it has ended. */
    InputStream shown();

    /** Takes what is typed. */
    OutputStream typed();

    void resize(WindowSize size);

    /** Ends what runs on it, with all that it started as far as the system lets us, within two seconds. Repeatable. */
    @Override
    void close();
}

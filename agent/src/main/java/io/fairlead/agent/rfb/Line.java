package io.fairlead.agent.rfb;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection to one side: blocking streams, and what closes both. {@code close} must wake a read or a write that waits in
 * another thread, as that of a socket does. The filter buffers by itself (64 KiB), flushes when it has nothing more to pass, and
 * closes the line when it ends.
 */
public record Line(InputStream in, OutputStream out, Closeable close) {}

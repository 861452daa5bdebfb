package io.fairlead.agent.status;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Text of columns (RFC 4180) of which no part can take more memory than the agent has: a quote that is never closed makes
 * one field of a whole file, and a line of nothing but delimiters a million fields.
 */
final class BoundedText extends FilterReader {
    /** Characters of one field. */
    static final int MAX_FIELD = 64 << 10;

    /** Fields of one line. */
    static final int MAX_COLUMNS = 1000;

    private final char delimiter;
    private At at = At.BEGIN;
    private int field;
    private int columns = 1;

    /** Where in a field the reader stands. */
    private enum At {
        BEGIN,
        PLAIN,
        QUOTED,
        AFTER_QUOTE
    }

    /** A field or a line is longer than any that is meant. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(String what) {
            super(what);
        }
    }

    BoundedText(Reader text, char delimiter) {
        super(text);
        this.delimiter = delimiter;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) {
            count((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        for (int i = offset; i < offset + read; i++) {
            count(into[i]);
        }
        return read;
    }

    private void count(char c) throws TooLong {
        if (++field > MAX_FIELD) {
            throw new TooLong("a field of more than " + MAX_FIELD + " characters");
        }
        if (at == At.QUOTED) {
            at = c == '"' ? At.AFTER_QUOTE : At.QUOTED;
        } else if (c == '"' && at != At.PLAIN) {
            // After a quote it is a quote within the field.
            at = At.QUOTED;
        } else if (c == delimiter) {
            begin(columns + 1);
        } else if (c == '\n' || c == '\r') {
            begin(1);
        } else if (at == At.BEGIN) {
            at = At.PLAIN;
        }
    }

    private void begin(int column) throws TooLong {
        if (column > MAX_COLUMNS) {
            throw new TooLong("more than " + MAX_COLUMNS + " columns");
        }
        columns = column;
        field = 0;
        at = At.BEGIN;
    }
}

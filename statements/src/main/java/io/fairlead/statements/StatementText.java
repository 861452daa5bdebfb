package io.fairlead.statements;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The form that statements share: UTF-8, first a label, then lines of a key, one blank and a value, every line ended by one
 * line feed (0A). A value has no control characters.
 */
final class StatementText {
    private StatementText() {}

    /** Writes one. */
    static final class Writer {
        private final StringBuilder text;

        Writer(String label) {
            text = new StringBuilder(label).append('\n');
        }

        /** @throws IllegalArgumentException when the value has control characters */
        @CanIgnoreReturnValue
        Writer line(String key, Object value) {
            String word = value.toString();
            if (!isPlain(word)) {
                throw new IllegalArgumentException(key + " with control characters");
            }
            text.append(key).append(' ').append(word).append('\n');
            return this;
        }

        byte[] bytes() {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Reads one, line after line; whatever is not as it should be is a {@link NotAStatement}. */
    static final class Reader {
        private final List<String> lines;
        private int at = 1;

        /** @param most bytes, at most */
        Reader(byte[] statement, String label, int most) throws NotAStatement {
            String text = text(statement, most);
            if (!text.startsWith(label + "\n") || !text.endsWith("\n")) {
                throw new NotAStatement("it does not begin with \"" + label + "\", or has no end");
            }
            lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        }

        private static String text(byte[] statement, int most) throws NotAStatement {
            if (statement.length > most) {
                throw new NotAStatement("longer than " + most + " bytes");
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(statement))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new NotAStatement("it is not UTF-8");
            }
        }

        /** Whether the next line has this key. */
        boolean has(String key) {
            return at < lines.size() && lines.get(at).startsWith(key + " ");
        }

        String line(String key) throws NotAStatement {
            if (!has(key)) {
                throw new NotAStatement("line " + (at + 1) + " is not \"" + key + "\"");
            }
            String value = lines.get(at).substring(key.length() + 1);
            if (!isPlain(value)) {
                throw new NotAStatement("line " + (at + 1) + " has control characters");
            }
            at++;
            return value;
        }

        <T> T line(String key, Function<String, T> read) throws NotAStatement {
            String value = line(key);
            try {
                return read.apply(value);
            } catch (RuntimeException e) {
                throw new NotAStatement("line " + at + ": what stands behind \"" + key + "\" is none");
            }
        }

        /** Makes what the lines said, and holds that it would be written exactly so. */
        <T> T end(byte[] statement, Maker<T> maker, Function<T, byte[]> write) throws NotAStatement {
            if (at != lines.size()) {
                throw new NotAStatement("line " + (at + 1) + " is one too many");
            }
            try {
                T made = maker.make();
                if (Arrays.equals(write.apply(made), statement)) {
                    return made;
                }
            } catch (IllegalArgumentException e) {
                throw new NotAStatement(e.getMessage() == null ? "its values do not fit" : e.getMessage());
            }
            throw new NotAStatement("it could be written in another way");
        }
    }

    /** Makes the thing, or says by IllegalArgumentException that its values do not fit. */
    @FunctionalInterface
    interface Maker<T> {
        T make();
    }

    static boolean isPlain(String value) {
        return value.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL);
    }
}

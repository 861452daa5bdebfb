package io.fairlead.agent.outbox;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the spool knows beyond its segments, in one small file.
 *
 * @param epoch the spool's epoch, once more
 * @param settled all up to this sequence are settled; may lag, never leads
 * @param reserved no sequence above this was ever given out
 * @param active the first sequence of the segment in which the newest messages lie
 * @param dropped messages dropped in this epoch, the drop under way included
 * @param dropping the first sequence of the segment that is losing its telemetry, or 0: done again after a crash
 * @param removing whether that segment is to go as a whole
 */
record Ledger(String epoch, long settled, long reserved, long active, long dropped, long dropping, boolean removing) {

    static Optional<Ledger> read(Path file) throws IOException {
        Optional<byte[]> bytes = new Durable(file).read();
        return bytes.isEmpty() ? Optional.empty() : parse(new String(bytes.get(), StandardCharsets.US_ASCII));
    }

    /** Empty for a file that was altered: the spool then starts above everything it can see. */
    private static Optional<Ledger> parse(String text) throws IOException {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
            return Optional.of(new Ledger(
                    lines.getProperty("epoch", ""),
                    number(lines, "settled"),
                    number(lines, "reserved"),
                    number(lines, "active"),
                    number(lines, "dropped"),
                    number(lines, "dropping"),
                    Boolean.parseBoolean(lines.getProperty("removing"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(Properties lines, String key) {
        return Long.parseLong(lines.getProperty(key, ""));
    }

    void write(Path file) throws IOException {
        String text = "epoch=" + epoch + "\nsettled=" + settled + "\nreserved=" + reserved + "\nactive=" + active
                + "\ndropped=" + dropped + "\ndropping=" + dropping + "\nremoving=" + removing + "\n";
        new Durable(file).replace(text.getBytes(StandardCharsets.US_ASCII));
    }

    Ledger withSettled(long upTo) {
        return new Ledger(epoch, upTo, reserved, active, dropped, dropping, removing);
    }

    /** A new newest segment, with as many sequences reserved as it can hold. */
    Ledger withActive(long first, long upTo) {
        return new Ledger(epoch, settled, upTo, first, dropped, dropping, removing);
    }

    Ledger withDropping(long segment, boolean whole, long more) {
        return new Ledger(epoch, settled, reserved, active, dropped + more, segment, whole);
    }
}

package io.fairlead.system.powercut;

import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.StatusMessage;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * An agent that spools, is told and acts without pause, and says outside of its disk what it takes to be safe there:
 * {@code spooled SEQUENCE}, {@code settling UPTO}, {@code journaled NUMBER}, {@code acting NUMBER}. Arguments: the disk,
 * the file outside.
 */
public final class Writer {
    private Writer() {}

    public static void main(String[] args) throws Exception {
        try (OutputStream outside = new FileOutputStream(args[1])) {
            Signing signing = new Signing();
            Site site = new Site(Path.of(args[0]), signing, order -> say(outside, "acting", order.getSequence()));
            site.start();
            Random random = new Random();
            long number = site.instructions().journaled();
            for (long i = 1; i < Long.MAX_VALUE; i++) {
                say(outside, "spooled", site.outbox().append(message(random)));
                if (i % 7 == 0) {
                    number++;
                    site.instructions().accept(List.of(signing.order(number)), List.of(signing.signer()));
                    say(outside, "journaled", site.instructions().journaled());
                }
                if (i % 100 == 0) {
                    long upTo = site.outbox().highest() - random.nextInt(1000);
                    say(outside, "settling", upTo);
                    // Only what was handed out can be confirmed.
                    Objects.requireNonNull(site.outbox().oldest(100_000, Integer.MAX_VALUE));
                    site.outbox().settled(upTo);
                }
            }
        }
    }

    private static StatusMessage message(Random random) {
        StatusMessage message = new StatusMessage();
        message.setObservedAt(Instant.now());
        DataItem item = new DataItem();
        item.setName("text");
        item.setText("x".repeat(1 + random.nextInt(1000)));
        message.getItem().add(item);
        return message;
    }

    /** One write each, so that a line is whole or not there. */
    private static void say(OutputStream outside, String what, long number) {
        try {
            outside.write((what + " " + number + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

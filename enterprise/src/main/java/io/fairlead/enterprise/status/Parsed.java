package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message of a report as the lane read it. */
public sealed interface Parsed {
    /** Its number within the epoch, 1 or more. */
    long sequence();

    /** About so many bytes in memory. */
    long bytes();

    /** One that keeps the contract. */
    record Fit(StatusMessage message) implements Parsed {
        @Override
        public long sequence() {
            return message.sequence();
        }

        @Override
        public long bytes() {
            return message.bytes();
        }

        /** The same as one that is refused; what is left of it is its text. */
        Unfit refused(Fault fault) {
            return new Unfit(sequence(), fault, message.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * One that does not. It goes into quarantine; the messages around it are taken.
     *
     * @param fault why
     * @param body what is left of it, for a person to look at; cut to 64 KiB
     */
    @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
    record Unfit(long sequence, Fault fault, byte[] body) implements Parsed {
        private static final int MOST = 65_536;

        public Unfit {
            if (sequence < 1) {
                throw new Refusal(Fault.INVALID, "a message's sequence is 1 or more");
            }
            if (body.length > MOST) {
                body = Arrays.copyOf(body, MOST);
            }
        }

        @Override
        public long bytes() {
            return 100L + body.length;
        }
    }
}

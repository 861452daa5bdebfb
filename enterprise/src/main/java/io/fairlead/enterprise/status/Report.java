package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one device in the order of its spool.
 *
 * @param epoch made with the spool, 32 hexadecimal digits
 * @param token the rolling token that the agent holds; null for none
 * @param sentAt by the device's clock
 * @param dropped messages of this epoch that a full spool has dropped so far
 * @param messages in rising order of sequence, at most 200; none is legal
 */
public record Report(
        DeviceId device, String epoch, @Nullable String token, Instant sentAt, long dropped, List<Parsed> messages) {
    private static final Pattern EPOCH = Pattern.compile("[0-9a-f]{32}");
    private static final int MOST = 200;

    /** Throws a Refusal(INVALID) that says what is wrong with the report as a whole. */
    public Report {
        if (!EPOCH.matcher(epoch).matches()) {
            throw new Refusal(Fault.INVALID, "an epoch has 32 hexadecimal digits");
        }
        if (token != null && !EPOCH.matcher(token).matches()) {
            throw new Refusal(Fault.INVALID, "a token has 32 hexadecimal digits");
        }
        Times.check("sentAt", sentAt);
        if (dropped < 0) {
            throw new Refusal(Fault.INVALID, "dropped is negative");
        }
        messages = List.copyOf(messages);
        if (messages.size() > MOST) {
            throw new Refusal(Fault.INVALID, "a report has at most 200 messages");
        }
        long before = 0;
        for (Parsed message : messages) {
            if (message.sequence() <= before) {
                throw new Refusal(Fault.INVALID, "the messages of a report rise in sequence");
            }
            before = message.sequence();
        }
    }
}

package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some messages of one report, in order: all of them, or a part when a group is bisected.
 *
 * @param token that the report showed
 * @param clockOffset the device's clock minus ours as the report came
 */
record Slice(
        DeviceId device,
        String epoch,
        @Nullable String token,
        Duration clockOffset,
        long dropped,
        List<Parsed> messages) {
    Slice with(List<Parsed> others) {
        return new Slice(device, epoch, token, clockOffset, dropped, others);
    }

    /** About so many bytes in memory. */
    long bytes() {
        long bytes = 500;
        for (Parsed message : messages) {
            bytes += message.bytes();
        }
        return bytes;
    }

    Slice part(int from, int to) {
        return with(messages.subList(from, to));
    }
}

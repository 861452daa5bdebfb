package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Duration;
import java.util.List;

/**
 * Some messages of one report, in order: all of them, or a part when a group is bisected.
 *
 * @param clockOffset the device's clock minus ours as the report came
 */
record Slice(DeviceId device, String epoch, Duration clockOffset, long dropped, List<Parsed> messages) {
    Slice with(List<Parsed> others) {
        return new Slice(device, epoch, clockOffset, dropped, others);
    }

    Slice part(int from, int to) {
        return with(messages.subList(from, to));
    }
}

package io.fairlead.agent.file;

import io.fairlead.agent.kernel.StatusLine;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a transfer is, for people.
 *
 * @param state such as "sending", "asking", "waiting: …"
 * @param done bytes that the enterprise or this disk has for good
 * @param size bytes in all; 0 while it is not known
 * @param rate bytes a second of late; 0 while it rests
 * @param left until it is done at that rate; empty while it rests
 */
public record Progress(
        String id,
        Transfer.Way way,
        String name,
        String state,
        long done,
        long size,
        long rate,
        Optional<Duration> left) {
    StatusLine line(int number) {
        String far = size == 0 ? "" : ", " + StatusLine.bytes(done) + " of " + StatusLine.bytes(size);
        String fast = rate == 0 ? "" : ", " + StatusLine.bytes(rate) + "/s";
        String more = left.map(time -> ", " + StatusLine.span(time) + " left").orElse("");
        return StatusLine.of(
                "transfer-" + number,
                id + " " + state,
                way.word() + " " + name + " (" + id + "): " + state + far + fast + more);
    }
}

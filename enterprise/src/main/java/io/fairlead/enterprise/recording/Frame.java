package io.fairlead.enterprise.recording;

import java.time.Duration;

/**
 * Bytes as they went through the tunnel.
 *
 * @param at since the recording's beginning, in microseconds, never less than the frame's before
 * @param bytes at most 256 KiB; the receiver's
 */
@SuppressWarnings("ArrayRecordComponent") // passed through, never compared
public record Frame(Direction direction, Duration at, byte[] bytes) {}

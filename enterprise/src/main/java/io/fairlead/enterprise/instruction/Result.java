package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;

/**
 * A device's word on how an instruction ended.
 *
 * @param detail at most 1,024 characters; empty when there is nothing to say
 * @param finishedAt by the device's clock, corrected
 */
public record Result(DeviceId device, long sequence, Outcome outcome, String detail, Instant finishedAt) {}

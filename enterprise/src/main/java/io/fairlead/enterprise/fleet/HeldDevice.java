package io.fairlead.enterprise.fleet;

import java.time.Instant;
import java.util.List;

/**
 * A device whose identity is held.
 *
 * @param why how it showed, for people
 * @param holders in order of number
 */
public record HeldDevice(DeviceId device, Instant since, String why, List<Holder> holders) {}

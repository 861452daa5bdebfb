package io.fairlead.enterprise.fleet;

/**
 * One poll among those of a device.
 *
 * @param number as {@link Rolled#turn} gave it
 */
public record Turn(DeviceId device, long number) {}

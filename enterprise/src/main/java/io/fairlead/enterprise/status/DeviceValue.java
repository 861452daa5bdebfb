package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;

/** The value of an item of a device that was observed last. */
public record DeviceValue(DeviceId device, LatestValue value) {}

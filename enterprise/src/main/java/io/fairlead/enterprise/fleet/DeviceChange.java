package io.fairlead.enterprise.fleet;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to be otherwise about a device; null leaves it as it is. Bounds are those of {@link NewDevice}. */
public record DeviceChange(
        @Nullable String customer,
        @Nullable String site,
        @Nullable String region,
        @Nullable String model,
        @Nullable String serial) {
    /** Throws a Refusal(INVALID) that names the property. */
    NewDevice of(Device device) {
        return new NewDevice(
                device.id(),
                Objects.requireNonNullElse(customer, device.customer()),
                Objects.requireNonNullElse(site, device.site()),
                Objects.requireNonNullElse(region, device.region()),
                Objects.requireNonNullElse(model, device.model()),
                Objects.requireNonNullElse(serial, device.serial()));
    }
}

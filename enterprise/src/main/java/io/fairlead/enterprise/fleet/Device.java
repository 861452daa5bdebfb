package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.people.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered device.
 *
 * @param muted gets no instruction, moves no file and takes no session; its reports are taken
 * @param stolenSince null unless somebody said that it is stolen, and nobody yet that it was found
 * @param retiredAt when it was taken out of service; null for a device in service
 * @param enrolment the epoch of the enrolment that counts, 32 hexadecimal digits; null before the first
 * @param newestInstruction the number of the newest instruction ever made for it; 0 for none
 * @param version rises with every change of its properties
 */
public record Device(
        DeviceId id,
        String customer,
        String site,
        String region,
        String model,
        String serial,
        boolean muted,
        @Nullable Instant stolenSince,
        @Nullable Instant retiredAt,
        @Nullable String enrolment,
        long newestInstruction,
        Instant createdAt,
        long version,
        Contact contact) {
    /** Where it is, as rights are granted. */
    public Scope scope() {
        return new Scope(region, customer, model);
    }

    /** Whether it was registered with these properties. */
    boolean has(NewDevice properties) {
        return properties.equals(new NewDevice(id, customer, site, region, model, serial));
    }
}

package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.people.Scope;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/** A device to be registered. Every property has 1 to 128 characters without control characters or outer blanks. */
public record NewDevice(DeviceId id, String customer, String site, String region, String model, String serial) {
    private static final int LONGEST = 128;

    /** Throws a Refusal(INVALID) that names the property. */
    public NewDevice {
        check("customer", customer);
        check("site", site);
        check("region", region);
        check("model", model);
        check("serial", serial);
    }

    /** Where it is to be, as rights are granted. */
    public Scope scope() {
        return new Scope(region, customer, model);
    }

    private static void check(String property, String value) {
        if (value.isBlank() || value.length() > LONGEST || !value.equals(value.strip())) {
            throw Refusal.saying(Fault.INVALID, property + " needs 1 to 128 characters without blanks around them");
        }
        if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || !Character.isDefined(c) || surrogate(c))) {
            throw Refusal.saying(Fault.INVALID, property + " has a character that cannot be kept");
        }
    }

    private static boolean surrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}

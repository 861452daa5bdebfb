package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.List;

/**
 * A page of latest values that somebody wants.
 *
 * @param devices 1 to {@value #MOST}
 * @param items only these, {@value #MOST} at most; all when empty
 * @param descending by device and item
 * @param page from 1; one beyond the last is answered with the last
 * @param size 1 to 500
 */
public record ValueQuery(List<DeviceId> devices, List<String> items, boolean descending, int page, int size) {
    /** Devices, and items, of one query. */
    public static final int MOST = 100;

    private static final int LARGEST = 500;

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public ValueQuery {
        devices = devices.stream().distinct().toList();
        items = List.copyOf(items);
        if (devices.isEmpty() || devices.size() > MOST || items.size() > MOST) {
            throw new Refusal(Fault.INVALID, "values are of 1 to " + MOST + " devices and at most as many items");
        }
        if (page < 1 || size < 1 || size > LARGEST) {
            throw new Refusal(Fault.INVALID, "a page has a number from 1 and 1 to 500 values");
        }
    }
}

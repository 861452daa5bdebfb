package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.AuditRow;
import java.util.List;

/** What was done to a device, by whom; the newest first. */
public record DeviceRecord(DeviceHead head, List<AuditRow> rows, int limit) {
    public DeviceRecord {
        rows = List.copyOf(rows);
    }

    public boolean hasMore() {
        return rows.size() >= limit;
    }
}

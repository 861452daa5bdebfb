package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditRow;
import java.util.List;

/** What was done to a device, by whom; the newest first. */
public record DeviceRecord(DeviceHead head, List<AuditRow> rows, int limit) {
    public DeviceRecord {
        rows = List.copyOf(rows);
    }

    /** The address of what is shown. */
    public String address() {
        return head.path(DeviceTab.RECORD) + (limit == Audit.MOST_ROWS ? "?all=yes" : "");
    }

    public boolean hasMore() {
        return rows.size() >= limit;
    }
}

package io.fairlead.enterprise.status;

/** By what alarms are put in order; equal ones by id. */
public enum AlarmSort {
    /** In the order in which they were received. */
    ID("a.id"),
    /** In the order in which it rises. */
    SEVERITY("array_position(ARRAY['info', 'warning', 'error', 'critical'], a.severity)"),
    DEVICE("a.device"),
    RAISED("a.raised_at"),
    SEEN("a.last_seen");

    private final String column;

    AlarmSort(String column) {
        this.column = column;
    }

    String orderBy(boolean descending) {
        String way = descending ? " DESC" : "";
        return this == ID ? column + way : column + way + ", a.id" + way;
    }
}

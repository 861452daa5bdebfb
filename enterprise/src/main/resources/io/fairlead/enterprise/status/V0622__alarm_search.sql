-- Searches over all devices are of a time.
CREATE INDEX alarm_by_raising ON alarm (raised_at);

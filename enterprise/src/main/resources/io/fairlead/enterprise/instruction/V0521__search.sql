-- Searches over all devices are of a time.
CREATE INDEX instruction_by_creation ON instruction (created_at);

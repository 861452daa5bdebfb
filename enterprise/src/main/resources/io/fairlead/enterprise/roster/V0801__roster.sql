-- What the overview counts since the day began.
CREATE INDEX alarm_by_reception ON alarm (received_at);
CREATE INDEX instruction_by_report ON instruction (reported_at) WHERE reported_at IS NOT NULL;

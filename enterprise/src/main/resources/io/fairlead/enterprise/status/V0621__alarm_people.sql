-- What people do about an alarm. It outlives the alarm's clearing; the same condition raised anew is another alarm.
ALTER TABLE alarm ADD COLUMN acknowledged_at timestamptz;
ALTER TABLE alarm ADD COLUMN acknowledged_by text;
-- Who closed it; NULL when its own source cleared it.
ALTER TABLE alarm ADD COLUMN closed_by text;
CREATE INDEX alarm_by_clearing ON alarm (device, cleared_at DESC, id DESC) WHERE cleared_at IS NOT NULL;

CREATE TABLE alarm_comment (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alarm      bigint      NOT NULL REFERENCES alarm (id),
    written_at timestamptz NOT NULL,
    written_by text        NOT NULL,
    text       text        NOT NULL CHECK (length(text) BETWEEN 1 AND 4000)
);
CREATE INDEX alarm_comment_alarm ON alarm_comment (alarm, id);

GRANT SELECT, INSERT ON alarm_comment TO fairlead_app;

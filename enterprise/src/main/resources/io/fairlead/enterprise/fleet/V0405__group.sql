-- Named sets of devices. They give nobody a right.
CREATE TABLE device_group (
    id          text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    description text        NOT NULL CHECK (length(description) <= 300),
    created_at  timestamptz NOT NULL,
    -- As the audit names whoever made it: he alone changes it.
    created_by  text COLLATE "C" NOT NULL
);
CREATE INDEX device_group_maker ON device_group (created_by);

CREATE TABLE device_group_member (
    device_group text COLLATE "C" NOT NULL REFERENCES device_group (id) ON DELETE CASCADE ON UPDATE CASCADE,
    device       text COLLATE "C" NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    PRIMARY KEY (device_group, device)
);
CREATE INDEX device_group_member_device ON device_group_member (device);

GRANT SELECT, INSERT, DELETE ON device_group, device_group_member TO fairlead_app;
-- A row is locked by who may change it, and renamed.
GRANT UPDATE (id, description) ON device_group TO fairlead_app;

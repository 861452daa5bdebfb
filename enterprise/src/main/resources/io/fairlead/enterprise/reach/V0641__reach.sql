-- What a device's own check of its site found: the newest, and the one before for comparison. The device's word.
CREATE TABLE device_reach (
    device      text COLLATE "C" NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    newest      boolean     NOT NULL,
    received_at timestamptz NOT NULL,
    -- By the device's clock.
    checked_at  timestamptz NOT NULL,
    -- The version of the list; NULL where there was none.
    list        text CHECK (length(list) <= 64),
    left_out    int         NOT NULL CHECK (left_out >= 0),
    -- Of the rows: how many are required, and how many of these failed.
    required    int         NOT NULL CHECK (required >= 0),
    missing     int         NOT NULL CHECK (missing BETWEEN 0 AND required),
    -- An array of at most 200.
    rows        jsonb       NOT NULL CHECK (jsonb_typeof(rows) = 'array' AND jsonb_array_length(rows) BETWEEN 1 AND 200),
    -- How many checks were taken since then, so that no device fills the audit.
    hour_began  timestamptz NOT NULL,
    in_hour     int         NOT NULL,
    PRIMARY KEY (device, newest)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON device_reach TO fairlead_app;

-- One row per spool of a device. Its lock decides, for every group commit, which messages are new.
CREATE TABLE device_stream (
    device     text COLLATE "C" NOT NULL REFERENCES device (id),
    epoch      text COLLATE "C" NOT NULL CHECK (epoch ~ '^[0-9a-f]{32}$'),
    last_seq   bigint      NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (device, epoch)
) WITH (fillfactor = 50);

-- One row per message taken, by the server's time.
CREATE TABLE status_message (
    device      text COLLATE "C" NOT NULL,
    epoch       text COLLATE "C" NOT NULL,
    sequence    bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    -- By the device's clock, corrected by its offset when that is more than two seconds.
    observed_at timestamptz NOT NULL,
    PRIMARY KEY (device, epoch, sequence, received_at)
) PARTITION BY RANGE (received_at);

-- The value observed last of each item; a row stays for good. first_received limits how fast a device may invent items.
CREATE TABLE latest_value (
    id             bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    device         text COLLATE "C" NOT NULL,
    item           text COLLATE "C" NOT NULL,
    observed_at    timestamptz NOT NULL,
    received_at    timestamptz NOT NULL,
    number         double precision,
    text           text,
    unit           text,
    first_received timestamptz NOT NULL,
    PRIMARY KEY (device, item)
) WITH (fillfactor = 50);

-- Every value of every item: a number or a text. Of the item its number in latest_value: names would be half of what lies on disk.
CREATE TABLE item_history (
    item        bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    observed_at timestamptz NOT NULL,
    number      double precision,
    text        text
) PARTITION BY RANGE (received_at);
-- With what a chart needs, so that a year is drawn from the index alone.
CREATE INDEX item_history_by_time ON item_history (item, received_at) INCLUDE (observed_at, number);

-- The same with the names, for whoever asks by hand.
CREATE VIEW item_value AS
SELECT l.device, l.item, h.received_at, h.observed_at, h.number, h.text, l.unit
  FROM item_history h JOIN latest_value l ON l.id = h.item;

-- A condition from its raising to its clearing; at most one is open per device and code.
CREATE TABLE alarm (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device      text COLLATE "C" NOT NULL,
    code        text COLLATE "C" NOT NULL,
    severity    text        NOT NULL,
    text        text,
    raised_at   timestamptz NOT NULL,
    last_seen   timestamptz NOT NULL,
    count       bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    cleared_at  timestamptz
);
CREATE UNIQUE INDEX alarm_open ON alarm (device, code) WHERE cleared_at IS NULL;
CREATE INDEX alarm_by_device ON alarm (device, id);

-- What happened and has no state.
CREATE TABLE event (
    device      text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    observed_at timestamptz NOT NULL,
    code        text COLLATE "C" NOT NULL,
    severity    text        NOT NULL,
    text        text        NOT NULL
) PARTITION BY RANGE (received_at);
CREATE INDEX event_by_time ON event (device, received_at);

-- Messages that were refused, kept for a person to look at. body is what is left of them, 64 KiB at most.
CREATE TABLE quarantine (
    device      text COLLATE "C" NOT NULL,
    epoch       text COLLATE "C" NOT NULL,
    sequence    bigint      NOT NULL,
    fault       text        NOT NULL,
    received_at timestamptz NOT NULL,
    body        bytea       NOT NULL CHECK (octet_length(body) <= 65536),
    PRIMARY KEY (device, epoch, sequence)
);
CREATE INDEX quarantine_by_time ON quarantine (received_at);

INSERT INTO fairlead_partitioned (parent) VALUES ('status_message'), ('item_history'), ('event');

GRANT SELECT, INSERT, UPDATE ON device_stream, latest_value, alarm TO fairlead_app;
GRANT SELECT, INSERT ON status_message, item_history, event TO fairlead_app;
GRANT SELECT, INSERT, DELETE ON quarantine TO fairlead_app;

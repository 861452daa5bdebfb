-- The registry: what a device is. Rows change seldom, but for next_seq, which numbers instructions.
CREATE TABLE device (
    id         text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    customer   text        NOT NULL,
    site       text        NOT NULL,
    region     text        NOT NULL,
    model      text        NOT NULL,
    serial     text        NOT NULL,
    muted      boolean     NOT NULL DEFAULT false,
    -- The epoch of the enrolment that counts; NULL before the first.
    enrolment  text COLLATE "C" CHECK (enrolment ~ '^[0-9a-f]{32}$'),
    -- The number of the newest instruction; never reset, so that no number is ever used twice.
    next_seq   bigint      NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    version    bigint      NOT NULL DEFAULT 1
) WITH (fillfactor = 80);

-- What each poll and each report touches: narrow, without further indexes, so that updates stay in their page (HOT).
CREATE TABLE device_contact (
    device          text COLLATE "C" PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    last_contact    timestamptz,
    address         text,
    agent_version   text,
    clock_offset_ms bigint NOT NULL DEFAULT 0,
    -- The highest instruction whose receipt the agent has forced to its journal, in this enrolment.
    journaled       bigint NOT NULL DEFAULT 0,
    -- The rolling token: the one given last, and the one that was presented for it.
    token_current   text COLLATE "C",
    token_previous  text COLLATE "C",
    -- Whether the latter has been presented again since: an answer was lost. It is taken so once.
    previous_used   boolean NOT NULL DEFAULT false,
    -- Polls whose token was neither, or the previous for a third time, and when that was last written to the audit.
    suspected       bigint NOT NULL DEFAULT 0,
    suspected_at    timestamptz,
    -- Messages that the newest epoch's full spool has dropped.
    dropped         bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE ON device, device_contact TO fairlead_app;

-- Files to and from devices. The row's lock decides at which offset a file goes on, whichever node is asked.
CREATE TABLE transfer (
    id           text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    device       text COLLATE "C" NOT NULL REFERENCES device (id),
    direction    text        NOT NULL CHECK (direction IN ('UPLOAD', 'PACKAGE', 'RECEIVE')),
    -- The path that was asked for, or the name under which the device is to place it; empty for a package.
    asked        text        NOT NULL,
    -- What the device offered, or what was sent: NULL before.
    name         text,
    size         bigint      CHECK (size >= 0),
    sha256       text        CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    protection   text        NOT NULL DEFAULT 'NONE' CHECK (protection IN ('NONE', 'CMS')),
    state        text        NOT NULL
                 CHECK (state IN ('REQUESTED', 'OFFERED', 'RUNNING', 'DONE', 'FAILED', 'REFUSED', 'CANCELLED')),
    -- Bytes that are where they belong: forced to our disk, or asked past by the device.
    moved        bigint      NOT NULL DEFAULT 0,
    -- Bytes a second, as they came lately; 0 when it is not known.
    rate         bigint      NOT NULL DEFAULT 0,
    -- Under which id the bytes lie in the BlobStore; NULL when there are none.
    blob         text COLLATE "C" CHECK (blob ~ '^[0-9a-f]{32}$'),
    -- How often it has begun again from 0.
    restarts     integer     NOT NULL DEFAULT 0,
    -- The instruction that began it.
    sequence     bigint      NOT NULL,
    requested_by text        NOT NULL,
    reason       text        NOT NULL,
    -- Where it was placed, or why it ended so.
    detail       text,
    requested_at timestamptz NOT NULL,
    begun_at     timestamptz,
    moved_at     timestamptz,
    ended_at     timestamptz,
    FOREIGN KEY (device, sequence) REFERENCES instruction (device, sequence)
);
CREATE INDEX transfer_by_instruction ON transfer (device, sequence);
-- The bytes of one transfer are nobody else's: they go with its row.
CREATE UNIQUE INDEX transfer_blob ON transfer (blob);
CREATE INDEX transfer_by_time ON transfer (requested_at);
CREATE INDEX transfer_unfinished ON transfer (state) WHERE ended_at IS NULL;

-- One-time links to the bytes of a transfer; of the link only its SHA-256 is kept.
CREATE TABLE transfer_link (
    sha256     text COLLATE "C" PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    transfer   text COLLATE "C" NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    made_by    text        NOT NULL,
    not_after  timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX transfer_link_by_transfer ON transfer_link (transfer);

GRANT SELECT, INSERT, UPDATE, DELETE ON transfer, transfer_link TO fairlead_app;

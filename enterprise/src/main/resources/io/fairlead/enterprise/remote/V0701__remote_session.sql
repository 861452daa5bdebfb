-- Remote sessions. Between those who speak at the same time the row's lock decides, whichever node they speak to.
CREATE TABLE remote_session (
    id             text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    device         text COLLATE "C" NOT NULL REFERENCES device (id),
    -- The instruction that asks for it.
    sequence       bigint      NOT NULL,
    requested_by   text        NOT NULL,
    reason         text        NOT NULL,
    -- mode/name, in the order in which they are shown.
    services       text[]      NOT NULL,
    minutes        int         NOT NULL CHECK (minutes BETWEEN 1 AND 480),
    -- Of what the person at the instrument is shown: his receipt names it.
    request_sha256 text COLLATE "C" NOT NULL CHECK (request_sha256 ~ '^[0-9a-f]{64}$'),
    state          text        NOT NULL
                   CHECK (state IN ('REQUESTED', 'ASKED', 'GRANTED', 'DECLINED', 'UNANSWERED', 'REFUSED', 'WITHDRAWN',
                                    'ENDED')),
    requested_at   timestamptz NOT NULL,
    -- The grant, by our clock, and the exact bytes that prove it; NULL while there is none.
    granted        text[],
    granted_at     timestamptz,
    until          timestamptz,
    receipt        bytea       CHECK (octet_length(receipt) <= 4096),
    signature      bytea       CHECK (octet_length(signature) <= 72),
    ended_at       timestamptz,
    cause          text,
    detail         text        NOT NULL,
    FOREIGN KEY (device, sequence) REFERENCES instruction (device, sequence),
    CHECK ((granted_at IS NULL) = (receipt IS NULL)),
    CHECK (state <> 'GRANTED' OR receipt IS NOT NULL)
);
CREATE INDEX remote_session_by_device ON remote_session (device, requested_at);
CREATE INDEX remote_session_by_time ON remote_session (requested_at);
CREATE INDEX remote_session_open ON remote_session (requested_at) WHERE ended_at IS NULL;
CREATE INDEX remote_session_ended ON remote_session (ended_at);

GRANT SELECT, INSERT, DELETE,
      UPDATE (state, granted, granted_at, until, receipt, signature, ended_at, cause, detail) ON remote_session TO fairlead_app;

-- The streams of remote sessions. Tickets are nowhere here; of what the viewer shows beside his only a hash is kept.
CREATE TABLE remote_stream (
    id          text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    session     text COLLATE "C" NOT NULL REFERENCES remote_session (id) ON DELETE CASCADE,
    service     text        NOT NULL,
    viewer      text        NOT NULL,
    bound       text COLLATE "C" NOT NULL UNIQUE CHECK (bound ~ '^[0-9a-f]{64}$'),
    -- The start of the relay that it is for.
    relay       text COLLATE "C" NOT NULL,
    made_at     timestamptz NOT NULL,
    opened_at   timestamptz,
    ended_at    timestamptz,
    cause       text,
    -- Whether there is a recording of it; no longer when that was deleted.
    recorded    boolean     NOT NULL DEFAULT false,
    -- Of the recording as it was when it ended: it is known again by this.
    recorded_sha256 text COLLATE "C" CHECK (recorded_sha256 ~ '^[0-9a-f]{64}$'),
    -- Bytes.
    from_agent  bigint      NOT NULL DEFAULT 0,
    from_viewer bigint      NOT NULL DEFAULT 0
);
CREATE INDEX remote_stream_by_session ON remote_stream (session);
CREATE INDEX remote_stream_recorded ON remote_stream (opened_at) WHERE recorded;

GRANT SELECT, INSERT, UPDATE (opened_at, ended_at, cause, recorded, recorded_sha256, from_agent, from_viewer) ON remote_stream TO fairlead_app;

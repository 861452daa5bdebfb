-- Instructions as they were signed. body is the exact signed document and is never rewritten.
CREATE TABLE instruction (
    device       text COLLATE "C" NOT NULL REFERENCES device (id),
    sequence     bigint      NOT NULL CHECK (sequence >= 1),
    enrolment    text COLLATE "C" NOT NULL,
    kind         text        NOT NULL,
    subject      text        NOT NULL,
    body         bytea       NOT NULL CHECK (octet_length(body) <= 4096),
    signature    bytea       NOT NULL,
    key_id       text COLLATE "C" NOT NULL,
    not_after    timestamptz NOT NULL,
    created_by   text        NOT NULL,
    created_at   timestamptz NOT NULL,
    -- When a poll first said that the agent has it in its journal.
    journaled_at timestamptz,
    -- The result: the first word counts. finished_at by the agent's clock, corrected; reported_at by ours.
    outcome      text CHECK (outcome IN ('DONE', 'FAILED', 'REFUSED', 'INTERRUPTED')),
    detail       text,
    finished_at  timestamptz,
    reported_at  timestamptz,
    PRIMARY KEY (device, sequence)
);

GRANT SELECT, INSERT, UPDATE (journaled_at, outcome, detail, finished_at, reported_at) ON instruction TO fairlead_app;

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
    -- When a poll was first answered with it.
    delivered_at timestamptz,
    -- When a poll first said that the agent has it in its journal.
    journaled_at timestamptz,
    -- The result: the first word counts. finished_at by the agent's clock, corrected; reported_at by ours.
    outcome      text CHECK (outcome IN ('DONE', 'FAILED', 'REFUSED', 'INTERRUPTED')),
    detail       text,
    finished_at  timestamptz,
    reported_at  timestamptz,
    PRIMARY KEY (device, sequence)
-- A row is written again when it is delivered, journaled and done; with room left on its page no index is.
) WITH (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE (delivered_at, journaled_at, outcome, detail, finished_at, reported_at) ON instruction TO fairlead_app;

-- Results of instructions that were never made: counted, and named in the audit once an hour at most.
CREATE TABLE result_unknown (
    device   text COLLATE "C" PRIMARY KEY REFERENCES device (id),
    results  bigint      NOT NULL,
    -- How many there were when the audit named them last, and when that was.
    named    bigint      NOT NULL,
    named_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON result_unknown TO fairlead_app;

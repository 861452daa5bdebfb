-- What nodes say that they listen on; a node says it again each hour.
CREATE TABLE allowlist_live (
    host          text COLLATE "C" NOT NULL CHECK (length(host) <= 253),
    purpose       text        NOT NULL,
    ports         int[]       NOT NULL,
    further_ports int[]       NOT NULL,
    required      boolean     NOT NULL,
    notes         text[]      NOT NULL,
    seen_at       timestamptz NOT NULL,
    PRIMARY KEY (host, purpose)
);

-- What was published, to the byte; never changed.
CREATE TABLE allowlist_edition (
    version   bigint      PRIMARY KEY CHECK (version BETWEEN 2000000000 AND 9999999999),
    issued    timestamptz NOT NULL,
    expires   timestamptz NOT NULL,
    document  bytea       NOT NULL,
    signature bytea       NOT NULL,
    -- The signer's certificate and its issuers, PEM.
    signer    text        NOT NULL
);

GRANT SELECT, INSERT, DELETE ON allowlist_live TO fairlead_app;
GRANT UPDATE (ports, further_ports, required, notes, seen_at) ON allowlist_live TO fairlead_app;
GRANT SELECT, INSERT ON allowlist_edition TO fairlead_app;

-- The client certificates with which accounts may call: known by the whole of them, whoever issued them.
CREATE TABLE account_certificate (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account    text COLLATE "C" NOT NULL REFERENCES account (name),
    sha256     text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    subject    text        NOT NULL,
    key        text        NOT NULL,
    not_before timestamptz NOT NULL,
    -- What the certificate says, and until when it is taken.
    own_end    timestamptz NOT NULL,
    not_after  timestamptz NOT NULL CHECK (not_after <= own_end),
    added_at   timestamptz NOT NULL,
    added_by   text        NOT NULL,
    ended_at   timestamptz
);
-- Each is of one account.
CREATE UNIQUE INDEX account_certificate_pin ON account_certificate (sha256) WHERE ended_at IS NULL;
CREATE INDEX account_certificate_sha256 ON account_certificate (sha256);
CREATE INDEX account_certificate_account ON account_certificate (account) WHERE ended_at IS NULL;

-- When one was last used, to the hour.
CREATE TABLE account_certificate_use (
    certificate bigint PRIMARY KEY REFERENCES account_certificate (id),
    used_at     timestamptz NOT NULL,
    address     text        NOT NULL
);

-- What was said of one that is about to end, once for each of 30, 7 and 1 days.
CREATE TABLE account_certificate_warning (
    certificate bigint REFERENCES account_certificate (id),
    days        int         NOT NULL,
    warned_at   timestamptz NOT NULL,
    PRIMARY KEY (certificate, days)
);

GRANT SELECT, INSERT ON account_certificate, account_certificate_use, account_certificate_warning TO fairlead_app;
GRANT UPDATE (ended_at) ON account_certificate TO fairlead_app;
GRANT UPDATE (used_at, address) ON account_certificate_use TO fairlead_app;

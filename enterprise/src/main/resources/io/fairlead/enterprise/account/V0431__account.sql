-- Accounts of other systems; who they are and what they may stands in person and its tables.
CREATE TABLE account (
    name      text COLLATE "C" PRIMARY KEY REFERENCES person (name),
    -- As CIDR; none: from anywhere.
    addresses text[] NOT NULL CHECK (cardinality(addresses) <= 64)
);

-- Their passwords: made here, random, known by their SHA-256 only.
CREATE TABLE account_password (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account   text COLLATE "C" NOT NULL REFERENCES account (name),
    sha256    bytea       NOT NULL CHECK (length(sha256) = 32),
    made_at   timestamptz NOT NULL,
    made_by   text        NOT NULL,
    not_after timestamptz NOT NULL,
    ended_at  timestamptz
);
CREATE INDEX account_password_account ON account_password (account) WHERE ended_at IS NULL;

-- When a password was last used, to the hour.
CREATE TABLE account_use (
    password bigint PRIMARY KEY REFERENCES account_password (id),
    used_at  timestamptz NOT NULL,
    address  text        NOT NULL
);

-- What was said of a password that is about to end, once for each of 30, 7 and 1 days.
CREATE TABLE account_password_warning (
    password  bigint REFERENCES account_password (id),
    days      int         NOT NULL,
    warned_at timestamptz NOT NULL,
    PRIMARY KEY (password, days)
);

-- The last calls of each account that failed.
CREATE TABLE account_failed_call (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account     text COLLATE "C" NOT NULL REFERENCES account (name),
    at          timestamptz NOT NULL,
    service     text        NOT NULL,
    operation   text        NOT NULL,
    code        text        NOT NULL,
    why         text        NOT NULL,
    correlation text        NOT NULL,
    address     text        NOT NULL
);
CREATE INDEX account_failed_call_account ON account_failed_call (account, id);

GRANT SELECT, INSERT ON account, account_password, account_use, account_password_warning, account_failed_call
    TO fairlead_app;
GRANT UPDATE (addresses) ON account TO fairlead_app;
GRANT UPDATE (not_after, ended_at) ON account_password TO fairlead_app;
GRANT UPDATE (used_at, address) ON account_use TO fairlead_app;
GRANT DELETE ON account_failed_call TO fairlead_app;

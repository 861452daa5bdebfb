-- What is known of a person's password: salt, iterations, StoredKey and ServerKey (RFC 5802), sealed by a key that is not
-- in the database.
CREATE TABLE login_password (
    person text COLLATE "C" PRIMARY KEY REFERENCES person (name),
    sealed bytea       NOT NULL,
    key_id text        NOT NULL,
    set_at timestamptz NOT NULL
);

-- Exchanges that were answered, so that none is answered twice. Swept once they would be too old anyway.
CREATE TABLE login_answered (
    exchange text PRIMARY KEY,
    at       timestamptz NOT NULL
);

-- Failed log-ins of an address, of a browser that is known to an account, of a proxy.
CREATE TABLE login_failure (
    counter  text PRIMARY KEY,
    failures int         NOT NULL,
    last_at  timestamptz NOT NULL
);

-- The sessions: those that go on, and for a while those that have ended.
CREATE TABLE login_session (
    id           text PRIMARY KEY,
    sha256       text        NOT NULL UNIQUE,
    person       text COLLATE "C" NOT NULL REFERENCES person (name),
    kind         text        NOT NULL CHECK (kind IN ('browser', 'command-line')),
    -- Until a passkey confirms it, it is good for nothing else.
    waiting      boolean     NOT NULL,
    confirmed_at timestamptz,
    made_at      timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    not_after    timestamptz NOT NULL,
    address      text        NOT NULL,
    client       text        NOT NULL,
    ended_at     timestamptz,
    ended_why    text
);
CREATE INDEX login_session_person ON login_session (person, made_at DESC);

-- One-time links. Without a person: to make the first administrator.
CREATE TABLE login_link (
    sha256       text PRIMARY KEY,
    person       text COLLATE "C" REFERENCES person (name),
    -- The passkeys there were are removed with its use.
    new_passkey  boolean     NOT NULL,
    made_by      text        NOT NULL,
    made_at      timestamptz NOT NULL,
    not_after    timestamptz NOT NULL,
    used_at      timestamptz,
    withdrawn_at timestamptz
);
CREATE INDEX login_link_person ON login_link (person) WHERE used_at IS NULL;

-- Passkeys (WebAuthn): the public halves.
CREATE TABLE login_passkey (
    credential   bytea PRIMARY KEY,
    person       text COLLATE "C" NOT NULL REFERENCES person (name),
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    -- AttestedCredentialData as the authenticator gave it.
    key          bytea       NOT NULL,
    counter      bigint      NOT NULL,
    transports   text        NOT NULL,
    backed_up    boolean     NOT NULL,
    made_at      timestamptz NOT NULL,
    used_at      timestamptz,
    removed_at   timestamptz
);
CREATE INDEX login_passkey_person ON login_passkey (person) WHERE removed_at IS NULL;

-- What an authenticator is asked to sign, once.
CREATE TABLE login_challenge (
    sha256    text PRIMARY KEY,
    -- What it was made for: a session, a link.
    purpose   text        NOT NULL,
    not_after timestamptz NOT NULL
);

-- Codes by which a session in a browser confirms one of the command line.
CREATE TABLE login_confirmation (
    sha256    text PRIMARY KEY,
    session   text        NOT NULL REFERENCES login_session (id) ON DELETE CASCADE,
    made_at   timestamptz NOT NULL,
    not_after timestamptz NOT NULL,
    used_at   timestamptz
);

GRANT SELECT, INSERT, UPDATE, DELETE ON login_password, login_failure, login_session, login_link, login_passkey,
    login_confirmation TO fairlead_app;
GRANT SELECT, INSERT, DELETE ON login_answered, login_challenge TO fairlead_app;

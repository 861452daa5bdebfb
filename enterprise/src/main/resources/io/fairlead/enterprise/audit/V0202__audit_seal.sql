-- The seal: committed rows of audit_entry, numbered without gaps in the order in which the sealer saw them, each with a
-- hash over itself and everything before it (audit.ChainRow). Written by the role fairlead_sealer only, and only added to.
CREATE TABLE audit_seal (
    number bigint PRIMARY KEY CHECK (number > 0),
    -- audit_entry.id; no foreign key, whose check would write to every sealed row once more.
    entry  bigint NOT NULL UNIQUE,
    hash   bytea  NOT NULL CHECK (length(hash) = 32)
);

-- The keys that signed checkpoints: the certificate, then its issuer's, DER.
CREATE TABLE audit_signer (
    key_id       text COLLATE "C" PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{32}$'),
    certificates bytea[] NOT NULL
);

-- Signed statements (audit.Checkpoint): one a minute at most is kept for ever; the newest is in audit_head.
CREATE TABLE audit_checkpoint (
    number    bigint PRIMARY KEY,
    statement bytea NOT NULL,
    signature bytea NOT NULL,
    key_id    text COLLATE "C" NOT NULL REFERENCES audit_signer
);

-- One row: where the sealer stands.
CREATE TABLE audit_head (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    -- Every id up to here is sealed, or belongs to a transaction that was rolled back.
    settled   bigint NOT NULL,
    statement bytea  NOT NULL,
    signature bytea  NOT NULL,
    key_id    text COLLATE "C" NOT NULL REFERENCES audit_signer
);

CREATE TRIGGER audit_seal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse_change();
CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse_change();
CREATE TRIGGER audit_signer_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_signer
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse_change();

-- For questions about a time.
CREATE INDEX audit_entry_by_time ON audit_entry (at);

GRANT SELECT ON SEQUENCE audit_entry_id_seq TO fairlead_sealer;
GRANT SELECT ON audit_seal, audit_signer, audit_checkpoint, audit_head TO fairlead_app, fairlead_sealer;
GRANT INSERT ON audit_seal, audit_signer, audit_checkpoint TO fairlead_sealer;
GRANT INSERT, UPDATE ON audit_head TO fairlead_sealer;

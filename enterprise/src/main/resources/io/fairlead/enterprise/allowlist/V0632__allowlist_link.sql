-- Links by which a customer's own list is fetched without a log-in. A link that is revoked is deleted: the audit has it.
CREATE TABLE allowlist_link (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Of the link's secret, which is kept nowhere.
    sha256   text COLLATE "C" NOT NULL UNIQUE CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    customer text        NOT NULL CHECK (length(customer) BETWEEN 1 AND 200),
    purpose  text        NOT NULL,
    -- From which networks the instruments dial; none for anywhere.
    sources  text[]      NOT NULL,
    made_at  timestamptz NOT NULL,
    made_by  text        NOT NULL,
    -- The last day on which it was used, UTC.
    used_on  date
);
CREATE INDEX allowlist_link_customer ON allowlist_link (customer);

GRANT SELECT, INSERT, DELETE ON allowlist_link TO fairlead_app;
GRANT UPDATE (used_on) ON allowlist_link TO fairlead_app;

-- People, and the accounts of other systems: who they are. Never deleted, since the audit names them; disabled instead.
CREATE TABLE person (
    kind         text        NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'integration')),
    name         text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'),
    display_name text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 128),
    organisation text        NOT NULL CHECK (length(organisation) BETWEEN 1 AND 128),
    -- Of a customer's people; NULL for the vendor's own.
    customer     text,
    created_at   timestamptz NOT NULL,
    created_by   text        NOT NULL,
    disabled_at  timestamptz,
    version      bigint      NOT NULL DEFAULT 1
);

-- What each may do where. NULL is everywhere.
CREATE TABLE person_grant (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person       text COLLATE "C" NOT NULL REFERENCES person (name),
    role         text        NOT NULL CHECK (role IN ('operator', 'service-engineer', 'customer-administrator',
                                                      'customer-user', 'auditor', 'it-administrator', 'integration',
                                                      'training-system')),
    region       text,
    customer     text CHECK (customer IS NOT NULL OR role NOT IN ('customer-administrator', 'customer-user', 'it-administrator')),
    model        text,
    until        timestamptz,
    granted_at   timestamptz NOT NULL,
    granted_by   text        NOT NULL,
    -- The second person, where one was needed.
    approved_by  text,
    withdrawn_at timestamptz,
    withdrawn_by text
);
CREATE INDEX person_grant_person ON person_grant (person) WHERE withdrawn_at IS NULL;

-- The trainings on record.
CREATE TABLE person_training (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person       text COLLATE "C" NOT NULL REFERENCES person (name),
    model        text        NOT NULL,
    until        timestamptz NOT NULL,
    evidence     text        NOT NULL CHECK (length(evidence) BETWEEN 1 AND 200),
    recorded_at  timestamptz NOT NULL,
    recorded_by  text        NOT NULL,
    -- The second person, where one was needed.
    approved_by  text,
    withdrawn_at timestamptz,
    withdrawn_by text
);
CREATE INDEX person_training_person ON person_training (person) WHERE withdrawn_at IS NULL;

-- Whether a device is in a view (people.View). Called for each row: where there are many, ask it once for each distinct
-- region, customer and model.
CREATE FUNCTION fairlead_in_view(region text, customer text, model text, regions text[], customers text[], models text[])
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regions IS NULL OR EXISTS (
        SELECT 1 FROM unnest(regions, customers, models) AS may (region, customer, model)
         WHERE may.region IN ('', $1) AND may.customer IN ('', $2) AND may.model IN ('', $3))
$$;

GRANT SELECT, INSERT ON person, person_grant, person_training TO fairlead_app;
GRANT UPDATE (display_name, organisation, disabled_at, version) ON person TO fairlead_app;
GRANT UPDATE (withdrawn_at, withdrawn_by) ON person_grant, person_training TO fairlead_app;

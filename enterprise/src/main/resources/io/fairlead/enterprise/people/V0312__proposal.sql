-- Widenings of somebody's rights that wait for a second person. Never deleted: they say who wanted what.
CREATE TABLE person_proposal (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person      text COLLATE "C" NOT NULL REFERENCES person (name),
    kind        text        NOT NULL CHECK (kind IN ('role', 'training', 'enable')),
    role        text CHECK ((role IS NOT NULL) = (kind = 'role')),
    region      text,
    customer    text,
    -- Of the role's place, or that the training was for.
    model       text CHECK (model IS NOT NULL OR kind <> 'training'),
    until       timestamptz CHECK (until IS NOT NULL OR kind <> 'training'),
    evidence    text CHECK ((evidence IS NOT NULL) = (kind = 'training')),
    proposed_at timestamptz NOT NULL,
    proposed_by text        NOT NULL,
    not_after   timestamptz NOT NULL,
    decided_at  timestamptz,
    decided_by  text CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    approved    boolean CHECK ((approved IS NULL) = (decided_at IS NULL))
);
CREATE INDEX person_proposal_open ON person_proposal (person) WHERE decided_at IS NULL;

GRANT SELECT, INSERT ON person_proposal TO fairlead_app;
GRANT UPDATE (decided_at, decided_by, approved) ON person_proposal TO fairlead_app;

-- The holders of an identity that is held, as far as their rolling tokens tell them apart; gone when a person has decided.
CREATE TABLE device_holder (
    device        text COLLATE "C" NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    holder        int         NOT NULL,
    -- What this one may present while nothing is given to anybody.
    tokens        text[] COLLATE "C" NOT NULL,
    -- Whether it followed on the newest poll that was taken.
    in_step       boolean     NOT NULL,
    address       text,
    agent_version text,
    certificate   text COLLATE "C",
    journaled     bigint      NOT NULL,
    first_seen    timestamptz,
    last_seen     timestamptz,
    -- Refused polls.
    polls         bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (device, holder)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON device_holder TO fairlead_app;

-- A certificate has one successor.
CREATE UNIQUE INDEX device_certificate_replaces ON device_certificate (replaces);

-- The name of the issuer, so that a person sees who still has a certificate by one that is to be given up.
ALTER TABLE device_certificate ADD COLUMN issuer text NOT NULL DEFAULT '';

-- The number of the authorities that the agent of a device last said it pins.
CREATE TABLE device_anchors (
    device       text COLLATE "C" PRIMARY KEY,
    enrolment    text COLLATE "C" NOT NULL,
    number       bigint      NOT NULL CHECK (number >= 0),
    confirmed_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON device_anchors TO fairlead_app;

-- Which enrolment of a device counts. Its row is locked by whoever issues or revokes the device's certificates.
CREATE TABLE device_enrolment (
    device      text COLLATE "C" PRIMARY KEY,
    epoch       text COLLATE "C" NOT NULL CHECK (epoch ~ '^[0-9a-f]{32}$'),
    enrolled_at timestamptz NOT NULL
);

-- Every certificate that the issuer of devices signed. A certificate without a row here counts for nothing.
CREATE TABLE device_certificate (
    serial        text COLLATE "C" PRIMARY KEY CHECK (serial ~ '^[0-9a-f]{32}$'),
    device        text COLLATE "C" NOT NULL,
    enrolment     text COLLATE "C" NOT NULL,
    key_sha256    text COLLATE "C" NOT NULL,
    certificate   bytea       NOT NULL,
    not_before    timestamptz NOT NULL,
    not_after     timestamptz NOT NULL,
    issued_at     timestamptz NOT NULL,
    -- The first request that it was judged for.
    first_used_at timestamptz,
    revoked_at    timestamptz,
    revoked_why   text,
    -- The certificate that asked for this one, when it came by renewal.
    replaces      text COLLATE "C" REFERENCES device_certificate (serial)
);
CREATE INDEX device_certificate_device ON device_certificate (device);

-- One-time codes. The secret itself is only in the enrolment string.
CREATE TABLE enrolment_code (
    code          text COLLATE "C" PRIMARY KEY,
    device        text COLLATE "C" NOT NULL,
    salt          bytea       NOT NULL,
    secret_sha256 bytea       NOT NULL,
    created_at    timestamptz NOT NULL,
    created_by    text        NOT NULL,
    expires_at    timestamptz NOT NULL,
    -- Wrong secrets so far, over all nodes.
    wrong         int         NOT NULL DEFAULT 0,
    killed_at     timestamptz,
    redeemed_at   timestamptz,
    -- The key it was redeemed with, and the certificate made for that key.
    key_sha256    text COLLATE "C",
    serial        text COLLATE "C" REFERENCES device_certificate (serial)
);
CREATE INDEX enrolment_code_device ON enrolment_code (device);

-- The certificates of all keys that ever signed an instruction, on any node.
CREATE TABLE signer_certificate (
    key_id      text COLLATE "C" PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{32}$'),
    certificate bytea NOT NULL
);

GRANT SELECT, INSERT, UPDATE (epoch, enrolled_at) ON device_enrolment TO fairlead_app;
GRANT SELECT, INSERT, UPDATE (first_used_at, revoked_at, revoked_why) ON device_certificate TO fairlead_app;
GRANT SELECT, INSERT, UPDATE (wrong, killed_at, redeemed_at, key_sha256, serial) ON enrolment_code TO fairlead_app;
GRANT SELECT, INSERT ON signer_certificate TO fairlead_app;

-- How far each syslog receiver has confirmed the sealed rows.
CREATE TABLE audit_syslog (
    target    text PRIMARY KEY,
    number    bigint      NOT NULL,
    moved_at  timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE (number, moved_at) ON audit_syslog TO fairlead_app;

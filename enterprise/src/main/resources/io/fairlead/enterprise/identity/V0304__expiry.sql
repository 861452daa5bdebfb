-- What was said of a certificate that is about to end, once for each of 30, 7 and 1 days.
CREATE TABLE expiry_warning (
    serial    text COLLATE "C" NOT NULL,
    days      int         NOT NULL,
    warned_at timestamptz NOT NULL,
    PRIMARY KEY (serial, days)
);

GRANT SELECT, INSERT ON expiry_warning TO fairlead_app;

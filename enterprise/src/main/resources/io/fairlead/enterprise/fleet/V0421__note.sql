-- What people write about a device. A note keeps every wording it ever had.
CREATE TABLE device_note (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device     text COLLATE "C" NOT NULL REFERENCES device (id),
    written_at timestamptz NOT NULL,
    written_by text        NOT NULL
);
CREATE INDEX device_note_device ON device_note (device, id);

-- The wordings; the highest version is the one that counts.
CREATE TABLE device_note_text (
    note       bigint      NOT NULL REFERENCES device_note (id),
    version    int         NOT NULL CHECK (version >= 1),
    written_at timestamptz NOT NULL,
    text       text        NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
    PRIMARY KEY (note, version)
);

GRANT SELECT, INSERT ON device_note, device_note_text TO fairlead_app;

-- Who asked to look on beside whoever asked for a session, and what came of it the last time. Who changes one holds the
-- session's row.
CREATE TABLE remote_watcher (
    session     text COLLATE "C" NOT NULL REFERENCES remote_session (id) ON DELETE CASCADE,
    -- The actor, as the audit names him.
    person      text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('ASKED', 'ALLOWED', 'DECLINED', 'UNANSWERED', 'ENDED')),
    asked_at    timestamptz NOT NULL,
    -- Why it ended.
    cause       text,
    PRIMARY KEY (session, person)
);
CREATE INDEX remote_watcher_open ON remote_watcher (session) WHERE state IN ('ASKED', 'ALLOWED');

GRANT SELECT, INSERT, UPDATE (state, asked_at, cause) ON remote_watcher TO fairlead_app;

-- The registry: what a device is. Rows change seldom, but for next_seq, which numbers instructions.
CREATE TABLE device (
    id         text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    customer   text        NOT NULL,
    site       text        NOT NULL,
    region     text        NOT NULL,
    model      text        NOT NULL,
    serial     text        NOT NULL,
    muted      boolean     NOT NULL DEFAULT false,
    -- The epoch of the enrolment that counts; NULL before the first.
    enrolment  text COLLATE "C" CHECK (enrolment ~ '^[0-9a-f]{32}$'),
    -- The number of the newest instruction; never reset, so that no number is ever used twice.
    next_seq   bigint      NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    version    bigint      NOT NULL DEFAULT 1
) WITH (fillfactor = 80);

-- What each poll and each report touches: narrow, without further indexes, so that updates stay in their page (HOT).
CREATE TABLE device_contact (
    device          text COLLATE "C" PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    last_contact    timestamptz,
    address         text,
    agent_version   text,
    clock_offset_ms bigint NOT NULL DEFAULT 0,
    -- The highest instruction whose receipt the agent has forced to its journal, in this enrolment.
    journaled       bigint NOT NULL DEFAULT 0,
    -- The certificate of the newest poll.
    certificate     text COLLATE "C",
    -- Polls taken in this enrolment: only the newest may be given instructions.
    turn            bigint NOT NULL DEFAULT 0,
    -- The rolling token (fleet.Tokens): the one presented last ('' for none, NULL for whichever of those given comes), and
    -- those given since, none of which was presented yet.
    token_last      text COLLATE "C" DEFAULT '',
    token_given     text[] COLLATE "C" NOT NULL DEFAULT '{}',
    token_before    text[] COLLATE "C" NOT NULL DEFAULT '{}',
    -- Those presented before the last, for five minutes, and until when each was the last (fleet.Lately).
    token_lately    text COLLATE "C" NOT NULL DEFAULT '',
    -- The certificate whose key two had: to be renewed as soon as its holder polls.
    renew           text COLLATE "C",
    -- Of holders that a person has turned away.
    token_dropped   text[] COLLATE "C" NOT NULL DEFAULT '{}',
    -- Since when two holders are known and nobody has decided, and how it showed.
    held_at         timestamptz,
    held_why        text,
    -- Messages that the newest epoch's full spool has dropped.
    dropped         bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE ON device, device_contact TO fairlead_app;

-- Where notifications may be sent to: what an operator named, to the letter.
CREATE TABLE notification_receiver (
    host     text COLLATE "C" NOT NULL,
    port     int         NOT NULL CHECK (port BETWEEN 1 AND 65535),
    -- Whether http is taken beside https.
    plain    boolean     NOT NULL,
    -- Of addresses that are not public, as CIDR, those that are meant.
    networks text[]      NOT NULL CHECK (cardinality(networks) <= 16),
    named_at timestamptz NOT NULL,
    named_by text        NOT NULL,
    PRIMARY KEY (host, port)
);

CREATE TABLE notification_subscription (
    id             text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    account        text COLLATE "C" NOT NULL REFERENCES account (name),
    endpoint       text        NOT NULL,
    soap12         boolean     NOT NULL,
    -- What the receiver knows us by; it has to be said as it is.
    token          text        NOT NULL,
    kinds          text[]      NOT NULL CHECK (cardinality(kinds) BETWEEN 1 AND 20),
    -- NULL for all.
    device         text COLLATE "C",
    customer       text,
    region         text,
    model          text,
    least_severity text,
    state          text        NOT NULL CHECK (state IN ('active', 'failing', 'suspended', 'barred')),
    created_at     timestamptz NOT NULL,
    version        bigint      NOT NULL DEFAULT 1,
    -- The number that was given last.
    last_number    bigint      NOT NULL DEFAULT 0,
    delivered      bigint      NOT NULL DEFAULT 0,
    delivered_at   timestamptz,
    failed_at      timestamptz,
    failure        text,
    -- Since when nothing was taken, and how often it was tried since; NULL and 0 while all is well.
    failing_since  timestamptz,
    attempts       int         NOT NULL DEFAULT 0,
    next_try       timestamptz
);
CREATE INDEX notification_subscription_account ON notification_subscription (account);

-- What waits. Without foreign keys: whoever reports an alarm must not fail, or wait, because somebody unsubscribes.
CREATE TABLE notification_outbox (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription text COLLATE "C" NOT NULL,
    -- Given when it is sent for the first time; NULL before.
    number       bigint,
    kind         text        NOT NULL,
    device       text COLLATE "C" NOT NULL,
    at           timestamptz NOT NULL,
    body         jsonb       NOT NULL
);
CREATE INDEX notification_outbox_subscription ON notification_outbox (subscription, id);

-- How tries to deliver ended, for those who build the receiver: no bodies, no tokens. The newest ones only.
CREATE TABLE notification_attempt (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription text COLLATE "C" NOT NULL,
    at           timestamptz NOT NULL,
    took_ms      int         NOT NULL,
    -- Of what was to be sent; 0 when nothing may be.
    count        int         NOT NULL,
    first_number bigint      NOT NULL,
    last_number  bigint      NOT NULL,
    kinds        text[]      NOT NULL,
    -- What the receiver answered; NULL when it did not.
    status       int,
    -- NULL when it was taken.
    failure      text,
    tries        int         NOT NULL,
    next_try     timestamptz
);
CREATE INDEX notification_attempt_subscription ON notification_attempt (subscription, id);

-- Until when it was looked which devices went missing.
CREATE TABLE notification_watch (
    looked_at timestamptz NOT NULL
);

-- Whom a device's event concerns.
CREATE FUNCTION notification_wanted(of_kind text, of_device text, of_severity text)
    RETURNS TABLE (subscription text) LANGUAGE sql STABLE AS $$
    SELECT s.id
      FROM notification_subscription s JOIN device d ON d.id = of_device
     WHERE of_kind = ANY (s.kinds)
       AND (s.device IS NULL OR s.device = d.id)
       AND (s.customer IS NULL OR s.customer = d.customer)
       AND (s.region IS NULL OR s.region = d.region)
       AND (s.model IS NULL OR s.model = d.model)
       AND (s.least_severity IS NULL OR of_severity IS NULL
            OR array_position(ARRAY['info', 'warning', 'error', 'critical'], of_severity)
               >= array_position(ARRAY['info', 'warning', 'error', 'critical'], s.least_severity))
$$;

-- One statement for all alarms of a group, in the transaction that raises them, whoever does.
CREATE FUNCTION notification_of_alarms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM notification_subscription) THEN
        INSERT INTO notification_outbox (subscription, kind, device, at, body)
        SELECT w.subscription, 'alarm-raised', a.device, a.received_at,
               jsonb_build_object('id', a.id, 'code', a.code, 'severity', a.severity, 'text', a.text,
                                  'raisedAt', a.raised_at)
          FROM raised a CROSS JOIN LATERAL notification_wanted('alarm-raised', a.device, a.severity) w
         ORDER BY a.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER alarm_notified AFTER INSERT ON alarm REFERENCING NEW TABLE AS raised
    FOR EACH STATEMENT EXECUTE FUNCTION notification_of_alarms();

CREATE FUNCTION notification_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO notification_outbox (subscription, kind, device, at, body)
    SELECT w.subscription, 'session-ended', NEW.device, NEW.ended_at,
           jsonb_build_object('id', NEW.id, 'requestedBy', NEW.requested_by, 'grantedAt', NEW.granted_at,
                              'endedAt', NEW.ended_at, 'state', lower(NEW.state),
                              'cause', replace(lower(NEW.cause), '_', '-'))
      FROM notification_wanted('session-ended', NEW.device, NULL) w;
    RETURN NULL;
END $$;
CREATE TRIGGER remote_session_notified AFTER UPDATE OF ended_at ON remote_session
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION notification_of_session();

GRANT SELECT, INSERT, UPDATE, DELETE ON notification_receiver, notification_subscription, notification_outbox,
    notification_attempt, notification_watch TO fairlead_app;

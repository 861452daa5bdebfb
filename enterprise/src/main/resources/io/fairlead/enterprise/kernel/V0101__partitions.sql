-- Daily partitions, made and dropped by the owner on behalf of fairlead_app, which has no DDL.

GRANT USAGE ON SCHEMA public TO fairlead_app, fairlead_sealer;

-- Tables that may have daily partitions, each PARTITION BY RANGE (a timestamptz column). Filled by migrations only.
CREATE TABLE fairlead_partitioned (
    parent text PRIMARY KEY
);

-- Makes the partitions parent_pYYYYMMDD for the given number of days from the given day on, where they are missing.
-- Days are UTC. A new table is attached rather than created in place: that takes a lock which inserts do not wait for.
CREATE FUNCTION fairlead_ensure_partitions(parent text, from_day date, days int)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    day date;
    child text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.fairlead_partitioned listed
                   WHERE listed.parent = fairlead_ensure_partitions.parent) THEN
        RAISE EXCEPTION 'fairlead: no partitioned table of that name is listed' USING ERRCODE = 'undefined_table';
    END IF;
    IF from_day IS NULL OR days IS NULL OR days < 1 OR days > 400 THEN
        RAISE EXCEPTION 'fairlead: a first day and 1 to 400 days are needed' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- One node at a time.
    PERFORM pg_advisory_xact_lock(hashtextextended('fairlead_partitions:' || parent, 0));
    FOR i IN 0 .. days - 1 LOOP
        day := from_day + i;
        child := parent || '_p' || to_char(day, 'YYYYMMDD');
        IF to_regclass(format('public.%I', child)) IS NULL THEN
            EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL EXCLUDING IDENTITY)', child, parent);
            EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                           parent, child, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
        END IF;
    END LOOP;
END;
$$;

-- Drops the partitions of days before the given one, but never those of the days to be kept by this server's clock: a node
-- whose clock is ahead must not take history with it. Returns how many. Gives up after five seconds without the lock,
-- so that a long query never makes ingest wait behind us; who calls tries again later.
CREATE FUNCTION fairlead_drop_partitions(parent text, before date, days int)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s'
AS $$
DECLARE
    child text;
    dropped int := 0;
    kept date;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.fairlead_partitioned listed
                   WHERE listed.parent = fairlead_drop_partitions.parent) THEN
        RAISE EXCEPTION 'fairlead: no partitioned table of that name is listed' USING ERRCODE = 'undefined_table';
    END IF;
    IF before IS NULL OR days IS NULL OR days < 7 THEN
        RAISE EXCEPTION 'fairlead: a day and 7 days or more to be kept are needed' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    kept := least(before, (now() AT TIME ZONE 'UTC')::date - days);
    PERFORM pg_advisory_xact_lock(hashtextextended('fairlead_partitions:' || parent, 0));
    FOR child IN
        SELECT part.relname
        FROM pg_inherits
        JOIN pg_class part ON part.oid = inhrelid
        WHERE inhparent = to_regclass(format('public.%I', parent))
          AND part.relname ~ '_p[0-9]{8}$'
          AND to_date(right(part.relname, 8), 'YYYYMMDD') < kept
        ORDER BY part.relname
    LOOP
        EXECUTE format('DROP TABLE public.%I', child);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END;
$$;

REVOKE ALL ON FUNCTION fairlead_ensure_partitions(text, date, int) FROM PUBLIC;
REVOKE ALL ON FUNCTION fairlead_drop_partitions(text, date, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fairlead_ensure_partitions(text, date, int) TO fairlead_app;
GRANT EXECUTE ON FUNCTION fairlead_drop_partitions(text, date, int) TO fairlead_app;

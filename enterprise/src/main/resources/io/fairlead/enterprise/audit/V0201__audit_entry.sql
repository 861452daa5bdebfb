-- Who did what. Rows are added and read, never changed: the app role has no right to, and a trigger refuses everyone,
-- the owner's functions included. The sealer (a role of its own) will number and hash committed rows elsewhere.
CREATE TABLE audit_entry (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    actor   text NOT NULL CHECK (actor <> '' AND length(actor) <= 200),
    code    text NOT NULL CHECK (code <> '' AND length(code) <= 100),
    subject text COLLATE "C" NOT NULL CHECK (length(subject) <= 200),
    detail  text NOT NULL CHECK (length(detail) <= 2000)
);

CREATE INDEX audit_entry_by_subject ON audit_entry (subject, id DESC);

CREATE FUNCTION audit_entry_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'fairlead: the audit is never changed' USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse_change();

-- By column, so that neither id nor time can be given.
GRANT INSERT (actor, code, subject, detail) ON audit_entry TO fairlead_app;
GRANT SELECT ON audit_entry TO fairlead_app, fairlead_sealer;

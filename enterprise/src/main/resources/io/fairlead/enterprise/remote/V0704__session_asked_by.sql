-- The account of another system that asked for a session on behalf of the person whose it is; NULL when he did himself.
ALTER TABLE remote_session ADD COLUMN asked_by text;

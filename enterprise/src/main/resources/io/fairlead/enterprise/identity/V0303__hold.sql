-- Since when two holders of this identity are known and no person has decided: it passes for nothing meanwhile.
ALTER TABLE device_enrolment ADD COLUMN held_at timestamptz;

GRANT UPDATE (held_at) ON device_enrolment TO fairlead_app;

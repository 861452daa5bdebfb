-- When a person, or the theft of the device, took it back before an agent had it in its journal.
ALTER TABLE instruction ADD COLUMN cancelled_at timestamptz;

GRANT UPDATE (cancelled_at) ON instruction TO fairlead_app;

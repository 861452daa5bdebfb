-- A certificate has one successor.
CREATE UNIQUE INDEX device_certificate_replaces ON device_certificate (replaces);

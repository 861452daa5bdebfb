-- When a device was taken out of service: no code is made for it any more, and lists leave it out.
ALTER TABLE device ADD COLUMN retired_at timestamptz;

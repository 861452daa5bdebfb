-- Since when a device counts as stolen: no code is made for it until somebody says that it was found.
ALTER TABLE device ADD COLUMN stolen_at timestamptz;

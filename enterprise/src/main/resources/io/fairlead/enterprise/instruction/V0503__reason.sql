-- Why, in the words of whoever asked; in the signed order as well. Empty when none was given.
ALTER TABLE instruction ADD COLUMN reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 300);

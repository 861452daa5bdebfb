-- Overviews count what is unfinished; what is finished piles up for ever.
CREATE INDEX instruction_unfinished ON instruction (device) WHERE outcome IS NULL;

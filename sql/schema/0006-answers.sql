-- Version 6: answers to act on.  Views are made anew with every migration.

-- ---- waste over time ----

-- A trace that was imported before has none: what it wasted then is not known.
ALTER TABLE timeline ADD COLUMN waste_bytes INTEGER;

-- Version 6: answers to act on.  Views are made anew with every migration.

-- The name of a function that is there for the message alone.  What was found
-- before has none until it is found anew.
ALTER TABLE message_finding ADD COLUMN
	name_bytes INTEGER NOT NULL DEFAULT 0; -- of __func__ that it alone prints

-- Version 6: answers to act on.  Views are made anew with every migration.

-- ---- what local functions and constants contain ----

-- Of each local function or constant of an object, in the order of its symbols
-- (symbol.ordinal): 8 bytes, a number that is equal where the content is; 0
-- where it is not known (elf/contents.h).  Not part of a footprint, because
-- contents change where sizes do not: a line number in a common header.
CREATE TABLE content_set (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	contents BLOB NOT NULL
);
ALTER TABLE object ADD COLUMN content_set INTEGER REFERENCES content_set(id);
ALTER TABLE stamp ADD COLUMN content_set INTEGER REFERENCES content_set(id);

-- ---- padding ----
ALTER TABLE link_line ADD COLUMN to_page INTEGER;

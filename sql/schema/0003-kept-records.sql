-- Version 3: an unchanged member of vmlinux is not opened again even where
-- others changed.

-- What a new layout of vmlinux must know of a member whose stamp has not
-- changed (store/record_blob.h has the encoding).  Like the stamp it belongs
-- to a tree and goes with it: one row an object, however many builds.
CREATE TABLE kept_record (
	id INTEGER PRIMARY KEY,	     -- tree.id * 2^32 + path.id
	record BLOB NOT NULL
);

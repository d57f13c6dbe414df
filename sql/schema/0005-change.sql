-- Version 5: what commands over commits need: history, messages, compressed
-- images, peaks of branches.

-- ---- exports ----

-- One row where names have small numbers instead of hashes, which compress
-- better (kmemdb export --slim): such a file is read and merged, not written.
CREATE TABLE slim (
	id INTEGER PRIMARY KEY
);

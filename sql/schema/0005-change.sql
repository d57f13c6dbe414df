-- Version 5: what commands over commits need: history, messages, compressed
-- images, peaks of branches.

-- ---- the history of the sources ----

-- The parents of each commit that an audit has seen: of those that were built,
-- and of all between them and those known before.  A commit's number is the
-- first 64 bits of its hash, so that a commit needs no row to be named, and
-- two databases name it alike.  ordinal 0 is the first parent; a commit
-- without parents has one row with NULL.  One without a row is not known.
CREATE TABLE commit_parent (
	child INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	parent INTEGER,
	PRIMARY KEY (child, ordinal)
) WITHOUT ROWID;
-- Commits that a shallow clone did not have: to be asked for again.
CREATE TABLE commit_cut (
	id INTEGER PRIMARY KEY
);
-- The author's time of the commit, ns since the epoch.
ALTER TABLE build ADD COLUMN author_ns INTEGER;

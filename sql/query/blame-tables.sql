-- What sql/history/blame.sql reads besides the views (query/blame.c): a row
-- for each build in which the thing changed.
CREATE TEMP TABLE blame_change (
	place INTEGER NOT NULL,	     -- of the build: 0 is the newest
	build INTEGER NOT NULL,
	base INTEGER,		     -- NULL: there is none
	commits INTEGER,	     -- between, or NULL
	symbol TEXT,		     -- NULL: it is an object or a directory
	path TEXT,		     -- of the object, or the directory
	before INTEGER,		     -- bytes in the base; NULL: not there
	after INTEGER,
	what TEXT NOT NULL,
	from_what TEXT		     -- of a moved or renamed one: what it was
);

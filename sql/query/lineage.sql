-- What statements see of the order of builds and of their bases, a row a build
-- (query/lineage_table.c); a table that is computed when it is read.
CREATE TABLE lineage (
	build INTEGER,	 -- views builds
	place INTEGER,	 -- 0 is the newest; parents come after their children
	base INTEGER,	 -- the build to compare with, or NULL
	commits INTEGER, -- between the two
	how TEXT,	 -- commit, parent, ancestor or time; NULL without a base
	unlike TEXT,	 -- in what the base is unlike: dirty, config, ... or NULL
	parents INTEGER	 -- of the commit: 2 is a merge; NULL: not known
);

-- What the reports of sql/diff read besides the views: the differences of
-- two builds, in temporary tables of the connection (query/diff.c).  bytes
-- before and after; 0 on the side where there is nothing.
CREATE TEMP TABLE diff_object (
	id INTEGER PRIMARY KEY,	     -- the same object on both sides
	path_id INTEGER NOT NULL,    -- of a moved one: in the base
	before_path TEXT,	     -- NULL: the object is new
	path TEXT,		     -- NULL: it is gone
	before_footprint INTEGER,
	footprint INTEGER,
	before INTEGER NOT NULL,     -- text + data + bss
	after INTEGER NOT NULL,
	moved INTEGER NOT NULL DEFAULT 0 -- 1: equal, at another path
);
-- A symbol, or what no symbol covers of an object's section ('-').
CREATE TEMP TABLE diff_symbol (
	symbol TEXT NOT NULL,	     -- its name after; before, where it is gone
	path TEXT NOT NULL,	     -- likewise
	section TEXT NOT NULL,	     -- likewise
	before INTEGER NOT NULL,
	after INTEGER NOT NULL,
	what TEXT NOT NULL,	     -- grown shrunk added removed moved renamed
	before_symbol TEXT,	     -- NULL: new
	before_path TEXT	     -- NULL: new
);
-- How many of those there are, where they are asked for alone: of objects in
-- which there are any.
CREATE TEMP TABLE diff_count (
	path TEXT NOT NULL,	     -- after; before, where it is gone
	added INTEGER NOT NULL,
	removed INTEGER NOT NULL,
	changed INTEGER NOT NULL
);
-- What the link adds to the objects and takes from them (view link_lines):
-- with diff_object it makes up the difference of the image.
CREATE TEMP TABLE diff_link (
	line TEXT NOT NULL,
	subject TEXT NOT NULL,
	before INTEGER NOT NULL,
	after INTEGER NOT NULL
);
-- Objects of view build_stamps that differ: shown as linktime, and not in
-- diff_object.
CREATE TEMP TABLE diff_stamped (
	path_id INTEGER NOT NULL,
	path TEXT NOT NULL,
	before INTEGER NOT NULL,
	after INTEGER NOT NULL
);
-- Output sections of the image in which nothing else differs.
CREATE TEMP TABLE diff_linktime (section TEXT NOT NULL);

-- Version 5: what commands over commits need: history, messages, compressed
-- images, peaks of branches.

-- ---- messages that functions print ----

-- What a user adds to view message_functions, in its words.
CREATE TABLE message_function_added (
	name TEXT PRIMARY KEY,
	role TEXT NOT NULL,
	failure TEXT NOT NULL DEFAULT 'null',
	format INTEGER,		     -- 0 to 15
	gfp INTEGER,		     -- likewise
	level INTEGER		     -- 0 to 7
) WITHOUT ROWID;

-- All messages of an object, stored once under the hash of the rows below.
-- Like a footprint it is shared by builds; it is not part of one, because what
-- is a finding depends on what the callees in other objects do.
CREATE TABLE message_set (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	decoded INTEGER NOT NULL,    -- 0: no decoder for its machine
	functions INTEGER NOT NULL,
	looked_at INTEGER NOT NULL,  -- functions whose paths were followed
	cut_off INTEGER NOT NULL,    -- of these: not to the end
	undecoded INTEGER NOT NULL   -- bytes of them that are no instruction
);
-- A text that is printed, or has a level before it.
CREATE TABLE message_text (
	message_set INTEGER NOT NULL REFERENCES message_set(id),
	ordinal INTEGER NOT NULL,
	section INTEGER,	     -- section.ordinal of the text
	place INTEGER NOT NULL,	     -- offset in it
	text INTEGER NOT NULL REFERENCES name(id), -- as in C, without level
	bytes INTEGER NOT NULL,	     -- with level and NUL, without padding
	prefix INTEGER NOT NULL,     -- of these: the level
	padding INTEGER NOT NULL,    -- after it
	level INTEGER NOT NULL,	     -- message_level
	printer INTEGER REFERENCES name(id),  -- NULL: not known
	function INTEGER REFERENCES name(id), -- NULL: only data refers to it
	PRIMARY KEY (message_set, ordinal)
) WITHOUT ROWID;
-- A message of one function that is printed because memory was out.
CREATE TABLE message_finding (
	message_set INTEGER NOT NULL REFERENCES message_set(id),
	ordinal INTEGER NOT NULL,
	function INTEGER NOT NULL REFERENCES name(id),
	section INTEGER,	     -- section.ordinal of the text
	place INTEGER NOT NULL,
	text INTEGER NOT NULL REFERENCES name(id),
	string_bytes INTEGER NOT NULL, -- with level and NUL, without padding
	padding INTEGER NOT NULL,
	users INTEGER NOT NULL,	     -- functions of the object that load it
	code_bytes INTEGER NOT NULL, -- of the call; 0: not known
	index_bytes INTEGER NOT NULL, -- of .printk_index or __dyndbg
	code_section INTEGER,	     -- section.ordinal of the load
	code_place INTEGER NOT NULL,
	file INTEGER REFERENCES name(id), -- NULL: not known
	line INTEGER,
	verdict INTEGER NOT NULL,    -- message_verdict
	level INTEGER NOT NULL,	     -- message_level
	confidence INTEGER NOT NULL, -- message_confidence
	printer INTEGER NOT NULL REFERENCES name(id),
	allocator INTEGER NOT NULL REFERENCES name(id),
	PRIMARY KEY (message_set, ordinal)
) WITHOUT ROWID;

-- What spares decoding code that an earlier audit has decoded: by the hash of
-- all that was read (code/messages/).
CREATE TABLE message_cache (
	id INTEGER PRIMARY KEY,
	content BLOB NOT NULL UNIQUE,
	sections BLOB NOT NULL,	     -- ELF numbers of section.ordinal 0, 1, …
	saved BLOB NOT NULL
);
-- NULL: nobody looked.
ALTER TABLE object ADD COLUMN message_set INTEGER REFERENCES message_set(id);
ALTER TABLE stamp ADD COLUMN message_cache INTEGER REFERENCES message_cache(id);
ALTER TABLE stamp ADD COLUMN message_set INTEGER REFERENCES message_set(id);

-- ---- peaks of branches, and what /proc says beside a trace ----

-- The most malloc and cache memory that the call sites of a directory, or of
-- an object, had alive at one time, and when.  Path '' is the whole trace; a
-- path in parentheses is of sites without an object.  tracing 0: without what
-- tracing itself allocated; only where that makes a difference.
CREATE TABLE branch_peak (
	trace INTEGER NOT NULL REFERENCES trace(id),
	path TEXT NOT NULL,
	tracing INTEGER NOT NULL,
	number INTEGER NOT NULL,     -- in branch_point
	malloc INTEGER NOT NULL,
	malloc_ns INTEGER NOT NULL,
	cache INTEGER NOT NULL,
	cache_ns INTEGER NOT NULL,
	slab INTEGER NOT NULL,	     -- of both together
	slab_ns INTEGER NOT NULL,
	PRIMARY KEY (trace, path, tracing)
) WITHOUT ROWID;

-- Likewise of a call site.
CREATE TABLE site_peak (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	malloc INTEGER NOT NULL,
	malloc_ns INTEGER NOT NULL,
	cache INTEGER NOT NULL,
	cache_ns INTEGER NOT NULL,
	PRIMARY KEY (trace, site)
) WITHOUT ROWID;

-- What a branch had over time.  The whole trace has every point; others have
-- those between which and the next something changed.
CREATE TABLE branch_point (
	trace INTEGER NOT NULL REFERENCES trace(id),
	branch INTEGER NOT NULL,     -- branch_peak.number
	start_ns INTEGER NOT NULL,
	malloc INTEGER NOT NULL,     -- live bytes at the end
	cache INTEGER NOT NULL,
	top_bytes INTEGER NOT NULL,  -- the most of both together
	PRIMARY KEY (trace, branch, start_ns)
) WITHOUT ROWID;

-- Caches that /sys/kernel/slab shows as one: equal targets.
CREATE TABLE slab_alias (
	trace INTEGER NOT NULL REFERENCES trace(id),
	name INTEGER NOT NULL REFERENCES name(id),
	target TEXT NOT NULL,
	PRIMARY KEY (trace, name)
) WITHOUT ROWID;

-- /proc/vmallocinfo as captured with the trace, by caller and use.
CREATE TABLE vmalloc_area (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,	     -- its caller: 0 where none is printed
	use TEXT NOT NULL,	     -- vmalloc, vmap, ioremap…
	areas INTEGER NOT NULL,
	bytes INTEGER NOT NULL,	     -- of addresses
	pages INTEGER NOT NULL,	     -- of memory
	PRIMARY KEY (trace, site, use)
) WITHOUT ROWID;

-- Slabs there are of a cache, free ones too; NULL: imported before.
ALTER TABLE slab ADD COLUMN slabs INTEGER;

-- What a boot loader gets (bzImage, Image.gz…), and what is packed into it.
CREATE TABLE boot_file (
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	size INTEGER NOT NULL,	     -- of the file
	part INTEGER NOT NULL,	     -- boot_file_part
	packing INTEGER NOT NULL,    -- boot_packing
	payload INTEGER,	     -- bytes of the packed kernel in it; NULL: not known
	stale INTEGER NOT NULL,	     -- 1: older than vmlinux, so not made of it
	PRIMARY KEY (build, path)
) WITHOUT ROWID;

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
-- Where what is known of it ends: to be asked for again.
CREATE TABLE commit_cut (
	child INTEGER PRIMARY KEY,
	why INTEGER NOT NULL	     -- commit_cut: 1 a shallow clone lacked it
);
-- The author's time of the commit, ns since the epoch.
ALTER TABLE build ADD COLUMN author_ns INTEGER;

-- ---- exports ----

-- One row where names have small numbers instead of hashes, which compress
-- better (kmemdb export --slim): such a file is read and merged, not written.
CREATE TABLE slim (
	id INTEGER PRIMARY KEY
);

-- Version 1 of the stored schema.  Tables are private: read the views
-- (sql/views), which stay when tables change.  Sizes are bytes, times are
-- nanoseconds since the epoch, addresses are 64-bit two's complement (a
-- kernel address is a negative number; printf('%016x', a) shows it).
--
-- The shape in one paragraph: what is measured of an object (sections,
-- symbols) is a *footprint*, stored once under its fingerprint; a *build* is
-- a list of (path, footprint, role).  Names, directories and paths are
-- interned.  Lists of members are content-addressed, too, so that a build
-- that changes ten objects adds rows for ten objects.

-- Interned text: names of symbols, sections, caches, processes.  The number
-- is 47 bits of the text's XXH3 (the next free one where two texts meet):
-- so a text finds its number without an index, which would store every name
-- a second time.
CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL,
	-- The same name with counters and line numbers replaced by '#', as
	-- diffs see it; NULL where it is the name itself.
	norm INTEGER REFERENCES name(id)
);

-- Every directory of a tree, up to the root (path '').
CREATE TABLE dir (
	id INTEGER PRIMARY KEY,
	parent INTEGER REFERENCES dir(id), -- NULL: the root
	path TEXT NOT NULL UNIQUE
);

CREATE TABLE path (
	id INTEGER PRIMARY KEY,
	dir INTEGER NOT NULL REFERENCES dir(id),
	file TEXT NOT NULL,
	UNIQUE (dir, file)
);

CREATE TABLE footprint (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,   -- XXH3, 128 bits (elf/fingerprint.h)
	full INTEGER NOT NULL,	     -- 0: sections only (derived objects)
	elf_class INTEGER NOT NULL,  -- 32 or 64
	big_endian INTEGER NOT NULL,
	machine INTEGER NOT NULL,    -- EM_*
	eflags INTEGER NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL,
	common INTEGER NOT NULL
);

-- ordinal: the section's place in the record, 0…; symbol.section names it.
CREATE TABLE section (
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	class INTEGER NOT NULL,	     -- section_class
	type INTEGER NOT NULL,	     -- SHT_*
	flags INTEGER NOT NULL,	     -- SHF_*
	size INTEGER NOT NULL,
	align INTEGER NOT NULL,
	entsize INTEGER NOT NULL,
	unattributed INTEGER NOT NULL,
	PRIMARY KEY (footprint, ordinal)
) WITHOUT ROWID;

CREATE TABLE symbol (
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	section INTEGER,	     -- ordinal; -1 absolute, -2 COMMON
	-- STT_* + 16 * STB_* + 256 * STV_* + 4096 where Thumb
	info INTEGER NOT NULL,
	value INTEGER NOT NULL,	     -- offset in the section
	size INTEGER NOT NULL,
	own INTEGER,		     -- NULL: equal to size
	PRIMARY KEY (footprint, ordinal)
) WITHOUT ROWID;
-- No index by name: it would cost a third of an audit's time and a quarter
-- of the file, and a scan finds a name among 150,000 symbols in 10 ms.

-- A .config, stored once however many builds share it.
CREATE TABLE config (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	text TEXT NOT NULL
);

CREATE TABLE build (
	id INTEGER PRIMARY KEY,
	-- What makes a later audit the same build: commit (or tree, where no
	-- commit is known), configuration and label.
	identity TEXT NOT NULL UNIQUE,
	label TEXT,
	commit_id TEXT,		     -- full hex, or as given by --commit
	commit_ns INTEGER,
	subject TEXT,
	dirty INTEGER,		     -- 1 yes, 0 no, NULL not known
	release TEXT,		     -- include/config/kernel.release
	arch TEXT,		     -- ARCH, as Kbuild calls it
	compiler TEXT,
	config INTEGER REFERENCES config(id),
	tree TEXT NOT NULL,	     -- absolute path at the time
	source TEXT,		     -- of the sources, where elsewhere
	audited_ns INTEGER NOT NULL,
	-- Everything the audit depends on (stamps, roles, members, facts):
	-- equal means that there is nothing to do.
	state BLOB NOT NULL
);

CREATE TABLE object (
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	role INTEGER NOT NULL,	     -- object_role
	fate INTEGER REFERENCES fate(id), -- NULL: not placed in vmlinux
	PRIMARY KEY (build, path)
) WITHOUT ROWID;

-- Where the sections of a footprint end up: the same in nearly every build.
CREATE TABLE fate (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
CREATE TABLE fate_section (
	fate INTEGER NOT NULL REFERENCES fate(id),
	ordinal INTEGER NOT NULL,    -- section.ordinal
	output INTEGER REFERENCES name(id), -- NULL: discarded
	life INTEGER NOT NULL,	     -- section_life
	PRIMARY KEY (fate, ordinal)
) WITHOUT ROWID;

-- Members of an image, in the order of the link; shared between builds.
CREATE TABLE roster (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
CREATE TABLE roster_member (
	roster INTEGER NOT NULL REFERENCES roster(id),
	ordinal INTEGER NOT NULL,
	path INTEGER NOT NULL REFERENCES path(id),
	PRIMARY KEY (roster, ordinal)
) WITHOUT ROWID;

-- A linked file as measured; a module that did not change is stored once.
CREATE TABLE linked (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	machine INTEGER NOT NULL,
	elf_class INTEGER NOT NULL,
	big_endian INTEGER NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL
);
CREATE TABLE linked_section (
	linked INTEGER NOT NULL REFERENCES linked(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	class INTEGER NOT NULL,
	type INTEGER NOT NULL,
	flags INTEGER NOT NULL,
	addr INTEGER NOT NULL,
	size INTEGER NOT NULL,
	align INTEGER NOT NULL,
	PRIMARY KEY (linked, ordinal)
) WITHOUT ROWID;

CREATE TABLE image (
	id INTEGER PRIMARY KEY,
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	name INTEGER NOT NULL REFERENCES name(id),
	kind INTEGER NOT NULL,	     -- image_kind
	roster INTEGER NOT NULL REFERENCES roster(id),
	linked INTEGER REFERENCES linked(id), -- NULL: the file is missing
	build_id BLOB,		     -- GNU build-id
	layout INTEGER NOT NULL DEFAULT 0, -- layout_source
	checked INTEGER,	     -- symbols the layout was proved with
	agreed INTEGER,
	UNIQUE (build, path)
);

-- The way from the objects to the image, in order.
CREATE TABLE link_line (
	image INTEGER NOT NULL REFERENCES image(id),
	ordinal INTEGER NOT NULL,
	kind INTEGER NOT NULL,	     -- link_line_kind
	subject TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	PRIMARY KEY (image, ordinal)
) WITHOUT ROWID;

-- What could not be measured, and facts the numbers must be read with.
CREATE TABLE skipped (
	build INTEGER NOT NULL REFERENCES build(id),
	ordinal INTEGER NOT NULL,
	path TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (build, ordinal)
) WITHOUT ROWID;
CREATE TABLE remark (
	build INTEGER NOT NULL REFERENCES build(id),
	ordinal INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (build, ordinal)
) WITHOUT ROWID;

-- Stat cache: objects that need not be opened again.  It belongs to a tree
-- on this machine, not to a build.
CREATE TABLE tree (
	id INTEGER PRIMARY KEY,
	root TEXT NOT NULL UNIQUE    -- absolute path
);
CREATE TABLE stamp (
	tree INTEGER NOT NULL REFERENCES tree(id),
	path INTEGER NOT NULL REFERENCES path(id),
	size INTEGER NOT NULL,
	mtime_ns INTEGER NOT NULL,
	ctime_ns INTEGER NOT NULL,
	inode INTEGER NOT NULL,
	device INTEGER NOT NULL,
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	fate INTEGER REFERENCES fate(id), -- of a module's objects
	PRIMARY KEY (tree, path)
) WITHOUT ROWID;

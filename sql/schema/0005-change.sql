-- Version 5: what commands over commits need: history, messages, compressed
-- images, peaks of branches.

-- ---- messages that functions print ----

-- What a user adds to view message_functions, in its words.
CREATE TABLE message_function_added (
	name TEXT PRIMARY KEY,
	role TEXT NOT NULL CHECK (role IN ('allocator', 'constructor',
		'printer', 'warning', 'panic', 'noreturn', 'wrapped', 'teller',
		'transparent')),
	failure TEXT NOT NULL DEFAULT 'null'
		CHECK (failure IN ('null', 'pointer', 'number')),
	format INTEGER CHECK (format BETWEEN 0 AND 15),
	gfp INTEGER CHECK (gfp BETWEEN 0 AND 15),
	level INTEGER CHECK (level BETWEEN 0 AND 7)
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

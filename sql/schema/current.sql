-- The stored schema as it is now: what a new database is made with.  An old one
-- comes to the same by the numbered files beside this, one for each version
-- (a test compares both); whoever adds one changes this, too.
--
-- Tables are private: read the views
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
	-- commit is known), configuration, label, and whether the sources
	-- differed from the commit.
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
	state BLOB NOT NULL,
	author_ns INTEGER	     -- of the commit, ns since the epoch
);

CREATE TABLE object (
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	role INTEGER NOT NULL,	     -- object_role
	placement_set INTEGER REFERENCES placement_set(id), -- NULL: not placed in vmlinux
	message_set INTEGER REFERENCES message_set(id), -- NULL: nobody looked
	content_set INTEGER REFERENCES content_set(id), -- NULL: likewise
	PRIMARY KEY (build, path)
) WITHOUT ROWID;

-- Where the sections of a footprint end up: the same in nearly every build.
CREATE TABLE placement_set (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
CREATE TABLE section_placement (
	placement_set INTEGER NOT NULL REFERENCES placement_set(id),
	ordinal INTEGER NOT NULL,    -- section.ordinal
	output INTEGER REFERENCES name(id), -- NULL: discarded
	lifetime INTEGER NOT NULL,	     -- section_lifetime
	PRIMARY KEY (placement_set, ordinal)
) WITHOUT ROWID;

-- Members of an image, in the order of the link; shared between builds.
CREATE TABLE member_list (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
CREATE TABLE member_list_entry (
	member_list INTEGER NOT NULL REFERENCES member_list(id),
	ordinal INTEGER NOT NULL,
	path INTEGER NOT NULL REFERENCES path(id),
	PRIMARY KEY (member_list, ordinal)
) WITHOUT ROWID;

-- A linked file as measured; a module that did not change is stored once.
CREATE TABLE linked_image (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	machine INTEGER NOT NULL,
	elf_class INTEGER NOT NULL,
	big_endian INTEGER NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL
);
CREATE TABLE linked_image_section (
	linked_image INTEGER NOT NULL REFERENCES linked_image(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	class INTEGER NOT NULL,
	type INTEGER NOT NULL,
	flags INTEGER NOT NULL,
	addr INTEGER NOT NULL,
	size INTEGER NOT NULL,
	align INTEGER NOT NULL,
	PRIMARY KEY (linked_image, ordinal)
) WITHOUT ROWID;

CREATE TABLE image (
	id INTEGER PRIMARY KEY,
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	name INTEGER NOT NULL REFERENCES name(id),
	kind INTEGER NOT NULL,	     -- image_kind
	member_list INTEGER NOT NULL REFERENCES member_list(id),
	linked_image INTEGER REFERENCES linked_image(id), -- NULL: the file is missing
	build_id BLOB,		     -- GNU build-id
	layout INTEGER NOT NULL DEFAULT 0, -- layout_source
	checked INTEGER,	     -- symbols the layout was proved with
	matched INTEGER,
	UNIQUE (build, path)
);

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

-- The way from the objects to the image, in order.
CREATE TABLE link_line (
	image INTEGER NOT NULL REFERENCES image(id),
	ordinal INTEGER NOT NULL,
	kind INTEGER NOT NULL,	     -- link_line_kind
	subject TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	to_page INTEGER,	     -- of fill: what ends at a page boundary; NULL: not known
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
CREATE TABLE caveat (
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
	placement_set INTEGER REFERENCES placement_set(id), -- of a module's objects
	message_cache INTEGER REFERENCES message_cache(id),
	message_set INTEGER REFERENCES message_set(id), -- with its lines
	content_set INTEGER REFERENCES content_set(id),
	PRIMARY KEY (tree, path)
) WITHOUT ROWID;

-- ---- what finds the objects of call sites after the tree is gone ----

-- footprint.full is 2 where symbols were read: calls were looked for, too.  1 is
-- left of version 1 of the schema, where nobody did.

-- Where in the executable sections of a footprint a call may return to:
-- section.ordinal and the offsets, ascending, as LEB128 differences.  Every
-- place that the bytes before it allow is in (elf/return_sites.h).
CREATE TABLE return_site (
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	section INTEGER NOT NULL,
	offsets BLOB NOT NULL,
	PRIMARY KEY (footprint, section)
) WITHOUT ROWID;

-- The executable part of vmlinux's layout (codemap/blob.h has the
-- encodings): which section of which member is where, and the symbols that
-- come from no member.
CREATE TABLE image_map (
	image INTEGER PRIMARY KEY REFERENCES image(id),
	places BLOB NOT NULL,
	symbols BLOB NOT NULL
);

-- What debug information says of an address, looked up once a build.  depth
-- 0 is the innermost frame; function NULL at depth 0: nothing is known.
CREATE TABLE source_line (
	build INTEGER NOT NULL REFERENCES build(id),
	image INTEGER NOT NULL REFERENCES name(id),
	section INTEGER NOT NULL,    -- name of a module's section; 0: vmlinux
	address INTEGER NOT NULL,    -- as linked; of a module in the section
	depth INTEGER NOT NULL,
	function INTEGER REFERENCES name(id),
	file INTEGER REFERENCES name(id),
	line INTEGER,
	PRIMARY KEY (build, image, section, address, depth)
) WITHOUT ROWID;

-- ---- traces ----

-- One imported log.  Times are those of the trace's clock.
CREATE TABLE trace (
	id INTEGER PRIMARY KEY,
	build INTEGER REFERENCES build(id), -- NULL: joined with none
	build_choice INTEGER NOT NULL,     -- build_choice: how the build was found
	label TEXT,
	source TEXT NOT NULL,	     -- the log's path as given
	digest BLOB NOT NULL,	     -- XXH3 of its bytes
	format INTEGER NOT NULL,     -- trace_format
	imported_ns INTEGER NOT NULL,
	build_id BLOB,		     -- of the running kernel, as captured
	release TEXT,		     -- likewise
	command_line TEXT,	     -- likewise
	begin_ns INTEGER NOT NULL,
	end_ns INTEGER NOT NULL,
	clock INTEGER NOT NULL,	     -- 0 ns, 1 ticks of unknown length, 2 none
	pointer_bits INTEGER NOT NULL,
	hashed INTEGER NOT NULL,     -- 1: pointers are hashes
	page_size INTEGER NOT NULL,
	events INTEGER NOT NULL,     -- that were understood
	other_events INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	other_lines INTEGER NOT NULL,
	unreadable INTEGER NOT NULL,
	wrapped_lines INTEGER NOT NULL,
	lost INTEGER NOT NULL,
	lost_unknown INTEGER NOT NULL,
	overwritten INTEGER NOT NULL,
	null_free INTEGER NOT NULL,
	unmatched_free INTEGER NOT NULL,
	hidden_free INTEGER NOT NULL,
	hidden_alloc INTEGER NOT NULL,
	duplicate_events INTEGER NOT NULL,
	late_free INTEGER NOT NULL,
	stack_blocks INTEGER NOT NULL,
	truncated INTEGER NOT NULL,
	caveat TEXT,		     -- plain words, or NULL
	peak_ns INTEGER NOT NULL,
	peak_bytes INTEGER NOT NULL,
	kaslr_offset INTEGER,	     -- running - linked address; NULL: not known
	checked INTEGER NOT NULL,    -- sites that the build could confirm
	matched INTEGER NOT NULL,     -- and did
	-- Its rows of table allocation, which are neighbours; 0: none.
	first_allocation INTEGER NOT NULL,
	last_allocation INTEGER NOT NULL,
	ptr_base INTEGER NOT NULL,   -- allocation.ptr counts from here,
	time_base INTEGER NOT NULL,  -- and alloc_ns from here
	modules INTEGER		     -- rows of /proc/modules; NULL: not captured
);

-- Events by name.
CREATE TABLE trace_event (
	trace INTEGER NOT NULL REFERENCES trace(id),
	name TEXT NOT NULL,
	understood INTEGER NOT NULL,
	count INTEGER NOT NULL,
	first_ns INTEGER,
	PRIMARY KEY (trace, name)
) WITHOUT ROWID;

-- Call sites and stack frames.  Site 0 is "no caller was printed".
CREATE TABLE site (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	text INTEGER NOT NULL REFERENCES name(id),   -- as printed
	caller INTEGER NOT NULL REFERENCES name(id), -- symbol+0xoff
	state INTEGER NOT NULL,	     -- site_state
	image INTEGER REFERENCES name(id),
	path INTEGER REFERENCES path(id),
	function INTEGER REFERENCES name(id), -- that holds the call
	section INTEGER,	     -- as source_line.section
	address INTEGER,	     -- of the return, as source_line.address
	owner INTEGER REFERENCES name(id), -- past inlined allocator headers
	file INTEGER REFERENCES name(id),  -- of the owner's line
	line INTEGER,
	PRIMARY KEY (trace, site)
) WITHOUT ROWID;

-- Of sites that more than one function could be.
CREATE TABLE site_candidate (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	image INTEGER NOT NULL REFERENCES name(id),
	path INTEGER REFERENCES path(id),
	address INTEGER NOT NULL,
	PRIMARY KEY (trace, site, ordinal)
) WITHOUT ROWID;

-- Frames of stacks, innermost first; stack numbers are the trace's own.
CREATE TABLE stack_frame (
	trace INTEGER NOT NULL REFERENCES trace(id),
	stack INTEGER NOT NULL,
	depth INTEGER NOT NULL,
	site INTEGER NOT NULL,
	PRIMARY KEY (trace, stack, depth)
) WITHOUT ROWID;

-- Sums by site, kind and stack (model/alloc.h, struct rollup).
CREATE TABLE rollup (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	kind INTEGER NOT NULL,	     -- alloc_kind
	stack INTEGER NOT NULL,	     -- 0: none was traced
	cache INTEGER REFERENCES name(id),
	cache_mixed INTEGER NOT NULL,
	cache_inferred INTEGER NOT NULL,
	allocs INTEGER NOT NULL,
	frees INTEGER NOT NULL,
	implicit INTEGER NOT NULL,
	live INTEGER NOT NULL,
	unknown INTEGER NOT NULL,
	failed INTEGER NOT NULL,
	total_bytes INTEGER NOT NULL,
	total_req INTEGER NOT NULL,
	live_bytes INTEGER NOT NULL,
	live_req INTEGER NOT NULL,
	implicit_bytes INTEGER NOT NULL,
	unknown_bytes INTEGER NOT NULL,
	waste_bytes INTEGER NOT NULL,
	total_waste_bytes INTEGER NOT NULL,
	peak_bytes INTEGER NOT NULL,
	null_free INTEGER NOT NULL,
	unmatched_free INTEGER NOT NULL,
	PRIMARY KEY (trace, site, kind, stack)
) WITHOUT ROWID;

CREATE TABLE timeline (
	trace INTEGER NOT NULL REFERENCES trace(id),
	ordinal INTEGER NOT NULL,
	start_ns INTEGER NOT NULL,
	malloc INTEGER NOT NULL,     -- live bytes at the end of the bucket
	cache INTEGER NOT NULL,
	page INTEGER NOT NULL,
	percpu INTEGER NOT NULL,
	top_bytes INTEGER NOT NULL,  -- highest malloc + cache in it
	waste_bytes INTEGER,	     -- of malloc + cache at its end; NULL: a trace of before
	PRIMARY KEY (trace, ordinal)
) WITHOUT ROWID;

-- One row an allocation, kept narrow: what many share is a row of the three
-- tables below.  Sizes, site and so on of one allocation: its shape.
CREATE TABLE alloc_shape (
	id INTEGER PRIMARY KEY,
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	bytes_req INTEGER NOT NULL,
	bytes_alloc INTEGER NOT NULL,
	gfp INTEGER REFERENCES name(id),
	cache INTEGER REFERENCES name(id),
	node INTEGER NOT NULL,
	stack INTEGER NOT NULL,
	allocs INTEGER NOT NULL,     -- so many have it,
	live INTEGER NOT NULL	     -- so many of them alive at the end
);
CREATE INDEX alloc_shape_of_trace ON alloc_shape (trace);
CREATE TABLE alloc_task (
	id INTEGER PRIMARY KEY,
	trace INTEGER NOT NULL REFERENCES trace(id),
	cpu INTEGER,
	pid INTEGER,
	comm INTEGER REFERENCES name(id)
);
CREATE TABLE alloc_ending (
	id INTEGER PRIMARY KEY,
	trace INTEGER NOT NULL REFERENCES trace(id),
	ending INTEGER NOT NULL,     -- alloc_end
	flags INTEGER NOT NULL,	     -- alloc_flag
	free_site INTEGER
);
CREATE TABLE allocation (
	id INTEGER PRIMARY KEY,
	ptr INTEGER NOT NULL,
	alloc_ns INTEGER NOT NULL,
	lifetime_ns INTEGER,	     -- NULL: its end was not seen
	shape INTEGER NOT NULL REFERENCES alloc_shape(id),
	task INTEGER NOT NULL REFERENCES alloc_task(id),
	ending INTEGER NOT NULL REFERENCES alloc_ending(id)
);

-- /proc/slabinfo as captured with the trace.
CREATE TABLE slab (
	trace INTEGER NOT NULL REFERENCES trace(id),
	name INTEGER NOT NULL REFERENCES name(id),
	active_objects INTEGER NOT NULL,
	objects INTEGER NOT NULL,
	object_bytes INTEGER NOT NULL,
	objects_per_slab INTEGER NOT NULL,
	pages_per_slab INTEGER NOT NULL,
	slabs INTEGER,		     -- that there are, free ones too
	PRIMARY KEY (trace, name)
) WITHOUT ROWID;

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

-- ---- modules as loaded ----

-- What a module takes by the rules of the kernel's loader (link/module_load.h).
-- None where an older version audited it, or where nothing would load it.
CREATE TABLE module_load (
	linked_image INTEGER PRIMARY KEY REFERENCES linked_image(id),
	core INTEGER NOT NULL,	     -- bytes that stay
	init INTEGER NOT NULL,	     -- freed when its init function has run
	content INTEGER NOT NULL,    -- of core: without padding
	symbols INTEGER NOT NULL,    -- of content: what kallsyms keeps
	percpu INTEGER NOT NULL,     -- a copy for each CPU, in none of these
	page INTEGER NOT NULL,	     -- bytes of a page
	doubts INTEGER NOT NULL	     -- module_load_doubt, added up
);
-- /proc/modules as captured with the trace; trace.modules counts the rows.
CREATE TABLE loaded_module (
	trace INTEGER NOT NULL REFERENCES trace(id),
	name INTEGER NOT NULL REFERENCES name(id),
	bytes INTEGER NOT NULL,
	state TEXT NOT NULL,	     -- Live, Loading or Unloading
	PRIMARY KEY (trace, name)
) WITHOUT ROWID;

-- ---- what spares opening objects ----

-- What a new layout of vmlinux must know of a member whose stamp has not
-- changed (store/record_blob.h has the encoding).  Like the stamp it belongs
-- to a tree and goes with it: one row an object, however many builds.
CREATE TABLE cached_record (
	id INTEGER PRIMARY KEY,	     -- tree.id * 2^32 + path.id
	record BLOB NOT NULL
);


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
	name_bytes INTEGER NOT NULL DEFAULT 0, -- of __func__ that it alone prints
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

-- ---- what the history of a branch is read from ----

-- The objects of a directory and all below it, added up: what log and history
-- of a branch would add up of every build anew.  Roles that no sum has
-- (derived, host...) have no rows.
CREATE TABLE branch_size (
	build INTEGER NOT NULL REFERENCES build(id),
	dir INTEGER NOT NULL REFERENCES dir(id),
	role INTEGER NOT NULL,	     -- object_role: vmlinux, module, boot or vdso
	objects INTEGER NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL,
	-- Of their sections, but debug, by section_placement.lifetime,
	resident INTEGER NOT NULL,
	init INTEGER NOT NULL,
	discard INTEGER NOT NULL,
	strings INTEGER NOT NULL,    -- and those of class strings
	PRIMARY KEY (build, dir, role)
) WITHOUT ROWID;

-- ---- exports ----

-- One row where names have small numbers instead of hashes, which compress
-- better (kmemdb export --slim): such a file is read and merged, not written.
CREATE TABLE slim (
	id INTEGER PRIMARY KEY
);

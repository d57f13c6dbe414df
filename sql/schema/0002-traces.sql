-- Version 2: traces, and what a build must keep so that the call sites of a
-- trace find their objects after the tree is gone.

-- footprint.full is 2 since this version where symbols were read: calls were
-- looked for, too.  1 is left of version 1, where nobody did.

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

-- One imported log.  Times are those of the trace's clock.
CREATE TABLE trace (
	id INTEGER PRIMARY KEY,
	build INTEGER REFERENCES build(id), -- NULL: joined with none
	chosen INTEGER NOT NULL,     -- build_choice: how the build was found
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
	others INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	noise INTEGER NOT NULL,
	unreadable INTEGER NOT NULL,
	joined INTEGER NOT NULL,
	lost INTEGER NOT NULL,
	lost_unknown INTEGER NOT NULL,
	overwritten INTEGER NOT NULL,
	null_free INTEGER NOT NULL,
	unmatched_free INTEGER NOT NULL,
	hidden_free INTEGER NOT NULL,
	hidden_alloc INTEGER NOT NULL,
	doubled INTEGER NOT NULL,
	late_free INTEGER NOT NULL,
	stacks INTEGER NOT NULL,
	truncated INTEGER NOT NULL,
	remark TEXT,		     -- plain words, or NULL
	peak_ns INTEGER NOT NULL,
	peak_bytes INTEGER NOT NULL,
	slide INTEGER,		     -- running - linked address; NULL: not known
	checked INTEGER NOT NULL,    -- sites that the build could confirm
	agreed INTEGER NOT NULL,     -- and did
	-- Its rows of table allocation, which are neighbours; 0: none.
	first_allocation INTEGER NOT NULL,
	last_allocation INTEGER NOT NULL,
	ptr_base INTEGER NOT NULL,   -- allocation.ptr counts from here,
	time_base INTEGER NOT NULL   -- and alloc_ns from here
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
	life_ns INTEGER,	     -- NULL: its end was not seen
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
	PRIMARY KEY (trace, name)
) WITHOUT ROWID;

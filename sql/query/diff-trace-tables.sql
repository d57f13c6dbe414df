-- What the reports of sql/diff about traces read: the two traces, and their
-- call sites side by side (query/diff_traces.c).  0 on the side where a site
-- is not; malloc and cache alone.
CREATE TEMP TABLE diff_trace (
	before INTEGER NOT NULL,     -- trace
	after INTEGER NOT NULL
);
CREATE TEMP TABLE diff_site (
	caller TEXT NOT NULL,	     -- after; before, where it is gone
	path TEXT NOT NULL,	     -- likewise: the object, or why there is none
	owner TEXT NOT NULL,	     -- likewise
	kind TEXT NOT NULL,
	before_caller TEXT,	     -- NULL: new
	before_path TEXT,
	is_after INTEGER NOT NULL,   -- 0: gone
	what TEXT NOT NULL,	     -- grown shrunk changed added removed moved renamed same
	tracing INTEGER NOT NULL,
	before_live INTEGER NOT NULL,	-- bytes of the live ones
	after_live INTEGER NOT NULL,
	before_waste INTEGER NOT NULL,	-- live_bytes - live_req
	after_waste INTEGER NOT NULL,
	before_total INTEGER NOT NULL,	-- bytes of all
	after_total INTEGER NOT NULL,
	before_allocs INTEGER NOT NULL,
	after_allocs INTEGER NOT NULL,
	before_peak INTEGER NOT NULL,	-- bytes at the peak of all
	after_peak INTEGER NOT NULL,
	before_site INTEGER,	     -- its number in the trace; NULL: new
	after_site INTEGER	     -- likewise; NULL: gone
);
-- For rows by owner alone: what each function asked for at each site, as
-- report owners finds it (query/diff_traces.c fills it).
CREATE TEMP TABLE diff_owner (
	is_after INTEGER NOT NULL,
	owner TEXT NOT NULL,	     -- by the name that it has after
	path TEXT NOT NULL,	     -- where it is after
	place TEXT NOT NULL,	     -- where it is on this side
	kind TEXT NOT NULL,
	tracing INTEGER NOT NULL,
	site INTEGER NOT NULL,	     -- in this side's trace
	alone INTEGER NOT NULL,	     -- 1: the other trace has no such site
	live INTEGER NOT NULL,
	waste INTEGER NOT NULL,
	total INTEGER NOT NULL,
	allocs INTEGER NOT NULL
);

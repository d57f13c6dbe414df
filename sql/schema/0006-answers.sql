-- Version 6: answers to act on.  Views are made anew with every migration.

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
ALTER TABLE trace ADD COLUMN modules INTEGER;

-- Version 6: answers to act on.  Views are made anew with every migration.

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
WITH RECURSIVE object_part (build, path, resident, init, discard, strings) AS (
  SELECT o.build, o.path,
         sum(iif(l.lifetime = @number(lifetime, resident), s.size, 0)),
         sum(iif(l.lifetime = @number(lifetime, init), s.size, 0)),
         sum(iif(l.lifetime = @number(lifetime, discard), s.size, 0)),
         sum(iif(s.class = @number(class, strings), s.size, 0))
    FROM object AS o
   CROSS JOIN section AS s ON s.footprint = o.footprint
    LEFT JOIN section_placement AS l
      ON l.placement_set = o.placement_set AND l.ordinal = s.ordinal
   WHERE s.class <> @number(class, debug)
   GROUP BY o.build, o.path
), own AS MATERIALIZED (
  SELECT o.build, p.dir, o.role, count(*) AS objects, sum(f.text) AS text,
         sum(f.data) AS data, sum(f.bss) AS bss,
         sum(ifnull(s.resident, 0)) AS resident, sum(ifnull(s.init, 0)) AS init,
         sum(ifnull(s.discard, 0)) AS discard,
         sum(ifnull(s.strings, 0)) AS strings
    FROM object AS o
   CROSS JOIN path AS p ON p.id = o.path
   CROSS JOIN footprint AS f ON f.id = o.footprint
    LEFT JOIN object_part AS s ON s.build = o.build AND s.path = o.path
   WHERE o.role IN (@number(role, vmlinux), @number(role, module),
                    @number(role, boot), @number(role, vdso))
   GROUP BY o.build, p.dir, o.role
), up (dir, top) AS (
  -- Each directory and those that it is in.
  SELECT DISTINCT dir, dir FROM own
   UNION
  SELECT u.dir, d.parent
    FROM up AS u
    JOIN dir AS d ON d.id = u.top
   WHERE d.parent IS NOT NULL
)
INSERT INTO branch_size (build, dir, role, objects, text, data, bss, resident,
                         init, discard, strings)
SELECT o.build, u.top, o.role, sum(o.objects), sum(o.text), sum(o.data),
       sum(o.bss), sum(o.resident), sum(o.init), sum(o.discard), sum(o.strings)
  FROM own AS o
  JOIN up AS u ON u.dir = o.dir
 GROUP BY o.build, u.top, o.role;

-- ---- builds of changed sources are beside those of their commit ----

UPDATE build SET identity = identity || char(31) || 'dirty'
 WHERE dirty = 1 AND commit_id IS NOT NULL;

-- ---- waste over time ----

-- A trace that was imported before has none: what it wasted then is not known.
ALTER TABLE timeline ADD COLUMN waste_bytes INTEGER;

-- The name of a function that is there for the message alone.  What was found
-- before has none until it is found anew.
ALTER TABLE message_finding ADD COLUMN
	name_bytes INTEGER NOT NULL DEFAULT 0; -- of __func__ that it alone prints

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
ALTER TABLE object ADD COLUMN content_set INTEGER REFERENCES content_set(id);
ALTER TABLE stamp ADD COLUMN content_set INTEGER REFERENCES content_set(id);

-- ---- padding ----
ALTER TABLE link_line ADD COLUMN to_page INTEGER;

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

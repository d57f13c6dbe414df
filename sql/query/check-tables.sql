-- What budgets are measured on: the objects of the images that budgets name,
-- in both builds (check/measure.c).  Bytes.
CREATE TEMP TABLE check_part (
	image TEXT NOT NULL,	     -- as --image takes it
	after INTEGER NOT NULL,	     -- 0: in the base, 1: in the build
	path TEXT NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL,
	total INTEGER NOT NULL,
	resident INTEGER,	     -- NULL: its lifetimes are not known
	init INTEGER,
	strings INTEGER NOT NULL,
	percpu INTEGER NOT NULL,
	PRIMARY KEY (image, after, path)
) WITHOUT ROWID;

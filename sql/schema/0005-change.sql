-- Version 5: what commands over commits need: history, messages, compressed
-- images, peaks of branches.

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

-- Writes the file anew, without what is free in it (store/copy/drop.c).
-- The copy may be as large as what is kept: on disk, not in memory.
PRAGMA temp_store = FILE;
VACUUM;
PRAGMA temp_store = MEMORY;

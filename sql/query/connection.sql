-- Settings of every connection that only reads; each with its reason.

-- A second lock on the door that SQLITE_OPEN_READONLY closes.
PRAGMA query_only = ON;
-- Views of a database from elsewhere may call no function with effects.
PRAGMA trusted_schema = OFF;
-- A damaged page is an error, not a wrong number.
PRAGMA cell_size_check = ON;
-- No memory maps: a file that is cut short under us would be a SIGBUS.
PRAGMA mmap_size = 0;
-- 16 MiB: the pages a report reads twice.
PRAGMA cache_size = -16384;
-- Reports that sort more than the cache holds spill into a file.
PRAGMA temp_store = FILE;
-- A table-valued function is set up when it is first used, which the
-- authorizer of reports would take for CREATE TABLE: so it is done here.
SELECT count(*) FROM json_each('[]'), json_tree('[]');
-- Nor may it be read before the file is known to be a database of ours.
SELECT build FROM lineage LIMIT 0;

-- Settings of every connection that writes; each with its reason.

-- One file, and nothing beside it between runs: people copy databases,
-- keep them as CI artifacts and put them on read-only shares, where a
-- write-ahead log does not work.
PRAGMA journal_mode = DELETE;
-- A crash of the machine must not damage what was there.
PRAGMA synchronous = FULL;
-- What changes stays in memory until the one commit, as long as it is less
-- than 256 MiB (ten million allocations): so long readers come and go as
-- before.  Beyond, SQLite writes pages into the file before the commit, for
-- which it locks readers out; they then read a private copy without them
-- (query/private_copy.h).  So memory has a bound, and nothing is written
-- twice, as it would be by way of a temporary database; a write-ahead log
-- would need files beside the database to be read at all.
PRAGMA cache_size = -262144;
-- Sorting belongs in memory, too.
PRAGMA temp_store = MEMORY;
-- Views and triggers of a database from elsewhere may call no function
-- with side effects.
PRAGMA trusted_schema = OFF;

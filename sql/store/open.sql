-- Settings of every connection that writes; each with its reason.

-- One file, and nothing beside it between runs: people copy databases,
-- keep them as CI artifacts and put them on read-only shares, where a
-- write-ahead log does not work.
PRAGMA journal_mode = DELETE;
-- A crash of the machine must not damage what was there.
PRAGMA synchronous = FULL;
-- An audit's pages stay in memory until its one commit (64 MiB).
PRAGMA cache_size = -65536;
-- Sorting belongs in memory, too.
PRAGMA temp_store = MEMORY;
-- Views and triggers of a database from elsewhere may call no function
-- with side effects.
PRAGMA trusted_schema = OFF;

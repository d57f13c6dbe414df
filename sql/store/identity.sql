-- Written into a new database, and after a migration: the numbers of
-- model/schema_version.h, which a test compares with these.
-- 0x6b6d6462 is "kmdb".
PRAGMA application_id = 1802331234;
PRAGMA user_version = 6;

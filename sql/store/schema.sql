-- What a migration asks for (store/schema.c).

-- statement: view_drops
-- A statement for each view: the program's files make them anew.
SELECT format('DROP VIEW "%w"', name) FROM sqlite_schema WHERE type = 'view';

-- The table "database" of kmemdb list.  :path, :bytes and :schema are told:
-- a statement that only reads cannot ask the file for them.
--
-- title: The file
-- column: path text  the database
-- column: bytes bytes  size of the file
-- column: schema id  version of its schema
-- column: builds count  builds in it
-- column: traces count  traces in it
-- column: allocations count  rows of all traces, one an allocation
SELECT :path AS path,
       :bytes AS bytes,
       :schema AS schema,
       (SELECT count(*) FROM builds) AS builds,
       (SELECT count(*) FROM traces) AS traces,
       (SELECT coalesce(sum(allocations), 0) FROM traces) AS allocations;

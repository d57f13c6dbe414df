-- How rows are copied from one database to another, dropped, and swept away
-- when nothing refers to them any more: told by the schema itself, so that a
-- new table needs no line of code.  What the schema says:
--
--	a table with a number (id INTEGER PRIMARY KEY)
--		whose first REFERENCES leads to a build or trace is a part of
--		it; any other is shared: a row is stored once, and found by its
--		UNIQUE key
--	a table without, or with nothing that tells a row by more than that
--		number
--		whose primary key begins with REFERENCES has the parts of that
--		row; any other is copied whole, row by row
--	a shared table whose key is a column hash BLOB
--		is found by the digest of its content, which is computed anew
--		wherever it goes
--	REFERENCES
--		says which numbers must be those of the other database
--
-- And what it cannot say is in the two lists below.  tests/unit/test_store_copy.c
-- fails for a table that none of this covers.

-- statement: copy_tables_make
CREATE TEMP TABLE IF NOT EXISTS copy_table AS
WITH RECURSIVE
special (name, kind) AS (
  VALUES ('name', 'name'),          -- known by its text (store/names.h)
         ('path', 'path'),
         ('dir', 'dir'),            -- made with its paths
         ('build', 'root'),
         ('trace', 'root'),
         ('allocation', 'range'),   -- trace.first_allocation to .last_allocation
         ('tree', 'local'),         -- these are true of one machine
         ('stamp', 'local'),
         ('cached_record', 'local'),
         ('message_cache', 'local'),
         ('slim', 'local')          -- about the file
),
found (tab) AS (
  SELECT name
    FROM main.sqlite_schema
   WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
),
columns AS (
  SELECT f.tab, c.cid, c.name AS col, c.pk, k."table" AS ref
    FROM found AS f
    JOIN pragma_table_info(f.tab) AS c
    LEFT JOIN pragma_foreign_key_list(f.tab) AS k ON k."from" = c.name
),
-- A number that nothing else goes with is no number but what the row says.
numbered (tab) AS (
  SELECT c.tab
    FROM columns AS c
   WHERE c.col = 'id' AND c.pk = 1
     AND (SELECT count(*) FROM pragma_table_info(c.tab) WHERE pk > 0) = 1
     AND (EXISTS (SELECT 1 FROM pragma_index_list(c.tab) WHERE "unique")
          OR EXISTS (SELECT 1 FROM columns AS o
                      WHERE o.tab = c.tab AND o.ref IS NOT NULL))
),
-- The row that a row is of, if it is of one.
owner (tab, cid, col, ref) AS (
  SELECT tab, min(cid), col, ref
    FROM columns
   WHERE ref IS NOT NULL AND ref <> tab
     AND (tab IN numbered OR pk = 1)
   GROUP BY tab
),
rooted (tab) AS (
  VALUES ('build'), ('trace')
  UNION
  SELECT o.tab FROM owner AS o JOIN rooted AS r ON r.tab = o.ref
)
SELECT f.tab,
       coalesce(s.kind,
                CASE WHEN f.tab IN numbered
                     THEN CASE WHEN o.ref IN rooted THEN 'part'
                               ELSE 'shared' END
                     WHEN o.ref IS NOT NULL THEN 'part'
                     ELSE 'rows' END) AS kind,
       CASE WHEN s.kind IS NULL
             AND (f.tab NOT IN numbered OR o.ref IN rooted)
            THEN o.ref END AS owner,
       o.col AS owner_column,
       f.tab IN numbered AS numbered
  FROM found AS f
  LEFT JOIN special AS s ON s.name = f.tab
  LEFT JOIN owner AS o ON o.tab = f.tab;

-- statement: copy_columns_make
CREATE TEMP TABLE IF NOT EXISTS copy_column AS
WITH special (tab, col, role) AS (
  VALUES ('source_line', 'section', 'name0'),    -- a name's number, or 0
         ('site', 'section', 'name0'),
         ('image_map', 'symbols', 'names'),      -- codemap/blob.h
         ('trace', 'first_allocation', 'first'),
         ('trace', 'last_allocation', 'last')
)
SELECT t.tab, c.cid, c.name AS col, c.type, c."notnull" AS required, c.pk,
       k."table" AS ref,
       CASE WHEN s.role IS NOT NULL THEN s.role
            WHEN t.numbered AND c.name = 'id' THEN 'id'
            WHEN c.name = t.owner_column AND t.owner IS NOT NULL THEN 'owner'
            WHEN k."table" IS NOT NULL THEN 'ref'
            ELSE 'plain' END AS role,
       -- In the first UNIQUE key, of what is found by it; else in the primary.
       CASE WHEN t.numbered
            THEN c.name IN (SELECT i.name
                              FROM pragma_index_info(
                                     (SELECT l.name
                                        FROM pragma_index_list(t.tab) AS l
                                       WHERE l."unique"
                                       ORDER BY l.seq DESC LIMIT 1)) AS i)
            ELSE c.pk > 0 END AS in_key
  FROM copy_table AS t
  JOIN pragma_table_info(t.tab) AS c
  LEFT JOIN pragma_foreign_key_list(t.tab) AS k ON k."from" = c.name
  LEFT JOIN special AS s ON s.tab = t.tab AND s.col = c.name
 ORDER BY t.tab, c.cid;

-- statement: copy_tables
-- A table each, with the statements that read and write it.
WITH lists AS (
  SELECT tab,
         group_concat(format('"%w"', col), ', ') AS cols,
         group_concat('?' || (cid + 1), ', ') AS marks,
         group_concat(CASE WHEN in_key
                           THEN format('"%w" IS ?%d', col, cid + 1) END,
                      ' AND ') AS found_by,
         group_concat(CASE WHEN in_key THEN format('"%w"', col) END, ', ')
           AS key,
         group_concat(CASE WHEN NOT in_key AND role <> 'id'
                           THEN format('"%w"', col) END, ', ') AS rest,
         group_concat(CASE WHEN NOT in_key AND role <> 'id'
                           THEN format('excluded."%w"', col) END, ', ')
           AS new_rest,
         -- NULL is less than anything, and rows have an order.
         group_concat(CASE WHEN NOT in_key AND role <> 'id'
                           THEN format('"%w" IS NOT NULL, ifnull("%w", 0)',
                                       col, col) END, ', ') AS old_order,
         group_concat(CASE WHEN NOT in_key AND role <> 'id'
                           THEN format('excluded."%w" IS NOT NULL, ifnull(excluded."%w", 0)',
                                       col, col) END, ', ') AS new_order
    FROM (SELECT * FROM copy_column ORDER BY tab, cid)
   GROUP BY tab
),
orders AS (
  SELECT tab, group_concat(format('"%w"', col), ', ') AS by_key
    FROM (SELECT * FROM copy_column WHERE pk > 0 ORDER BY tab, pk)
   GROUP BY tab
)
SELECT t.tab, t.kind, coalesce(t.owner, '') AS owner, t.numbered,
       -- A trace's source lines are added to those that others looked up.
       t.tab = 'source_line' OR t.kind = 'rows' AS grows,
       format('SELECT %s FROM main."%w" ORDER BY %s', l.cols, t.tab, o.by_key)
         AS read_all,
       CASE WHEN t.owner IS NOT NULL
            THEN format('SELECT %s FROM main."%w" WHERE "%w" = ?1 ORDER BY %s',
                        l.cols, t.tab, t.owner_column, o.by_key)
            WHEN t.kind = 'range'
            THEN format('SELECT %s FROM main."%w" WHERE id BETWEEN ?1 AND ?2 ORDER BY id',
                        l.cols, t.tab) END AS read_parts,
       CASE WHEN t.numbered
            THEN format('SELECT %s FROM main."%w" WHERE id = ?1', l.cols, t.tab)
            END AS read_one,
       CASE WHEN t.numbered AND t.kind = 'shared'
            THEN format('SELECT id FROM main."%w" WHERE %s', t.tab, l.found_by)
            END AS find,
       format('INSERT INTO main."%w" (%s) VALUES (%s)%s', t.tab, l.cols, l.marks,
              CASE WHEN (t.tab = 'source_line' OR t.kind = 'rows'
                         OR t.kind = 'shared') AND l.rest IS NOT NULL
                   THEN format(' ON CONFLICT (%s) DO UPDATE SET (%s) = (%s) WHERE (%s) > (%s)',
                               l.key, l.rest, l.new_rest, l.new_order,
                               l.old_order)
                   WHEN t.tab = 'source_line' OR t.kind IN ('rows', 'shared')
                   THEN ' ON CONFLICT DO NOTHING'
                   ELSE '' END) AS put
  FROM copy_table AS t
  JOIN lists AS l ON l.tab = t.tab
  JOIN orders AS o ON o.tab = t.tab
 ORDER BY t.tab;

-- statement: copy_columns
SELECT col, type, required, coalesce(ref, '') AS ref, role, in_key, pk
  FROM copy_column
 WHERE tab = ?1
 ORDER BY cid;

-- statement: copy_name
SELECT text FROM main.name WHERE id = ?1;

-- statement: copy_path
SELECT d.path, p.file
  FROM main.path AS p
  JOIN main.dir AS d ON d.id = p.dir
 WHERE p.id = ?1;

-- statement: copy_dir
SELECT path FROM main.dir WHERE id = ?1;

-- statement: copy_build_find
SELECT id, audited_ns FROM build WHERE identity = ?1;

-- statement: copy_trace_find
SELECT id, imported_ns FROM trace WHERE digest = ?1 AND build IS ?2;

-- statement: copy_allocation_next
SELECT coalesce(max(id), 0) + 1 FROM allocation;

-- statement: copy_build_drop
DELETE FROM build WHERE id = ?1;

-- statement: copy_trace_drop
DELETE FROM trace WHERE id = ?1;

-- statement: drop_parts
-- What has to run before a row of table ?1 goes, deepest parts first; ?1 of
-- each is that row's number.
WITH RECURSIVE part (tab, condition, depth) AS (
  SELECT tab, format('"%w" = ?1', owner_column), 1
    FROM copy_table
   WHERE owner = ?1
  UNION ALL
  SELECT t.tab,
         format('"%w" IN (SELECT id FROM main."%w" WHERE %s)',
                t.owner_column, t.owner, p.condition),
         p.depth + 1
    FROM part AS p
    JOIN copy_table AS t ON t.owner = p.tab
)
SELECT format('DELETE FROM main."%w" WHERE %s', tab, condition), depth
  FROM part
UNION ALL
SELECT 'DELETE FROM main.allocation WHERE id BETWEEN (SELECT first_allocation FROM main.trace WHERE id = ?1) AND (SELECT last_allocation FROM main.trace WHERE id = ?1)',
       1000
 WHERE ?1 = 'trace'
 ORDER BY 2 DESC;

-- statement: sweep_tables
-- The shared tables, and which of them refer to which, directly or by their
-- parts.
WITH RECURSIVE top (tab, top) AS (
  SELECT tab, tab FROM copy_table WHERE owner IS NULL
  UNION
  SELECT t.tab, p.top FROM copy_table AS t JOIN top AS p ON p.tab = t.owner
)
SELECT t.tab,
       coalesce((SELECT group_concat(DISTINCT p.top)
                   FROM copy_column AS c
                   JOIN top AS p ON p.tab = c.tab
                   JOIN copy_table AS o ON o.tab = p.top
                  WHERE (c.ref = t.tab OR t.tab = 'name' AND c.role IN ('name0', 'names'))
                    AND p.top <> t.tab
                    AND o.kind IN ('shared', 'name', 'path', 'dir')), '')
         AS after
  FROM copy_table AS t
 WHERE t.kind IN ('shared', 'name', 'path', 'dir')
   -- What nobody refers to is kept for itself.
   AND EXISTS (SELECT 1
                 FROM copy_column AS c
                 JOIN top AS p ON p.tab = c.tab
                WHERE c.ref = t.tab AND p.top <> t.tab)
 ORDER BY t.tab;

-- statement: sweep_texts
-- What removes the rows of table ?1 that nothing refers to, then their parts.
WITH RECURSIVE uses (text) AS (
  SELECT group_concat(format('SELECT "%w" FROM main."%w" WHERE "%w" IS NOT NULL',
                             c.col, c.tab, c.col), ' UNION ALL ')
         || CASE ?1 WHEN 'name' THEN ' UNION ALL SELECT id FROM temp.kept_name'
                    ELSE '' END
    FROM copy_column AS c
   WHERE (c.ref = ?1 OR ?1 = 'name' AND c.role = 'name0')
     AND c.tab <> ?1 AND c.role <> 'owner'
),
-- A row that another one of the same table needs.
self (col) AS (
  SELECT col FROM copy_column WHERE tab = ?1 AND ref = ?1
),
part (tab, text, depth) AS (
  SELECT tab,
         format('DELETE FROM main."%w" WHERE "%w" NOT IN (SELECT id FROM main."%w")',
                tab, owner_column, owner), 1
    FROM copy_table
   WHERE owner = ?1
  UNION ALL
  SELECT t.tab,
         format('DELETE FROM main."%w" WHERE "%w" NOT IN (SELECT id FROM main."%w")',
                t.tab, t.owner_column, t.owner), p.depth + 1
    FROM part AS p
    JOIN copy_table AS t ON t.owner = p.tab
)
SELECT CASE WHEN (SELECT count(*) FROM self) = 0
            THEN format('DELETE FROM main."%w" WHERE id NOT IN (%s)', ?1,
                        (SELECT text FROM uses))
            ELSE format('WITH RECURSIVE used (id) AS (SELECT * FROM (%s) UNION SELECT t."%w" FROM main."%w" AS t JOIN used AS u ON t.id = u.id WHERE t."%w" IS NOT NULL) DELETE FROM main."%w" WHERE id NOT IN (SELECT id FROM used)',
                        (SELECT text FROM uses), (SELECT col FROM self), ?1,
                        (SELECT col FROM self), ?1) END,
       0
UNION ALL
SELECT text, depth FROM part
 ORDER BY 2;

-- statement: kept_name_make
-- Names that only a blob tells.
CREATE TEMP TABLE IF NOT EXISTS kept_name (id INTEGER PRIMARY KEY);

-- statement: kept_name_clear
DELETE FROM temp.kept_name;

-- statement: kept_name_put
INSERT OR IGNORE INTO temp.kept_name (id) VALUES (?1);

-- statement: kept_blobs
SELECT symbols FROM main.image_map;

-- statement: trees_drop
-- A tree none of whose builds is left: its stamps would keep what it was.
DELETE FROM tree WHERE NOT EXISTS (SELECT 1 FROM build AS b WHERE b.tree = tree.root);

-- statement: stamps_drop
DELETE FROM stamp WHERE tree NOT IN (SELECT id FROM tree);

-- statement: records_drop
DELETE FROM cached_record WHERE id >> 32 NOT IN (SELECT id FROM tree);

-- statement: caches_drop
DELETE FROM message_cache
 WHERE id NOT IN (SELECT message_cache FROM stamp
                   WHERE message_cache IS NOT NULL);

-- statement: free_bytes
-- Within the file, and what all of it has.
SELECT (SELECT freelist_count FROM pragma_freelist_count) * s.page_size,
       (SELECT page_count FROM pragma_page_count) * s.page_size
  FROM pragma_page_size AS s;

-- statement: copy_builds
-- Of build ?1, or all where that is 0.
SELECT id FROM main.build WHERE ?1 = 0 OR id = ?1 ORDER BY id;

-- statement: copy_traces
SELECT id FROM main.trace WHERE ?1 = 0 OR build = ?1 ORDER BY id;

-- statement: copy_is_table
SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?1 AND rootpage > 0;

-- statement: copy_slim_put
INSERT INTO slim (id) VALUES (1);

-- statement: copy_is_slim
SELECT id FROM slim LIMIT 1;

-- statement: copy_tree_of
-- The stat cache of build ?1's tree.
SELECT t.id, t.root FROM main.build AS b JOIN main.tree AS t ON t.root = b.tree WHERE b.id = ?1;

-- statement: copy_records_of
SELECT id, record FROM main.cached_record WHERE id BETWEEN ?1 << 32 AND (?1 << 32) + 4294967295;

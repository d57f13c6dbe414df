-- What :path, or :symbol (the function of a call site, however much of it was
-- given; empty where it is a path), means to kmemdb show in :build and
-- :trace: the rows of the best rank.  Several rows are an ambiguity.
WITH words AS (
  SELECT :path AS path,
         -- What is made of fs/open.c or arch/x86/entry/entry_64.S.
         CASE WHEN substr(:path, -2) IN ('.c', '.S')
              THEN substr(:path, 1, length(:path) - 2) || '.o' END AS made,
         :symbol AS symbol
), named AS MATERIALIZED (
  -- The name itself, or what the compiler made of it: name.isra.0.  Names are
  -- fewer than symbols, and lie in the order in which they are read.
  SELECT n.name_id
    FROM names AS n, words AS w
   WHERE w.symbol <> ''
     -- Cheap, and true of both below: '/' comes after '.'.
     AND n.name BETWEEN w.symbol AND w.symbol || '/'
     AND (n.name = w.symbol
          OR substr(n.name, 1, length(w.symbol) + 1) = w.symbol || '.')
), candidates AS (
  SELECT CASE WHEN o.path = w.path THEN 1
              WHEN o.path = w.made THEN 2
              WHEN o.path = w.path || '.o' THEN 3
              -- The end of a path: what is loaded before what lies beside it.
              WHEN o.role IN ('vmlinux', 'module') THEN 4
              ELSE 5 END AS rank,
         1 AS object,
         o.path AS name
    FROM objects AS o, words AS w
   WHERE o.build = :build
     AND (o.path IN (w.path, w.made)
          OR o.path = w.path || '.o' AND instr(w.path, '/')
          OR substr(o.path, -length(w.path) - 1) = '/' || w.path
          OR substr(o.path, -length(w.made) - 1) = '/' || w.made)
  UNION ALL
  SELECT 6, 0, w.symbol
    FROM words AS w
   WHERE w.symbol <> ''
     AND (EXISTS (SELECT 1 FROM named)
          AND EXISTS (SELECT 1
                        FROM objects AS o
                        JOIN symbols AS s ON s.footprint = o.footprint
                       WHERE o.build = :build
                         AND s.name_id IN (SELECT name_id FROM named))
          OR EXISTS (SELECT 1
                       FROM sites AS s
                      WHERE s.trace = :trace
                        AND (w.symbol IN (s.function, s.owner)
                             OR substr(s.function, 1, length(w.symbol) + 1)
                                = w.symbol || '.')))
)
SELECT object, name
  FROM candidates
 WHERE rank = (SELECT min(rank) FROM candidates)
 ORDER BY name
 LIMIT 6;

-- title: Functions, variables, and what no symbol covers: together the objects
-- param: build
-- param: image
-- param: branch
-- column: path text  the object
-- column: name text  the symbol; in brackets a section, for what no symbol covers
-- column: bytes bytes  own bytes
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.footprint
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
)
SELECT c.path,
       s.symbol AS name,
       s.own AS bytes
  FROM chosen AS c
  JOIN symbols AS s ON s.footprint = c.footprint
 WHERE s.own > 0 AND s.type <> 'common'
 UNION ALL
SELECT c.path,
       '[' || s.section || ']',
       s.unattributed
  FROM chosen AS c
  JOIN sections AS s ON s.footprint = c.footprint
 WHERE s.class <> 'debug' AND s.unattributed > 0

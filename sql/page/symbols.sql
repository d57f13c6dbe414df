-- title: Symbols
-- text: The 20,000 largest, by object; the others of an object are one row.
--   Bytes of an object that no symbol covers are not here.
-- param: build
-- param: image
-- column: path text  the object; empty: the same as in the row before
-- column: symbol text  its name; empty: what is left of the object
-- column: own bytes  bytes counted for it
-- column: class text  class of its section
-- column: symbols count  how many it replaces
WITH every AS MATERIALIZED (
  SELECT o.path, s.symbol, s.own, sec.class
    FROM objects AS o
    JOIN symbols AS s ON s.footprint = o.footprint
    JOIN sections AS sec ON sec.footprint = s.footprint
                        AND sec.ordinal = s.section_ordinal
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND s.own > 0 AND sec.class <> 'debug'
), ranked AS MATERIALIZED (
  SELECT path, symbol, own, class,
         row_number() OVER (ORDER BY own DESC, path, symbol) AS place
    FROM every
), kept AS (
  SELECT path, symbol, own, class, 1 AS symbols
    FROM ranked
   WHERE place <= 20000
  UNION ALL
  SELECT path, NULL, sum(own), NULL, count(*)
    FROM ranked
   WHERE place > 20000
   GROUP BY path
)
SELECT CASE WHEN lag(path) OVER whole = path THEN NULL ELSE path END AS path,
       symbol, own, class, symbols
  FROM kept
WINDOW whole AS (ORDER BY path, symbol IS NULL, own DESC, symbol)
 ORDER BY kept.path, symbol IS NULL, own DESC, symbol

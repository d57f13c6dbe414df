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
WITH chosen AS MATERIALIZED (
  SELECT path, footprint
    FROM objects
   WHERE build = :build
     AND path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
), whole AS MATERIALIZED (
  SELECT s.footprint, sum(s.own) AS own, count(*) AS symbols
    FROM symbols AS s
    JOIN sections AS sec ON sec.footprint = s.footprint
                        AND sec.ordinal = s.section_ordinal
   WHERE s.footprint IN (SELECT footprint FROM chosen)
     AND s.own > 0 AND sec.class <> 'debug'
   GROUP BY s.footprint
), least (own) AS MATERIALIZED (
  -- Only what is as large as the last one that is kept is sorted with its
  -- names: looking them all up took most of the time.
  SELECT coalesce((SELECT s.own
                     FROM chosen AS c
                     JOIN symbols AS s ON s.footprint = c.footprint
                     JOIN sections AS sec ON sec.footprint = s.footprint
                                         AND sec.ordinal = s.section_ordinal
                    WHERE s.own > 0 AND sec.class <> 'debug'
                    ORDER BY s.own DESC
                    LIMIT 1 OFFSET 19999), 1)
), largest AS MATERIALIZED (
  SELECT c.path, s.symbol, s.own, sec.class
    FROM chosen AS c
    JOIN symbols AS s ON s.footprint = c.footprint
    JOIN sections AS sec ON sec.footprint = s.footprint
                        AND sec.ordinal = s.section_ordinal
   WHERE s.own >= (SELECT own FROM least) AND sec.class <> 'debug'
   ORDER BY s.own DESC, c.path, s.symbol
   LIMIT 20000
), taken AS MATERIALIZED (
  SELECT path, sum(own) AS own, count(*) AS symbols
    FROM largest
   GROUP BY path
), kept AS (
  SELECT path, symbol, own, class, 1 AS symbols
    FROM largest
   UNION ALL
  SELECT c.path, NULL, w.own - coalesce(t.own, 0), NULL,
         w.symbols - coalesce(t.symbols, 0)
    FROM chosen AS c
    JOIN whole AS w ON w.footprint = c.footprint
    LEFT JOIN taken AS t ON t.path = c.path
   WHERE w.symbols > coalesce(t.symbols, 0)
)
SELECT CASE WHEN lag(path) OVER rows_of = path THEN NULL ELSE path END AS path,
       symbol, own, class, symbols
  FROM kept
WINDOW rows_of AS (ORDER BY path, symbol IS NULL, own DESC, symbol)
 ORDER BY kept.path, symbol IS NULL, own DESC, symbol

-- title: Largest symbols and unattributed ranges
-- group: static
-- see: symbols sections
-- text: Every byte of the branch is in exactly one row: the own bytes of a
--   symbol, or the unattributed bytes of a section of one object, which no
--   symbol covers (string literals, tables that tools add).
-- param: build
-- param: image
-- param: branch
-- column: what text  symbol, or - for unattributed bytes; in parentheses what belongs to no object
-- column: path text  its object; - where there is none
-- column: section text  its section; of the link's: of the image
-- column: class text  text, rodata, data, bss, percpu, strings or meta; - for what belongs to no object
-- column: bytes bytes sum  own bytes of the symbol, or unattributed bytes of the section
-- column: percent percent sum  share of the total
-- order: bytes, what, path, section
-- empty: no object of that image is in that branch: try --image all
-- footer: skips-line
-- sums: apart
-- The total comes from the objects: a sum over all rows would need them all
-- complete, where the order needs only those that are shown.
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.footprint, o.total,
         -- Class debug is what has no SHF_ALLOC (2): one test, where the word
         -- of a class is eight.
         EXISTS (SELECT 1 FROM sections AS sec
                  WHERE sec.footprint = o.footprint AND NOT sec.flags & 2)
           AS debug
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
), costs AS MATERIALIZED (
  SELECT what, subject, bytes
    FROM link_costs
   WHERE build = :build AND image = :image AND :branch = ''
     AND EXISTS (SELECT 1 FROM chosen)
), things AS (
  -- The unary + takes a column's affinity away: SQLite sorts and limits each
  -- part by itself only where all have the same, and else looks up each row.
  SELECT +s.symbol AS what, +c.path AS path,
         +(SELECT sec.section FROM sections AS sec
           WHERE sec.footprint = s.footprint
             AND sec.ordinal = s.section_ordinal) AS section,
         +(SELECT sec.class FROM sections AS sec
           WHERE sec.footprint = s.footprint
             AND sec.ordinal = s.section_ordinal) AS class,
         +s.own AS bytes
    FROM chosen AS c
    JOIN symbols AS s ON s.footprint = c.footprint
   WHERE s.own > 0 AND s.section_ordinal >= 0
     -- Few objects have such sections: only their symbols are asked.
     AND (NOT c.debug
          OR (SELECT sec.flags & 2 FROM sections AS sec
               WHERE sec.footprint = s.footprint
                 AND sec.ordinal = s.section_ordinal))
  UNION ALL
  SELECT '-', +c.path, +sec.section, +sec.class, +sec.unattributed
    FROM chosen AS c
    JOIN sections AS sec ON sec.footprint = c.footprint
   WHERE sec.unattributed > 0 AND sec.flags & 2
  UNION ALL
  SELECT '(' || what || ')', '-', iif(subject = '', '-', subject), '-', +bytes
    FROM costs
)
SELECT what, path, section, class, bytes,
       100.0 * bytes / (SELECT nullif(sum(total)
                                 + (SELECT coalesce(sum(bytes), 0) FROM costs), 0)
                          FROM chosen) AS percent
  FROM things

-- title: Static memory by section
-- group: static
-- see: symbols strings
-- text: The sum of each section name in a branch, and how much of it is
--   unattributed (no symbol covers it): string literals, tables that tools add,
--   padding.
-- param: build
-- param: image
-- param: branch
-- column: section text  name of the section in the objects
-- column: class text  text, rodata, data, bss, percpu, strings or meta
-- column: objects count  objects that have it
-- column: size bytes sum  size in all objects
-- column: own bytes sum  bytes that symbols cover
-- column: unattributed bytes sum  bytes that no symbol covers
-- column: percent percent sum  share of the branch's total
-- order: size, section
-- empty: no object of that image is in that branch: try --image all
-- footer: skips-line
SELECT s.section,
       s.class,
       count(DISTINCT o.path_id) AS objects,
       sum(s.size) AS size,
       sum(s.size - s.unattributed) AS own,
       sum(s.unattributed) AS unattributed,
       100.0 * sum(s.size) / nullif(sum(sum(s.size)) OVER (), 0) AS percent
  FROM objects AS o
  JOIN sections AS s ON s.footprint = o.footprint
 WHERE o.build = :build
   AND o.path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
   AND in_branch(o.path, :branch)
   AND s.class <> 'debug'
 GROUP BY s.section, s.class

-- title: Static memory by section of the objects
-- text: What each kind of section adds up to in a branch, and how much of it
--   no symbol covers: string literals, tables that tools add, padding.
-- param: build
-- param: image
-- param: branch
-- column: section text  its name in the objects
-- column: class text  text, rodata, data, bss, percpu, strings or meta
-- column: objects count  objects that have one
-- column: size bytes sum  its bytes
-- column: own bytes sum  what symbols cover
-- column: unattributed bytes sum  what no symbol covers
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

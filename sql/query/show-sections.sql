-- The table "sections" of kmemdb show: those of the object :name of :build
-- that are allocated.
--
-- title: Its sections, largest first
-- column: section text  the section's name
-- column: class text  text, rodata, data, bss, percpu, strings or meta
-- column: lifetime text  resident, init (freed after boot) or discard (never in the image); - if the link is not known
-- column: output text  section of the image that it was placed in
-- column: size bytes sum  its size
-- column: unattributed bytes sum  bytes that no symbol covers
-- column: align bytes  its alignment
-- empty: it has no section that is loaded
SELECT sec.section,
       sec.class,
       -- SELECTs instead of a join: that would read every placement set there is.
       coalesce((SELECT f.lifetime FROM placements AS f
                  WHERE f.placement_set = o.placement_set
                    AND f.ordinal = sec.ordinal), '-') AS lifetime,
       coalesce((SELECT f.output FROM placements AS f
                  WHERE f.placement_set = o.placement_set
                    AND f.ordinal = sec.ordinal), '-') AS output,
       sec.size,
       sec.unattributed,
       sec.align
  FROM objects AS o
  JOIN sections AS sec ON sec.footprint = o.footprint
 WHERE o.build = :build AND o.path = :name AND sec.class <> 'debug'
   AND sec.size > 0
 ORDER BY sec.size DESC, sec.section, sec.ordinal;

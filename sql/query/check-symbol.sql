-- :metric of the symbols of :image in :build whose names match the pattern
-- :name, by the bytes that each accounts for alone.  Columns: how many, and
-- the sum.  text, data and bss are those of binutils size, by the section's
-- flags (1 SHF_WRITE, 4 SHF_EXECINSTR) and type (8 SHT_NOBITS).
WITH chosen AS (
  SELECT DISTINCT o.path_id, o.footprint
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
), hit AS (
  SELECT s.own,
         sec.class,
         CASE WHEN sec.flags & 4 OR NOT sec.flags & 1 THEN 'text'
              WHEN sec.type = 8 THEN 'bss' ELSE 'data' END AS part
    FROM chosen AS c
    JOIN symbols AS s ON s.footprint = c.footprint
    JOIN sections AS sec
      ON sec.footprint = s.footprint AND sec.ordinal = s.section_ordinal
   WHERE s.symbol GLOB :name AND sec.class <> 'debug'
)
SELECT count(*),
       coalesce(sum(own) FILTER (WHERE :metric IN ('total', part)
                                    OR :metric = 'strings' AND class = 'strings'
                                    OR :metric = 'percpu' AND class = 'percpu'),
                0)
  FROM hit;

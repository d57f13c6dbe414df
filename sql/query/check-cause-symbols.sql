-- title: Functions and variables that did it
-- text: As the objects; '-' is what no symbol covers of an object's section. Of
--   live, waste and the like: the functions that allocate.
-- column: budget text  the line of the budget file
-- column: symbol text  its name
-- column: path text  the object it is in
-- column: before bytes  in the base
-- column: after bytes  in the build
-- column: change bytes  after - before
-- column: percent percent  change as a share of before
-- column: what text  grown, added, moved, renamed, or - of the largest
-- empty: no symbol grew
WITH place AS MATERIALIZED (
  -- Those sections of the objects that differ which count for the metric.
  SELECT DISTINCT coalesce(d.path, d.before_path) AS path, sec.section
    FROM temp.diff_object AS d
    JOIN sections AS sec ON sec.footprint IN (d.footprint, d.before_footprint)
   WHERE sec.class <> 'debug'
     AND CASE :metric
           WHEN 'text' THEN sec.flags & 4 OR NOT sec.flags & 1
           WHEN 'data' THEN sec.flags & 5 = 1 AND sec.type <> 8
           WHEN 'bss' THEN sec.flags & 5 = 1 AND sec.type = 8
           WHEN 'compressed' THEN sec.type <> 8
           WHEN 'strings' THEN sec.class = 'strings'
           WHEN 'percpu' THEN sec.class = 'percpu'
           WHEN 'init' THEN EXISTS (
             SELECT 1 FROM objects AS o
               JOIN placements AS f ON f.placement_set = o.placement_set
              WHERE o.build IN (:build, :base)
                AND o.path IN (d.path, d.before_path)
                AND o.footprint = sec.footprint
                AND f.ordinal = sec.ordinal AND f.lifetime = 'init')
           WHEN 'resident' THEN EXISTS (
             SELECT 1 FROM objects AS o
               JOIN placements AS f ON f.placement_set = o.placement_set
              WHERE o.build IN (:build, :base)
                AND o.path IN (d.path, d.before_path)
                AND o.footprint = sec.footprint
                AND f.ordinal = sec.ordinal AND f.lifetime = 'resident')
           ELSE 1 END
), side AS MATERIALIZED (
  SELECT path, after FROM temp.check_part WHERE image = :image
), row AS (
  -- What came from another image, as where a driver became a module, is new.
  SELECT s.symbol, s.path,
         iif(s.what IN ('grown', 'shrunk')
             AND s.before_path NOT IN (SELECT path FROM side WHERE NOT after),
             'added', s.what) AS what,
         iif((:what <> 'branch' OR in_branch(coalesce(s.before_path, s.path), :name))
             AND coalesce(s.before_path, s.path) IN (SELECT path FROM side WHERE NOT after),
             s.before, 0) AS before,
         iif((:what <> 'branch' OR in_branch(s.path, :name))
             AND s.path IN (SELECT path FROM side WHERE after),
             s.after, 0) AS after
    FROM temp.diff_symbol AS s
   WHERE (s.path, s.section) IN (SELECT path, section FROM place)
     AND s.path IN (SELECT path FROM side)
     AND CASE :what
           WHEN 'branch' THEN in_branch(s.path, :name)
                           OR in_branch(coalesce(s.before_path, s.path), :name)
           WHEN 'symbol' THEN s.symbol GLOB :name
                           OR coalesce(s.before_symbol GLOB :name, 0)
           ELSE 1 END
)
SELECT :budget AS budget,
       symbol,
       path,
       before,
       after,
       after - before AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent,
       what
  FROM row
 WHERE after > before
 ORDER BY change DESC, symbol, path
 LIMIT :rows;

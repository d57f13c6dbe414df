-- title: String literals by directory
-- group: static
-- see: printk sections
-- text: Bytes of mergeable string sections (.rodata.str1.1 and the like). This
--   is an upper bound: the link stores equal strings once, and a string that is
--   the end of another one inside of it. What that saves is known for the whole
--   image only: the lines merged are shown without --branch.
-- text: Merged constants (.rodata.cst8) are included in the lines merged. Arrays
--   of characters and the names of exported symbols are not string literals:
--   report sections shows them.
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- column: line text  strings: in the objects; merged: saved by the link
-- column: path text  strings: directory, or an object directly in the branch; merged: section of the image
-- column: objects count sum  objects that have string sections
-- column: bytes bytes sum  bytes of their string sections; merged: negative
-- column: percent percent  share of the strings shown
-- column: resident bytes sum  of bytes, what stays after boot
-- order: bytes, path
-- empty: no object of that branch has a string section
-- footer: skips-line
WITH chosen AS (
  SELECT o.path, s.size, f.lifetime, f.output
    FROM objects AS o
    JOIN sections AS s ON s.footprint = o.footprint AND s.class = 'strings'
    LEFT JOIN placements AS f ON f.placement_set = o.placement_set AND f.ordinal = s.ordinal
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
     AND s.size > 0
), lines (line, path, objects, bytes, percent, resident) AS (
  SELECT 'strings',
         dir_level(path, :branch, :depth),
         count(DISTINCT path),
         sum(size),
         100.0 * sum(size) / nullif(sum(sum(size)) OVER (), 0),
         coalesce(sum(size) FILTER (WHERE lifetime = 'resident'), 0)
    FROM chosen
   GROUP BY 2
  UNION ALL
  -- A section of the image stays, or is freed, as a whole.
  SELECT line, subject, NULL, bytes, NULL,
         CASE WHEN EXISTS (SELECT 1 FROM chosen
                            WHERE output = subject AND lifetime = 'resident')
              THEN bytes ELSE 0 END
    FROM link_lines
   WHERE build = :build AND image = :image AND line = 'merged'
     AND :branch = '' AND subject IN (SELECT output FROM chosen)
)
SELECT line, path, objects, bytes, percent, resident
  FROM lines

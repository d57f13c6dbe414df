-- title: String literals by directory
-- text: Bytes of the sections that hold only strings (.rodata.str1.1 and its
--   kin), which is an upper bound: the link stores equal strings once, and a
--   string that ends another one inside it. What that saves is known for the
--   whole image only: the lines merged come without --branch.
-- text: Constants that are stored once (.rodata.cst8) are in the lines merged,
--   too. Arrays of characters and the names of exported symbols are no string
--   literals: they are in report sections.
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- column: line text  strings: in the objects; merged: what the link stores once
-- column: path text  directory, or an object that stands directly in the branch; of merged: the section of the image
-- column: objects count sum  objects that have strings
-- column: bytes bytes sum  in their sections of strings; of merged: less by so much
-- column: percent percent  share of the strings of the branch
-- column: resident bytes sum  of bytes, what stays after boot
-- order: bytes, path
-- empty: no object of that branch has a section of strings
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
  SELECT line, subject, NULL, bytes, NULL, NULL
    FROM link_lines
   WHERE build = :build AND image = :image AND line = 'merged'
     AND :branch = '' AND subject IN (SELECT output FROM chosen)
)
SELECT line, path, objects, bytes, percent, resident
  FROM lines

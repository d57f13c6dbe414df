-- title: Padding between sections, and bytes between symbols
-- group: static
-- see: sections reconcile
-- text: Padding that the link puts between the sections of objects is exact, for
--   each section of the image, and shown without --branch only: layout is what
--   ends at a page boundary (4 KiB and larger, as the 2 MiB of .text on x86),
--   which the linker script or a page-aligned section asks for; fill is the
--   rest, between objects. They have no byte in common, and none with between.
--   Of a build that an older version audited all of it is fill.
-- text: between is an upper bound: bytes of an object's sections that no symbol
--   covers. In code and variables that is mostly padding, but also assembly
--   without sized symbols. Constants are left out: most of those bytes are data
--   without a name.
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- column: line text  layout: up to a page boundary; fill: between the sections of objects; between: inside of them, between symbols
-- column: path text  layout, fill: section of the image; between: directory, or an object directly in the branch
-- column: objects count sum  objects that have such bytes
-- column: bytes bytes sum  the padding; of between text + data + bss
-- column: text bytes sum  in code
-- column: data bytes sum  in variables, per-CPU ones too
-- column: bss bytes sum  in zero-initialised variables
-- column: size bytes  what those sections take as a whole; a section of the image is made of those of objects, so these are not added
-- column: percent percent  bytes in 100 of size
-- order: bytes, path, line
-- empty: no object of that branch has code or variables
-- footer: skips-line
WITH chosen AS (
  SELECT o.path, s.class, s.unattributed, s.size
    FROM objects AS o
    JOIN sections AS s ON s.footprint = o.footprint
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
     AND s.class IN ('text', 'data', 'percpu', 'bss')
), lines (line, path, objects, bytes, text, data, bss, size) AS (
  SELECT 'between',
         dir_level(path, :branch, :depth),
         count(DISTINCT path) FILTER (WHERE unattributed > 0),
         sum(unattributed),
         coalesce(sum(unattributed) FILTER (WHERE class = 'text'), 0),
         coalesce(sum(unattributed)
                    FILTER (WHERE class IN ('data', 'percpu')), 0),
         coalesce(sum(unattributed) FILTER (WHERE class = 'bss'), 0),
         sum(size)
    FROM chosen
   GROUP BY 2
  UNION ALL
  SELECT p.line, l.subject, NULL,
         CASE p.line WHEN 'layout' THEN coalesce(l.to_page, 0)
                     ELSE l.bytes - coalesce(l.to_page, 0) END,
         NULL, NULL, NULL, i.size
    FROM link_lines AS l
    LEFT JOIN image_sections AS i
      ON i.build = l.build AND i.image_id = l.image_id
     AND i.section = l.subject
    JOIN (SELECT 'layout' AS line UNION ALL SELECT 'fill') AS p
   WHERE l.build = :build AND l.image = :image AND l.line = 'fill'
     AND :branch = ''
)
SELECT line, path, objects, bytes, text, data, bss, size,
       100.0 * bytes / nullif(size, 0) AS percent
  FROM lines
 WHERE size > 0 AND (bytes > 0 OR line = 'between')

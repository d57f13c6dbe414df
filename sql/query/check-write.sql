-- A budget file for :build, a line a row: what it costs now and a little more.
-- Directories that are a hundredth of the objects get a line.
WITH image AS (
  SELECT i.image, i.kind, i.total,
         (SELECT sum(bytes) FROM link_lines AS l
           WHERE l.image_id = i.image_id AND line = 'span' AND subject = '')
         - (SELECT sum(bytes) FROM link_lines AS l
             WHERE l.image_id = i.image_id AND line = 'init') AS resident
    FROM images AS i
   WHERE i.build = :build AND i.kind IN ('vmlinux', 'module')
), limited (place, name, metric, bytes) AS (
  SELECT 1, 'vmlinux', 'total', total FROM image WHERE kind = 'vmlinux'
  UNION ALL
  SELECT 2, 'vmlinux', 'resident', resident FROM image WHERE kind = 'vmlinux'
  UNION ALL
  SELECT 4, 'vmlinux', 'compressed', bytes FROM compressed_images
   WHERE build = :build
  UNION ALL
  SELECT 3, 'modules', 'total', sum(total) FROM image WHERE kind = 'module'
), directory AS (
  SELECT dir_level(o.path, '', 1) AS path, sum(o.total) AS total
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = 'vmlinux')
   GROUP BY 1
), traced AS (
  SELECT EXISTS (SELECT 1 FROM traces WHERE build = :build) AS yes
), line (place, name, line) AS (
  VALUES (0, 1, '# What this kernel may cost.  kmemdb check reads it, ''kmemdb check --help'''),
         (0, 2, '# says how.  Absolute limits leave 2 % of room; growth is against the base.'),
         (0, 3, ''),
         (0, 4, '# Growth below it is none; so large a saving, and so much room, are pointed out.'),
         (0, 5, 'quiet 1K'),
         (0, 6, 'saving 16K'),
         (0, 7, 'slack 25%'),
         (0, 8, ''),
         (20, 1, ''),
         (30, 1, ''),
         (31, 1, 'check new-symbols 16K'),
         (31, 2, 'check grown-symbols 16K'),
         (31, 3, 'check percpu-growth 256'),
         (31, 4, 'check unexplained warn'),
         (31, 5, 'check skipped warn')
  UNION ALL
  -- In steps of 64 KiB, upward.
  SELECT 10, place,
         printf('image %s %s %dK', name, metric,
                (bytes + bytes / 50 + 65535) / 65536 * 64)
    FROM limited
   WHERE bytes > 0
  UNION ALL
  SELECT 21, path,
         printf(iif(instr(path, ' '), 'branch "%s" total +2%%', 'branch %s total +2%%'), path)
    FROM directory
   WHERE total * 100 >= (SELECT sum(total) FROM directory)
     AND path NOT GLOB '*[^ -~]*' AND instr(path, '"') = 0
  UNION ALL
  SELECT 32, place, line
    FROM (SELECT 1 AS place, 'branch . live +5%' AS line
          UNION ALL SELECT 2, 'branch . waste +5%'
          UNION ALL SELECT 3, 'check waste-sites 64K warn'
          UNION ALL SELECT 4, 'check lost-events warn')
   WHERE (SELECT yes FROM traced)
)
SELECT line FROM line ORDER BY place, name;

-- title: Totals of each image in two builds
-- text: text, data and bss are those of binutils size of the linked file; total
--   is their sum. span is the room from _text to _end, init what boot frees of
--   it, and resident what is left. compressed and file are the bytes of what a
--   boot loader gets, packed or not (report boot-files).
-- param: build
-- param: base
-- column: image text  vmlinux; what is booted (bzImage, Image.gz...); modules: all of them; and each module that differs
-- column: metric text  text, data, bss, total, span, init, resident, compressed or file
-- column: before bytes  in the base; - where the image is not there
-- column: after bytes  in the build
-- column: change bytes  after - before
-- column: percent percent  change as a share of before
-- empty: neither build has a linked image
WITH sizes AS (
  SELECT build, image, kind, text, data, bss, total,
         (SELECT sum(bytes) FROM link_lines AS l
           WHERE l.image_id = i.image_id AND line = 'span'
             AND subject = '') AS span,
         (SELECT sum(bytes) FROM link_lines AS l
           WHERE l.image_id = i.image_id AND line = 'init') AS init
    FROM images AS i
   WHERE build IN (:base, :build) AND kind IN ('vmlinux', 'module')
), named AS (
  SELECT * FROM sizes
  UNION ALL
  SELECT build, 'modules', 'modules', sum(text), sum(data), sum(bss),
         sum(total), NULL, NULL
    FROM sizes
   WHERE kind = 'module'
   GROUP BY build
), metric (place, metric) AS (
  VALUES (1, 'text'), (2, 'data'), (3, 'bss'), (4, 'total'), (5, 'span'),
         (6, 'init'), (7, 'resident')
), value AS (
  SELECT n.build, n.image, n.kind, m.place, m.metric,
         CASE m.metric WHEN 'text' THEN n.text WHEN 'data' THEN n.data
                       WHEN 'bss' THEN n.bss WHEN 'total' THEN n.total
                       WHEN 'span' THEN n.span WHEN 'init' THEN n.init
                       ELSE n.span - n.init END AS bytes
    FROM named AS n
   CROSS JOIN metric AS m
  UNION ALL
  SELECT build, file, 'boot', 8, iif(packing = 'none', 'file', 'compressed'), bytes
    FROM boot_files
   WHERE build IN (:base, :build) AND part = 'image' AND NOT stale
), row AS (
  SELECT image, max(kind) AS kind, place, metric,
         max(bytes) FILTER (WHERE build = :base) AS before,
         max(bytes) FILTER (WHERE build = :build) AS after
    FROM value
   GROUP BY image, place, metric
)
SELECT image,
       metric,
       before,
       after,
       coalesce(after, 0) - coalesce(before, 0) AS change,
       100.0 * (after - before) / nullif(before, 0) AS percent
  FROM row
 WHERE coalesce(before, after) IS NOT NULL
   AND (kind IN ('vmlinux', 'modules', 'boot')
        OR (place <= 4 AND before IS NOT after))
 ORDER BY CASE kind WHEN 'vmlinux' THEN 0 WHEN 'boot' THEN 1 WHEN 'modules' THEN 2 ELSE 3 END,
          image, place

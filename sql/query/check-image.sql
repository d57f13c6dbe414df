-- :metric of :image in :build, of the linked file where that has it.  Columns:
-- how many images, and the sum; NULL where it is not known.
WITH chosen AS MATERIALIZED (
  SELECT i.image_id, i.kind, i.text, i.data, i.bss, i.total
    FROM images AS i
   WHERE i.build = :build
     AND (:image IN (i.image, 'all')
          OR (:image = 'modules' AND i.kind = 'module'))
), line AS (
  SELECT c.image_id,
         (SELECT sum(bytes) FROM link_lines AS l
           WHERE l.image_id = c.image_id AND line = 'span'
             AND subject = '') AS span,
         (SELECT sum(bytes) FROM link_lines AS l
           WHERE l.image_id = c.image_id AND line = 'init') AS init
    FROM chosen AS c
   WHERE :metric IN ('span', 'init', 'resident')
), part AS (
  SELECT sum(resident) AS resident, sum(init) AS init,
         sum(strings) AS strings, sum(percpu) AS percpu
    FROM temp.check_part
   WHERE image = :image AND after = :after
)
SELECT count(*),
       CASE :metric
         WHEN 'text' THEN sum(text)
         WHEN 'data' THEN sum(data)
         WHEN 'bss' THEN sum(bss)
         WHEN 'total' THEN sum(total)
         WHEN 'span' THEN (SELECT sum(span) FROM line)
         -- What boot frees of an image is known of vmlinux; of modules go by
         -- their objects.
         WHEN 'init' THEN coalesce((SELECT sum(init) FROM line),
                                   (SELECT init FROM part))
         WHEN 'resident' THEN coalesce((SELECT sum(span - init) FROM line),
                                       (SELECT resident FROM part))
         -- What a boot loader gets of vmlinux.
         WHEN 'compressed' THEN (SELECT bytes FROM compressed_images
                                  WHERE build = :build AND :image = 'vmlinux')
         WHEN 'strings' THEN (SELECT strings FROM part)
         WHEN 'percpu' THEN (SELECT percpu FROM part)
       END
  FROM chosen;

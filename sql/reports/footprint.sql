-- title: Static memory by directory, one level at a time
-- text: What the objects below a directory cost in the image, summed to the
--   next level of directories. Sizes are those of binutils size, object by
--   object; the sum is that of the image's own objects, before the link adds
--   and drops bytes (report reconcile has the way from there to the image).
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- column: path text  directory, or an object that stands directly in the branch
-- column: objects count sum  objects at and below it
-- column: text bytes sum  code and constant data
-- column: data bytes sum  initialised data
-- column: bss bytes sum  zero-initialised data
-- column: total bytes sum  text + data + bss
-- column: percent percent sum  share of the branch's total
-- order: total, path
-- empty: no object of that image is in that branch: try --image all
WITH chosen AS (
  SELECT dir_level(o.path, :branch, :depth) AS path, o.text, o.data, o.bss,
         o.total
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
)
SELECT path,
       count(*) AS objects,
       sum(text) AS text,
       sum(data) AS data,
       sum(bss) AS bss,
       sum(total) AS total,
       100.0 * sum(total) / nullif(sum(sum(total)) OVER (), 0) AS percent
  FROM chosen
 GROUP BY path

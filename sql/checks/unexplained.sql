-- title: Bytes of an image that nothing explains
-- text: What is left between the objects and the image after all that the link
--   adds and takes (report reconcile). It is 0 where the build keeps a map of
--   the link, and should be less than a thousandth elsewhere: more means that
--   the numbers of the directories do not tell the whole truth.
-- param: build
-- param: above=0 only more bytes than this, and than a thousandth of the image
-- column: image text  the image
-- column: bytes bytes sum  unexplained; negative: too much was explained
-- column: layout text  how the layout is known: map, script or none
-- order: image
-- empty: every image is explained
SELECT i.image, l.bytes, i.layout
  FROM images AS i
  JOIN link_lines AS l ON l.image_id = i.image_id AND l.line = 'unexplained'
 WHERE i.build = :build AND abs(l.bytes) > :above
   AND (i.layout = 'map' OR abs(l.bytes) * 1000 > i.total)

-- The name of the image that :image means in :build: by its name, as lsmod
-- writes it (dashes are underscores there), or by the path of its file.
SELECT image
  FROM images
 WHERE build = :build
   AND (image = :image
        OR replace(image, '-', '_') = replace(:image, '-', '_')
        OR path = :image)
 ORDER BY image = :image DESC, image
 LIMIT 1;

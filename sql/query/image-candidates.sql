-- The images of :build whose names differ least from :image.
WITH distances AS (
  SELECT DISTINCT image, edit_distance(image, :image) AS distance
    FROM images
   WHERE build = :build
)
SELECT image
  FROM distances
 WHERE distance = (SELECT min(distance) FROM distances)
 ORDER BY image
 LIMIT 3;

-- 1 where :image names something that can be summed in :build or :base.
SELECT :image IN ('modules', 'all')
    OR EXISTS (SELECT 1 FROM images
                WHERE image = :image AND build IN (:build, :base));

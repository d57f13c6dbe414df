-- A row where some build has an image of that name.
SELECT 1 FROM images WHERE image = :image OR :image IN ('all', 'modules') LIMIT 1;

INSERT INTO temp.diff_count (path, added, removed, changed)
VALUES (:path, :added, :removed, :changed);

INSERT INTO temp.blame_change (place, build, base, commits, symbol, path,
                               before, after, what, from_what)
VALUES (:place, :build, :base, :commits, :symbol,
        coalesce(:directory, (SELECT path FROM paths WHERE path_id = :path)),
        :before, :after, :what,
        coalesce(:from, (SELECT path FROM paths WHERE path_id = :from_path)));

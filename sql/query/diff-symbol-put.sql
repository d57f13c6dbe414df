INSERT INTO temp.diff_symbol (symbol, path, section, before, after, what,
                              before_symbol, before_path)
VALUES (:symbol,
        coalesce((SELECT path FROM temp.diff_object WHERE id = :object),
                 (SELECT before_path FROM temp.diff_object
                   WHERE id = :before_object)),
        :section, :before, :after, :what, :before_symbol,
        (SELECT before_path FROM temp.diff_object WHERE id = :before_object));

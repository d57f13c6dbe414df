INSERT INTO temp.diff_symbol (symbol, path, section, before, after, what,
                              before_symbol, before_path)
VALUES (:symbol, :path, :section, :before, :after, :what, :before_symbol,
        :before_path);

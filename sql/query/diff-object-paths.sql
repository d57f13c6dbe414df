-- Where each object that differs is.
-- column: what C reads, by place (query/diff_symbols.c)
SELECT id, path, before_path
  FROM temp.diff_object
 ORDER BY id;

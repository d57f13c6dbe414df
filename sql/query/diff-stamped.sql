-- Objects that differ and hold who built the kernel and when.
INSERT INTO temp.diff_stamped (path_id, path, before, after)
SELECT d.path_id, coalesce(d.path, d.before_path), d.before, d.after
  FROM temp.diff_object AS d
 WHERE EXISTS (SELECT 1 FROM build_stamps AS s
                WHERE coalesce(d.path, d.before_path) GLOB s.pattern);

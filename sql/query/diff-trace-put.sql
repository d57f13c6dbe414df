INSERT INTO temp.diff_trace (before, after) VALUES (:before, :after);

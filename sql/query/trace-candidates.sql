-- What the user may have meant by a :ref that no trace answers to.
WITH names AS (
  SELECT CAST(trace AS TEXT) AS name, imported_ns FROM traces
  UNION ALL
  SELECT label, imported_ns FROM traces WHERE label IS NOT NULL
)
SELECT name
  FROM names
 GROUP BY name
 ORDER BY edit_distance(name, :ref), max(imported_ns) DESC, name
 LIMIT 3;

-- title: The two traces, where they differ
-- text: Two boots never do exactly the same: how long each was, and how much of
--   it was seen, says what a difference of their sums is worth.
-- column: fact text  trace, build, source, release, command line, seconds, events, lost, unmatched frees or matched sites
-- column: before text  in the base; - where not known
-- column: after text  in the other
-- empty: both are alike
WITH fact AS (
  SELECT t.trace = d.after AS is_after, f.place, f.fact,
         CASE f.place
           WHEN 1 THEN t.trace || coalesce(' ' || t.label, '')
           WHEN 2 THEN (SELECT b.build || coalesce(' ' || b.label, ' ' || substr(b.commit_id, 1, 12), '')
                          FROM builds AS b WHERE b.build = t.build)
           WHEN 3 THEN t.source
           WHEN 4 THEN t.release
           WHEN 5 THEN t.command_line
           WHEN 6 THEN iif(t.clock = 'ns', printf('%.3f', (t.end_ns - t.begin_ns) / 1e9), NULL)
           WHEN 7 THEN CAST(t.events AS TEXT)
           WHEN 8 THEN iif(t.lost = 0 AND t.lost_unknown > 0, 'some', CAST(t.lost AS TEXT))
           WHEN 9 THEN CAST(t.unmatched_free AS TEXT)
           ELSE iif(t.checked, t.matched || ' of ' || t.checked, NULL)
         END AS value
    FROM temp.diff_trace AS d
    JOIN traces AS t ON t.trace IN (d.before, d.after)
   CROSS JOIN (SELECT column1 AS place, column2 AS fact
                 FROM (VALUES (1, 'trace'), (2, 'build'), (3, 'source'),
                              (4, 'release'), (5, 'command line'),
                              (6, 'seconds'), (7, 'events'), (8, 'lost'),
                              (9, 'unmatched frees'), (10, 'matched sites'))) AS f
)
SELECT b.fact,
       coalesce(b.value, '-') AS before,
       coalesce(a.value, '-') AS after
  FROM fact AS b
  JOIN fact AS a ON a.place = b.place AND a.is_after
 WHERE NOT b.is_after AND a.value IS NOT b.value
 ORDER BY b.place

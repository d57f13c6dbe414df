-- title: What a picture of a trace was drawn from, in a line
-- param: build
-- param: trace
-- column: words text  the line
SELECT 'trace ' || t.trace || coalesce(' ''' || t.label || '''', '')
       || coalesce(', ' || t.release, '')
       || printf(', %,d events', t.events)
       || coalesce('; build ' || b.build || coalesce(' ''' || b.label || '''', '')
                   || coalesce(', ' || b.release, '')
                   || coalesce(', ' || b.arch, ''), '; no build') AS words
  FROM traces AS t
  LEFT JOIN builds AS b ON b.build = t.build
 WHERE t.trace = :trace
   AND (:build IS NULL OR :build IS NOT NULL)

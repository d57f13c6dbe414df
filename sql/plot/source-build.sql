-- title: What a picture of a build was drawn from, in a line
-- param: build
-- column: words text  the line
SELECT 'build ' || b.build || coalesce(' ''' || b.label || '''', '')
       || coalesce(', ' || b.release, '') || coalesce(', ' || b.arch, '')
       || coalesce(', commit ' || substr(b.commit_id, 1, 12), '') AS words
  FROM builds AS b
 WHERE b.build = :build

-- What is said after a static report about :build: that files are missing in
-- its sums.  NULL where none is.
SELECT CASE WHEN count(*) > 0
            THEN printf('%,d file%s of this build could not be measured and '
                        || '%s not included in sums: kmemdb query skipped lists %s', count(*),
                        CASE count(*) WHEN 1 THEN '' ELSE 's' END,
                        CASE count(*) WHEN 1 THEN 'is' ELSE 'are' END,
                        CASE count(*) WHEN 1 THEN 'it' ELSE 'them' END)
       END
  FROM skips
 WHERE build = :build

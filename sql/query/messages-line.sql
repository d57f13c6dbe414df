-- What is said after a report of messages about :build: that files are missing
-- in its sums, and that the code was not read.  NULL where there is nothing to
-- say.
SELECT CASE WHEN count(*) > 0
            THEN printf('%,d file%s of this build could not be measured and '
                        || '%s not included in sums: kmemdb query skipped lists %s', count(*),
                        CASE count(*) WHEN 1 THEN '' ELSE 's' END,
                        CASE count(*) WHEN 1 THEN 'is' ELSE 'are' END,
                        CASE count(*) WHEN 1 THEN 'it' ELSE 'them' END)
       END
  FROM skips
 WHERE build = :build
UNION ALL
SELECT CASE
         WHEN EXISTS (SELECT 1 FROM objects
                       WHERE build = :build AND message_set IS NOT NULL)
           THEN NULL
         -- A linked image is an object of its own then.
         WHEN EXISTS (SELECT 1 FROM objects AS o
                        JOIN images AS i
                          ON i.build = o.build AND i.path = o.path
                       WHERE o.build = :build)
           THEN 'messages are read from objects as they were compiled, and this '
                || 'build has none, only a linked image: its symbols and '
                || 'sections are known, and where they are, not which message '
                || 'a function prints, nor what it costs. Audit the tree that '
                || 'it was built in'
         ELSE 'the code of this build was not read: that there is no row does '
              || 'not say that there is no message. kmemdb query caveats says why'
       END

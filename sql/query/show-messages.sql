-- The table "messages" of kmemdb show: what the function :name prints, in each
-- object of :build that has one of that name.
--
-- title: Messages that it prints
-- column: message text  as in C, without its level
-- column: path text  the object
-- column: level text  emerg to debug, cont, warn (by WARN), default (none, or an argument)
-- column: printer text  the function it is given to; - if not known
-- column: bytes bytes  of the string, with level, NUL and padding
-- column: verdict text  of one that is printed because an allocation failed: static, value, mixed and so on (report oom-printk); else -
-- empty: it prints nothing that is known
WITH mine AS (
  SELECT o.path, o.message_set
    FROM objects AS o
   WHERE o.build = :build AND o.message_set IS NOT NULL
     AND o.role IN ('vmlinux', 'module')
)
SELECT m.message,
       o.path,
       m.level,
       coalesce(m.printer, '-') AS printer,
       m.bytes + m.padding AS bytes,
       coalesce((SELECT f.verdict FROM message_findings AS f
                  WHERE f.message_set = m.message_set
                    AND f.function = :name AND f.section_ordinal = m.section_ordinal
                    AND f.place = m.place), '-') AS verdict
  FROM mine AS o
  JOIN messages AS m ON m.message_set = o.message_set
 WHERE m.function = :name
 ORDER BY o.path, m.section_ordinal, m.place;

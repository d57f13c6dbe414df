-- title: printk: all that is printed, by directory, level and printer
-- group: static
-- see: strings oom-printk
-- text: The strings of messages in the objects: what PRINTK costs. Lines other,
--   of what else is in the same sections of strings, make the sum that of these
--   sections; lines records are the tables that describe messages
--   (.printk_index, __dyndbg). A string that several functions of an object
--   print counts once.
-- text: once is what is left when the link has stored equal strings once: of
--   texts that several objects of an image have, the first counts. Report
--   strings has what the link saves in all. calls counts functions that print a
--   text, not each of their calls.
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- column: path text  directory, or an object directly in the branch
-- column: line text  message, other (strings that are no messages) or records
-- column: level text  emerg to debug, cont, warn (by WARN), default (none, or an argument); - of other lines
-- column: printer text  the function it is given to; - if not known; of records, their section
-- column: class text wide  class of the section: strings, rodata, data or meta
-- column: messages count sum  texts
-- column: calls count sum wide  functions that print them
-- column: bytes bytes sum  of the strings, with level, NUL and padding
-- column: prefixes bytes sum wide  of bytes: levels
-- column: padding bytes sum wide  of bytes: padding
-- column: once bytes sum  of bytes, after the link
-- column: percent percent sum  share of the bytes
-- order: bytes, path, line, level, printer, class
-- empty: no message of that branch is known; kmemdb query caveats says whether the code was read
-- footer: messages-line
WITH chosen AS MATERIALIZED (
  SELECT o.path, o.path_id, o.role, o.footprint, o.message_set
    FROM objects AS o
   WHERE o.build = :build
     -- Boot stages are not looked at: all they have is other.
     AND EXISTS (SELECT 1 FROM objects
                  WHERE build = :build AND message_set IS NOT NULL)
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
), text AS (
  -- A row for each string: many functions may load it, some of them its end.
  SELECT c.path, c.path_id, c.role, c.footprint, m.section_ordinal, m.place,
         min(m.text_id) AS text_id, min(m.level) AS level,
         max(m.printer) AS printer, count(m.function) AS calls,
         max(m.bytes) AS bytes, max(m.prefix) AS prefix,
         max(m.padding) AS padding
    FROM chosen AS c
    JOIN messages AS m ON m.message_set = c.message_set
   GROUP BY c.path_id, m.section_ordinal, m.place
), clipped AS (
  SELECT *,
         max(0, place + bytes + padding - max(place, coalesce(
             max(place + bytes + padding) OVER (
               PARTITION BY path_id, section_ordinal ORDER BY place, bytes
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS size
    FROM text
), counted AS MATERIALIZED (
  -- A SELECT instead of a join: that would read every section there is.
  SELECT k.*,
         coalesce((SELECT s.class FROM sections AS s
                    WHERE s.footprint = k.footprint
                      AND s.ordinal = k.section_ordinal), '-') AS class,
         row_number() OVER (PARTITION BY k.role, k.text_id, k.level,
                                         k.prefix > 0
                            ORDER BY k.path, k.place) = 1 AS is_first
    FROM clipped AS k
), used AS MATERIALIZED (
  SELECT path_id, section_ordinal, sum(size) AS size
    FROM counted
   GROUP BY path_id, section_ordinal
), row (path, line, level, printer, class, messages, calls, bytes, prefixes,
        padding, once) AS (
  SELECT path, 'message', level, coalesce(printer, '-'), class, 1, calls, size,
         min(prefix, size), min(padding, size), iif(is_first, size, 0)
    FROM counted
  UNION ALL
  SELECT c.path, 'other', '-', '-', 'strings', 0, 0,
         s.size - coalesce(u.size, 0), 0, 0, NULL
    FROM chosen AS c
    JOIN sections AS s ON s.footprint = c.footprint AND s.class = 'strings'
    LEFT JOIN used AS u
      ON u.path_id = c.path_id AND u.section_ordinal = s.ordinal
  UNION ALL
  SELECT c.path, 'records', '-', s.section, s.class, 0, 0, s.size, 0, 0, s.size
    FROM chosen AS c
    JOIN sections AS s ON s.footprint = c.footprint
   WHERE s.section IN ('.printk_index', '__dyndbg', '__dyndbg_classes')
)
SELECT dir_level(path, :branch, :depth) AS path,
       line,
       level,
       printer,
       class,
       sum(messages) AS messages,
       sum(calls) AS calls,
       sum(bytes) AS bytes,
       sum(prefixes) AS prefixes,
       sum(padding) AS padding,
       sum(once) AS once,
       100.0 * sum(bytes) / nullif(sum(sum(bytes)) OVER (), 0) AS percent
  FROM row
 GROUP BY 1, 2, 3, 4, 5
HAVING sum(bytes) > 0

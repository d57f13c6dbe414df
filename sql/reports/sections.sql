-- title: Static memory by section
-- group: static
-- see: symbols strings
-- text: The sum of each section name in a branch, and how much of it is
--   unattributed (no symbol covers it): string literals, tables that tools add,
--   padding.
-- text: Sections that have one symbol each are one row with what their names
--   begin with, and names counts them: ___ksymtab+f is in ___ksymtab, and
--   with -ffunction-sections and -fdata-sections .text.f is in .text,
--   .rodata.f.str1.8 in .rodata.str1.8, if f is a symbol of such a section.
-- param: build
-- param: image
-- param: branch
-- column: section text  name of the section in the objects, or what several begin with
-- column: class text  text, rodata, data, bss, percpu, strings or meta
-- column: objects count  objects that have it
-- column: size bytes sum  size in all objects
-- column: own bytes sum  bytes that symbols cover
-- column: unattributed bytes sum  bytes that no symbol covers
-- column: percent percent sum  share of the branch's total
-- column: names count sum  names of sections in this row
-- order: size, section
-- empty: no object of that image is in that branch: try --image all
-- footer: skips-line
WITH prefix (base) AS (
  VALUES ('.text'), ('.text.unlikely'), ('.text.hot'), ('.text.startup'),
         ('.text.exit'), ('.data'), ('.data.rel'), ('.data.rel.local'),
         ('.data.rel.ro'), ('.data.rel.ro.local'), ('.rodata'), ('.bss'),
         ('.sdata'), ('.sbss'), ('.srodata'),
         ('.ARM.exidx.text'), ('.ARM.exidx.text.unlikely'),
         ('.ARM.extab.text'), ('.ARM.extab.text.unlikely')
), word (stem) AS (
  -- What no symbol's section is called after.
  VALUES ('unlikely'), ('unlikely.*'), ('hot'), ('startup'), ('exit'),
         ('rel'), ('rel.*'), ('once'), ('read_mostly'), ('str1.*'), ('cst*'),
         ('cacheline_aligned'), ('page_aligned'), ('percpu*'), ('.*')
), used AS MATERIALIZED (
  SELECT o.path_id, s.footprint, s.ordinal, s.section, s.class, s.size,
         s.unattributed
    FROM objects AS o
    JOIN sections AS s ON s.footprint = o.footprint
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
     AND s.class <> 'debug'
), split AS MATERIALIZED (
  -- The longest of the prefixes, and what comes after it.
  SELECT n.section,
         max(p.base) AS base,
         substr(n.section, length(max(p.base)) + 2) AS stem
    -- Most names have no second point, and no prefix: ___ksymtab+f.
    FROM (SELECT DISTINCT section FROM used WHERE section GLOB '.*.*') AS n
    JOIN prefix AS p
      ON substr(n.section, 1, length(p.base) + 1) = p.base || '.'
   GROUP BY n.section
), parts AS MATERIALIZED (
  -- Of strings and constants of a function what they are, too.
  SELECT section,
         base || CASE WHEN instr(stem, '.str1.')
                      THEN substr(stem, instr(stem, '.str1.'))
                      WHEN instr(stem, '.cst')
                      THEN substr(stem, instr(stem, '.cst'))
                      ELSE '' END AS base,
         CASE WHEN instr(stem, '.str1.')
              THEN substr(stem, 1, instr(stem, '.str1.') - 1)
              WHEN instr(stem, '.cst')
              THEN substr(stem, 1, instr(stem, '.cst') - 1)
              ELSE stem END AS stem
    FROM split
   WHERE NOT EXISTS (SELECT 1 FROM word WHERE split.stem GLOB word.stem)
), candidate AS MATERIALIZED (
  SELECT DISTINCT u.footprint, u.ordinal, p.stem
    FROM used AS u
    JOIN parts AS p ON p.section = u.section
), own AS MATERIALIZED (
  SELECT DISTINCT s.symbol
    FROM symbols AS s
   WHERE s.footprint IN (SELECT footprint FROM candidate)
     -- Without an index: one look at each symbol; and at the names of those
     -- alone that are in such a section.
     AND (+s.footprint, +s.section_ordinal) IN
         (SELECT footprint, ordinal FROM candidate)
     AND (+s.footprint, +s.section_ordinal, +s.symbol) IN
         (SELECT footprint, ordinal, stem FROM candidate)
), base AS MATERIALIZED (
  SELECT section, base FROM parts WHERE stem IN (SELECT symbol FROM own)
  UNION ALL
  SELECT DISTINCT section, substr(section, 1, instr(section, '+') - 1)
    FROM used
   WHERE section GLOB '___k*+*'
)
SELECT coalesce(b.base, u.section) AS section,
       u.class,
       count(DISTINCT u.path_id) AS objects,
       sum(u.size) AS size,
       sum(u.size - u.unattributed) AS own,
       sum(u.unattributed) AS unattributed,
       100.0 * sum(u.size) / nullif(sum(sum(u.size)) OVER (), 0) AS percent,
       count(DISTINCT u.section) AS names
  FROM used AS u
  LEFT JOIN base AS b ON b.section = u.section
 GROUP BY 1, u.class

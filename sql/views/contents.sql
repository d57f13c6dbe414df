-- view: contents
-- title: What local functions and constants contain, as numbers to compare; join objects on content_set.
-- text: One row per object and local function or constant. Equal numbers say
--   that bytes and relocations are equal, whatever is around them and however
--   the compiler numbered names.
-- column: build id       the build
-- column: path_id id     the object's path (view objects)
-- column: footprint id   its footprint
-- column: ordinal id     the symbol (view symbols)
-- column: content id     8 bytes, equal where the content is; NULL: not known, or nobody looked
CREATE VIEW contents AS
SELECT c.build,
       c.path AS path_id,
       c.footprint,
       c.ordinal,
       nullif(substr(t.contents, 8 * c.place + 1, 8), x'0000000000000000')
         AS content
  FROM (SELECT o.build, o.path, o.footprint, o.content_set, s.ordinal,
               row_number() OVER (PARTITION BY o.build, o.path
                                      ORDER BY s.ordinal) - 1 AS place
          FROM object AS o
          JOIN symbol AS s ON s.footprint = o.footprint
          JOIN section AS e
            ON e.footprint = s.footprint AND e.ordinal = s.section
         -- As symbol_has_content of auditor/model/object.h.
         WHERE s.info >> 4 & 15 = 0 AND s.info & 15 IN (1, 2)
           AND coalesce(s.own, s.size) > 0
           AND e.class IN (@number(class, text), @number(class, rodata))) AS c
  LEFT JOIN content_set AS t ON t.id = c.content_set;

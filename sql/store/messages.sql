-- Messages that functions print (store/message_rows.c), and the functions that
-- the search for them begins with.

-- statement: message_functions
-- ?1: the tree's release as 1000 * VERSION + PATCHLEVEL.
SELECT name,
       CASE role WHEN 'allocator' THEN @number(known_role, allocator)
                 WHEN 'constructor' THEN @number(known_role, constructor)
                 WHEN 'printer' THEN @number(known_role, printer)
                 WHEN 'warning' THEN @number(known_role, warning)
                 WHEN 'panic' THEN @number(known_role, panic)
                 WHEN 'noreturn' THEN @number(known_role, noreturn)
                 WHEN 'wrapped' THEN @number(known_role, wrapped)
                 WHEN 'teller' THEN @number(known_role, teller)
                 WHEN 'transparent' THEN @number(known_role, transparent)
       END,
       CASE failure WHEN 'null' THEN @number(failure, null)
                    WHEN 'pointer' THEN @number(failure, pointer)
                    WHEN 'number' THEN @number(failure, number) END,
       coalesce(format, -1), coalesce(gfp, -1), coalesce(level, -1)
  FROM message_functions
 WHERE coalesce(since, 0) <= ?1 AND ?1 <= coalesce(until, ?1)
 ORDER BY name;

-- statement: message_additions
SELECT name, role, failure, format, gfp, level
  FROM message_function_added ORDER BY name;

-- statement: message_set_get
SELECT id FROM message_set WHERE hash = ?1;

-- statement: message_set_put
INSERT INTO message_set (hash, decoded, functions, looked_at, cut_off,
                         undecoded)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- statement: message_text_put
INSERT INTO message_text (message_set, ordinal, section, place, text, bytes,
                          prefix, padding, level, printer, function)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- statement: message_finding_put
INSERT INTO message_finding (message_set, ordinal, function, section, place,
                             text, string_bytes, padding, users, code_bytes,
                             index_bytes, code_section, code_place, file, line,
                             verdict, level, confidence, printer, allocator,
                             name_bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
        ?17, ?18, ?19, ?20, ?21);

-- statement: message_lines
SELECT m.code_section, m.code_place, n.text, m.line
  FROM message_finding AS m
  JOIN name AS n ON n.id = m.file
 WHERE m.message_set = ?1;

-- statement: message_contents
SELECT id, content FROM message_cache;

-- statement: message_cache_get
SELECT content, sections, saved FROM message_cache WHERE id = ?1;

-- statement: message_cache_find
SELECT id FROM message_cache WHERE content = ?1;

-- statement: message_cache_put
INSERT INTO message_cache (content, sections, saved) VALUES (?1, ?2, ?3);

-- statement: message_cache_replace
-- What others answered may be new: the findings were made anew.
UPDATE message_cache SET saved = ?2 WHERE id = ?1 AND saved IS NOT ?2;

-- view: message_findings
-- title: The messages of each object that are printed because an allocation failed; join objects on message_set.
-- column: message_set id number of the set
-- column: ordinal id     the row's number in it, from 0
-- column: function text  function that prints it, without suffixes of the compiler
-- column: message text   the text as in C (\n, \"), without its level
-- column: text_id id     number of the message, equal for equal ones
-- column: verdict text   static, value, mixed, constructor, wrapped, silent, repeated or stored (view words)
-- column: confidence text how sure the paths are: low, medium or high
-- column: level text     emerg to debug, cont, warn (by WARN), default (none, or an argument)
-- column: printer text   function that the text is given to
-- column: allocator text the function whose failure leads there
-- column: string_bytes bytes of the string, with level and NUL
-- column: padding bytes  after it, up to the next string
-- column: users count    functions of the object that load it
-- column: code_bytes bytes of the call; 0: not known
-- column: index_bytes bytes of its record in .printk_index or __dyndbg
-- column: section_ordinal id      section of the text (view sections); NULL: not known
-- column: place bytes    where it begins in the section
-- column: code_section id section of the code that loads it
-- column: code_place bytes where in the section
-- column: file text      source file; NULL: not known
-- column: line id        its line; NULL: not known
-- column: name_bytes bytes of constant texts that it alone is given, such as __func__
CREATE VIEW message_findings AS
SELECT m.message_set,
       m.ordinal,
       f.text AS function,
       t.text AS message,
       m.text AS text_id,
       @word(verdict, m.verdict) AS verdict,
       @word(confidence, m.confidence) AS confidence,
       @word(level, m.level) AS level,
       p.text AS printer,
       a.text AS allocator,
       m.string_bytes,
       m.padding,
       m.users,
       m.code_bytes,
       m.index_bytes,
       m.section AS section_ordinal,
       m.place,
       m.code_section,
       m.code_place,
       s.text AS file,
       m.line,
       m.name_bytes
  FROM message_finding AS m
  LEFT JOIN name AS f ON f.id = m.function
  LEFT JOIN name AS t ON t.id = m.text
  LEFT JOIN name AS p ON p.id = m.printer
  LEFT JOIN name AS a ON a.id = m.allocator
  LEFT JOIN name AS s ON s.id = m.file;

-- view: messages
-- title: The texts of each object that functions print; join objects on message_set.
-- text: A text that several functions load has a row for each of them.
-- column: message_set id number of the set
-- column: ordinal id     the row's number in it, from 0
-- column: message text   the text as in C (\n, \"), without its level
-- column: text_id id     number of the message, equal for equal ones
-- column: level text     emerg to debug, cont, warn (by WARN), default (none, or an argument); view words
-- column: printer text   function it is given to; NULL: not known
-- column: function text  function that loads it, without suffixes of the compiler; NULL: only data refers to it
-- column: bytes bytes    of the string, with level and NUL
-- column: prefix bytes   of these, the level
-- column: padding bytes  after it, up to the next string
-- column: section_ordinal id      its section (view sections); NULL: not known
-- column: place bytes    where it begins in the section
CREATE VIEW messages AS
SELECT m.message_set,
       m.ordinal,
       t.text AS message,
       m.text AS text_id,
       @word(level, m.level) AS level,
       p.text AS printer,
       f.text AS function,
       m.bytes,
       m.prefix,
       m.padding,
       m.section AS section_ordinal,
       m.place
  FROM message_text AS m
  -- LEFT: who does not ask for the name need not look it up.
  LEFT JOIN name AS t ON t.id = m.text
  LEFT JOIN name AS p ON p.id = m.printer
  LEFT JOIN name AS f ON f.id = m.function;

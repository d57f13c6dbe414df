-- view: names
-- title: The texts that symbols, sections, caches and tasks are named by, each once.
-- column: name_id id   its number, as in view symbols
-- column: name text    the text
CREATE VIEW names AS
SELECT id AS name_id,
       text AS name
  FROM name;

-- A name, without counters and with them.
SELECT coalesce((SELECT m.text FROM name AS m WHERE m.id = n.norm), n.text),
       n.text
  FROM name AS n
 WHERE n.id = :name;

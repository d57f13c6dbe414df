-- title: What a database has
-- column: builds count  builds
-- column: traces count  traces
SELECT (SELECT count(*) FROM builds) AS builds,
       (SELECT count(*) FROM traces) AS traces

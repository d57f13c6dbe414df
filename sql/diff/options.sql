-- title: Options of the configuration that differ
-- param: build
-- param: base
-- column: option text  CONFIG_...
-- column: before text  in the base; n where it is not set
-- column: after text  in the build
-- empty: the configurations do not differ
WITH text AS MATERIALIZED (
  -- json_each takes a text apart at its newlines in one pass.
  SELECT build = :build AS is_after,
         '["' || replace(replace(replace(replace(config,
                 '\', '\\'), '"', '\"'), char(9), ' '),
                 char(10), '","') || '"]' AS lines
    FROM configs
   WHERE build IN (:base, :build)
     -- Most often it is one and the same.
     AND (SELECT count(DISTINCT coalesce(config_hash, ''))
            FROM builds WHERE build IN (:base, :build)) > 1
), line AS (
  SELECT t.is_after, j.value AS line
    FROM text AS t, json_each(t.lines) AS j
   WHERE json_valid(t.lines)
), option AS (
  SELECT is_after,
         substr(line, 1, instr(line, '=') - 1) AS option,
         substr(line, instr(line, '=') + 1) AS value
    FROM line
   WHERE line GLOB 'CONFIG_*=*'
), b AS (
  SELECT option, value FROM option WHERE NOT is_after
), a AS (
  SELECT option, value FROM option WHERE is_after
)
SELECT coalesce(b.option, a.option) AS option,
       coalesce(b.value, 'n') AS before,
       coalesce(a.value, 'n') AS after
  FROM b FULL JOIN a USING (option)
 WHERE coalesce(b.value, 'n') <> coalesce(a.value, 'n')
 ORDER BY option

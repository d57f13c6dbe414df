-- In what :base and :build were built differently, as a phrase each.
SELECT 'another architecture (' || coalesce(b.arch, 'not known') || ')'
  FROM builds AS b JOIN builds AS a ON a.build = :build
 WHERE b.build = :base AND b.arch IS NOT a.arch
UNION ALL
SELECT 'another configuration'
  FROM builds AS b JOIN builds AS a ON a.build = :build
 WHERE b.build = :base AND b.config_hash IS NOT a.config_hash
UNION ALL
SELECT 'another compiler (' || coalesce(b.compiler, 'not known') || ')'
  FROM builds AS b JOIN builds AS a ON a.build = :build
 WHERE b.build = :base AND b.compiler IS NOT a.compiler
UNION ALL
SELECT 'sources that differ from its commit'
  FROM builds AS b
 WHERE b.build = :base AND b.dirty = 1;

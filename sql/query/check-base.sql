-- The build to compare :build with where nobody names one: the newest that was
-- audited before it, of the same architecture; one of the same configuration
-- first, for several may be built in turn.
SELECT o.build
  FROM builds AS b
  JOIN builds AS o ON o.build <> b.build AND o.arch IS b.arch
 WHERE b.build = :build
   AND (o.audited_ns, o.build) < (b.audited_ns, b.build)
 ORDER BY o.config_hash IS b.config_hash DESC, o.audited_ns DESC, o.build DESC
 LIMIT 1;

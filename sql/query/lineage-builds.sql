-- What the order of builds, and the choice of their bases, needs of each.
-- column: what C reads, by place (query/lineage_read.c)
SELECT build,
       commit_id,
       coalesce(commit_ns, audited_ns),
       audited_ns,
       coalesce(dirty, 0),
       label,
       arch,
       compiler,
       config_hash
  FROM builds
 ORDER BY build;

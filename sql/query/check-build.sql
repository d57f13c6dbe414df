-- A build in words, its commit, where its sources are, and its architecture.
SELECT 'build ' || b.id
         || coalesce(' (' || coalesce(b.label, substr(b.commit_id, 1, 12))
                     || ')', ''),
       b.commit_id,
       coalesce(b.source, b.tree),
       b.arch,
       coalesce(b.subject, '')
  FROM build AS b
 WHERE b.id = :build;

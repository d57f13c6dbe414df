-- What is said after every dynamic report about :trace: how much of what
-- happened it covers.  One line a row, NULL where there is nothing to say.
WITH behind AS MATERIALIZED (
  -- What wrappers allocated for callers that no stack shows.
  SELECT s.owner, sum(r.live_bytes) AS bytes
    FROM rollups AS r
    JOIN sites AS s ON s.trace = :trace AND s.site = r.site
   WHERE r.trace = :trace AND r.kind IN ('malloc', 'cache') AND r.stack = 0
     AND r.live_bytes > 0 AND s.wrapper
   GROUP BY s.owner
   ORDER BY bytes DESC
), found AS MATERIALIZED (
  -- Of malloc + cache, as everywhere.
  SELECT count(*) AS sites,
         count(*) FILTER (WHERE s.state = 'object') AS placed,
         count(*) FILTER (WHERE s.state = 'ambiguous') AS ambiguous,
         count(*) FILTER (WHERE s.state = 'unknown') AS unknown,
         coalesce(sum(r.live_bytes), 0) AS bytes,
         coalesce(sum(r.live_bytes) FILTER (WHERE s.state = 'object'), 0)
           AS placed_bytes,
         coalesce(sum(r.implicit), 0) AS implicit
    FROM (SELECT site, sum(live_bytes) AS live_bytes, sum(implicit) AS implicit
            FROM rollups
           WHERE trace = :trace AND kind IN ('malloc', 'cache') AND allocs > 0
           GROUP BY site) AS r
    JOIN sites AS s ON s.trace = :trace AND s.site = r.site
), unmatched AS (
  SELECT coalesce(sum(unmatched_free), 0) AS frees
    FROM trace_kinds
   WHERE trace = :trace AND kind IN ('malloc', 'cache')
)
SELECT printf('coverage: %,d event%s, %,d lost; %,d unmatched free%s, '
              || '%,d implicit end%s; ',
              t.events, CASE t.events WHEN 1 THEN '' ELSE 's' END,
              t.lost,
              u.frees, CASE u.frees WHEN 1 THEN '' ELSE 's' END,
              f.implicit, CASE f.implicit WHEN 1 THEN '' ELSE 's' END)
       || CASE WHEN t.build IS NULL THEN 'not joined with a build, so no site has an object'
               ELSE printf('%s of live bytes and %s of sites have an object',
                           -- Cut, not rounded: 100 % means all.
                           coalesce(rtrim(rtrim(printf('%.2f',
                             CAST(10000.0 * f.placed_bytes / nullif(f.bytes, 0)
                                  AS INTEGER) / 100.0), '0'), '.') || ' %',
                             'none'),
                           coalesce(rtrim(rtrim(printf('%.2f',
                             CAST(10000.0 * f.placed / nullif(f.sites, 0)
                                  AS INTEGER) / 100.0), '0'), '.') || ' %',
                             'none'))
           END
       || CASE f.ambiguous WHEN 0 THEN ''
               ELSE printf('; %,d site%s ambiguous (kmemdb query ambiguous)',
                           f.ambiguous,
                           CASE f.ambiguous WHEN 1 THEN '' ELSE 's' END) END
       || CASE f.unknown WHEN 0 THEN ''
               ELSE printf('; %,d unknown to the build', f.unknown) END
  FROM traces AS t, found AS f, unmatched AS u
 WHERE t.trace = :trace
UNION ALL
SELECT printf('note: %d %% of live bytes were allocated by wrappers (%s%s) for '
              || 'callers that only stacks show: trace with stacks '
              || '(capture.sh run --stack), then report owners has them',
              100 * sum(b.bytes) / f.bytes,
              max(b.owner) FILTER (WHERE b.bytes = most.bytes),
              CASE count(*) WHEN 1 THEN ''
                   ELSE printf(' and %d more', count(*) - 1) END)
  FROM behind AS b, found AS f, (SELECT max(bytes) AS bytes FROM behind) AS most
HAVING f.bytes > 0 AND 2 * sum(b.bytes) > f.bytes
UNION ALL
-- With --no-tracing.  Files of tracefs are made by the functions that make
-- those of all file systems.
SELECT printf('note: --no-tracing leaves out what kernel/trace and fs/tracefs '
              || 'allocate themselves; of the %,d live bytes of all inodes and '
              || 'dentries %s',
              sum(r.live_bytes),
              CASE WHEN sum(r.live_bytes) FILTER (WHERE r.stack > 0) > 0
                   THEN printf('%,d are those of tracefs by their stacks, and '
                               || 'of %,d that came without a stack '
                               || 'it cannot tell',
                          coalesce(sum(r.live_bytes)
                            FILTER (WHERE r.stack IN (
                              SELECT f.stack FROM stack_frames AS f
                               WHERE f.trace = :trace AND f.site IN (
                                 SELECT site FROM sites
                                  WHERE trace = :trace
                                    AND directory = 'fs/tracefs'))), 0),
                          coalesce(sum(r.live_bytes)
                            FILTER (WHERE r.stack = 0), 0))
                   ELSE 'it cannot tell without stacks which are those of tracefs'
               END)
  FROM rollups AS r
  JOIN sites AS s ON s.trace = :trace AND s.site = r.site
 WHERE :tracing = 0 AND r.trace = :trace AND r.kind IN ('malloc', 'cache')
   AND s.path IN ('fs/inode.o', 'fs/dcache.o')
HAVING sum(r.live_bytes) > 0
UNION ALL
SELECT printf('warning: the kernel dropped %s: sums are too low; '
              || 'trace again with a larger buffer (trace_buf_size=)',
              CASE t.lost WHEN 0 THEN 'events without saying how many'
                          WHEN 1 THEN '1 event'
                          ELSE printf('%,d events', t.lost) END)
  FROM traces AS t
 WHERE t.trace = :trace AND (t.lost > 0 OR t.lost_unknown > 0)
UNION ALL
SELECT printf('warning: %,d allocation%s with hidden pointers: whether they '
              || 'were freed is not known; boot with no_hash_pointers',
              t.hidden_alloc, CASE t.hidden_alloc WHEN 1 THEN '' ELSE 's' END)
  FROM traces AS t
 WHERE t.trace = :trace AND t.hidden_alloc > 0
UNION ALL
SELECT printf('warning: only %d %% of the call sites match build %d, so it is '
              || 'probably another kernel; import again with --build',
              100 * t.matched / t.checked, t.build)
  FROM traces AS t
 WHERE t.trace = :trace AND t.checked > 0 AND 100 * t.matched < 95 * t.checked;

-- What 'kmemdb forget' and 'kmemdb prune' look up.

-- statement: forget_trace_of
SELECT id FROM trace WHERE build = ?1 LIMIT 1;

-- statement: prune_sources
-- Where the sources of the newest build are, or were.
SELECT coalesce(source, tree) FROM build ORDER BY audited_ns DESC, id DESC LIMIT 1;

-- statement: prune_tags_make
CREATE TEMP TABLE tagged (commit_id TEXT PRIMARY KEY) WITHOUT ROWID;

-- statement: prune_tag_put
INSERT OR IGNORE INTO temp.tagged (commit_id) VALUES (lower(?1));

-- statement: prune_choose
-- All builds, and whether they stay: ?1 newest ones, ?2 those with a label,
-- ?3 those with a trace, ?4 the last one of each day (UTC), and all that are
-- younger than ?5, ?6 those of a tagged commit; a commit may have been given cut short.
WITH ranked AS (
  SELECT id, label, commit_id, dirty, audited_ns,
         row_number() OVER (ORDER BY audited_ns DESC, id DESC) AS age,
         row_number() OVER (PARTITION BY audited_ns / 86400000000000
                            ORDER BY audited_ns DESC, id DESC) AS of_day
    FROM build
)
SELECT r.id, r.label, r.commit_id, r.audited_ns,
       coalesce(r.age <= ?1
                OR (?2 AND r.label IS NOT NULL)
                OR (?3 AND EXISTS (SELECT 1 FROM trace AS t
                                    WHERE t.build = r.id))
                OR (?6 AND r.dirty IS NOT 1
                    AND EXISTS (SELECT 1 FROM temp.tagged AS t
                                 WHERE t.commit_id >= lower(r.commit_id)
                                   AND t.commit_id < lower(r.commit_id) || 'g'))
                OR (?4 AND (r.of_day = 1 OR r.audited_ns > ?5)), 0) AS stays,
       (SELECT count(*) FROM trace AS t WHERE t.build = r.id) AS traces
  FROM ranked AS r
 ORDER BY r.audited_ns, r.id;

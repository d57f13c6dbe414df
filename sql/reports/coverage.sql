-- title: How much of what happened a trace covers, and how far to trust it
-- text: The first rows are about the log. Those that begin with "sites" divide
--   the call sites that allocated by whether their object is known, with the
--   memory that each part stands for; --branch and the like choose among these
--   only. The last rows compare with what the log cannot show.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: what text  what is counted
-- column: value text  how many, or which
-- column: percent percent  share: of sites, of live bytes, of objects
-- column: note text  what it means for the numbers
-- column: allocs count  allocations of these sites
-- column: frees count  those whose free was seen
-- column: live count  those alive at the end
-- column: total_bytes bytes  given by all allocations
-- column: live_bytes bytes  given to those alive at the end
-- column: waste_bytes bytes  of live_bytes not asked for
-- column: ordinal id asc  place of the line
-- order: ordinal
-- empty: nothing is known of this trace
-- footer: coverage-line
WITH sums AS MATERIALIZED (
  SELECT state,
         count(DISTINCT site) FILTER (WHERE allocs > 0) AS sites,
         sum(allocs) AS allocs,
         sum(frees) AS frees,
         sum(live) AS live,
         sum(implicit) AS implicit,
         sum(failed) AS failed,
         sum(total_bytes) AS total_bytes,
         sum(live_bytes) AS live_bytes,
         sum(waste_bytes) AS waste_bytes
    FROM site_sums
   WHERE trace = :trace
     AND (kind = 'malloc' AND :malloc OR kind = 'cache' AND :cache)
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
     AND allocs + failed > 0
   GROUP BY state
), slab AS (
  SELECT sum(s.active_objects) AS active,
         (SELECT sum(live) FROM trace_kinds
           WHERE trace = :trace AND kind IN ('malloc', 'cache')) AS seen
    FROM slabs AS s
   WHERE s.trace = :trace
), t AS (
  SELECT trace, build, chosen, events, others, lost, lost_unknown, unreadable,
         null_free, unmatched_free, hidden_free, hidden_alloc, doubled,
         late_free, truncated, hashed, remark, kaslr_offset, checked, agreed
    FROM traces
   WHERE trace = :trace
), lines (what, value, percent, note, allocs, frees, live, total_bytes,
          live_bytes, waste_bytes, ordinal) AS (
  SELECT 'events', events, NULL, 'allocations and frees that were understood',
         NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM t
  UNION ALL
  SELECT 'other events', others, NULL, 'of other names: counted and left',
         NULL, NULL, NULL, NULL, NULL, NULL, 2 FROM t
  UNION ALL
  SELECT 'lost', lost, 100.0 * lost / nullif(lost + events, 0),
         'events the kernel dropped: sums are too low by them',
         NULL, NULL, NULL, NULL, NULL, NULL, 3 FROM t
  UNION ALL
  SELECT 'lost, number unknown', lost_unknown, NULL,
         'times the kernel dropped events and did not say how many',
         NULL, NULL, NULL, NULL, NULL, NULL, 4 FROM t
  UNION ALL
  SELECT 'unreadable', unreadable, NULL,
         'lines or records that should have been an event',
         NULL, NULL, NULL, NULL, NULL, NULL, 5 FROM t
  UNION ALL
  SELECT 'truncated', truncated, NULL, coalesce(remark, '1: the log broke off'),
         NULL, NULL, NULL, NULL, NULL, NULL, 6 FROM t
  UNION ALL
  SELECT 'first ' || event, events, NULL,
         printf('at %d.%06d s', first_ns / 1000000000,
                first_ns / 1000 % 1000000),
         NULL, NULL, NULL, NULL, NULL, NULL, 7
    FROM trace_events
   WHERE trace = :trace AND understood AND first_ns IS NOT NULL
  UNION ALL
  SELECT 'null frees', null_free, NULL, 'frees of NULL: no memory is involved',
         NULL, NULL, NULL, NULL, NULL, NULL, 10 FROM t
  UNION ALL
  SELECT 'unmatched frees', unmatched_free, NULL,
         'their allocation was before the trace, lost, or made no event',
         NULL, NULL, NULL, NULL, NULL, NULL, 11 FROM t
  UNION ALL
  SELECT 'hidden frees', hidden_free, NULL,
         'of the unmatched: the pointer was printed as (____ptrval____)',
         NULL, NULL, NULL, NULL, NULL, NULL, 12 FROM t
  UNION ALL
  SELECT 'hidden allocations', hidden_alloc, NULL,
         'likewise; what became of them is unknown',
         NULL, NULL, NULL, NULL, NULL, NULL, 13 FROM t
  UNION ALL
  SELECT 'hashed pointers', hashed, NULL,
         '1: pointers are hashes, of which two may be equal',
         NULL, NULL, NULL, NULL, NULL, NULL, 14 FROM t
  UNION ALL
  SELECT 'implicit ends', coalesce(sum(implicit), 0), NULL,
         'allocations whose pointer came again: their free made no event',
         NULL, NULL, NULL, NULL, NULL, NULL, 15 FROM sums
  UNION ALL
  SELECT 'failed', coalesce(sum(failed), 0), NULL, 'allocations that returned NULL',
         NULL, NULL, NULL, NULL, NULL, NULL, 16 FROM sums
  UNION ALL
  SELECT 'late frees', late_free, NULL,
         'traced after the pointer was used again: given to the older one',
         NULL, NULL, NULL, NULL, NULL, NULL, 17 FROM t
  UNION ALL
  SELECT 'doubled', doubled, NULL, 'second events of one kmalloc, merged',
         NULL, NULL, NULL, NULL, NULL, NULL, 18 FROM t
  UNION ALL
  SELECT 'build', build, NULL,
         CASE chosen WHEN 'build-id' THEN 'found by the build-id of the capture'
                     WHEN 'named' THEN 'named by --build'
                     WHEN 'newest' THEN 'the newest: nothing said which it is'
                     ELSE 'none: callers have names, and no objects' END,
         NULL, NULL, NULL, NULL, NULL, NULL, 20 FROM t
  UNION ALL
  SELECT 'match', printf('%d of %d', agreed, checked),
         100.0 * agreed / nullif(checked, 0),
         'call sites that the build confirms, of those it could; below 95 % it is likely another kernel',
         NULL, NULL, NULL, NULL, NULL, NULL, 21 FROM t
  UNION ALL
  -- What the audit could not decide, or must be known to read its numbers.
  SELECT 'build: layout', i.layout, 100.0 * i.agreed / nullif(i.checked, 0),
         CASE i.layout WHEN 'none' THEN 'objects are known by names alone'
                       ELSE printf('of vmlinux; %d of %d symbols are where it says',
                                   i.agreed, i.checked) END,
         NULL, NULL, NULL, NULL, NULL, NULL, 23
    FROM t
    JOIN images AS i ON i.build = t.build AND i.image = 'vmlinux'
  UNION ALL
  SELECT 'build: skipped', count(*), NULL,
         'files could not be measured, such as ' || min(path) || ': ' || reason,
         NULL, NULL, NULL, NULL, NULL, NULL, 24
    FROM skips
   WHERE build = (SELECT build FROM t)
  HAVING count(*) > 0
  UNION ALL
  SELECT 'build: remark', '-', NULL, remark,
         NULL, NULL, NULL, NULL, NULL, NULL, 25
    FROM remarks
   WHERE build = (SELECT build FROM t)
  UNION ALL
  SELECT 'kaslr_offset',
         CASE WHEN kaslr_offset < 0 THEN printf('-0x%x', -kaslr_offset)
              WHEN kaslr_offset >= 0 THEN printf('0x%x', kaslr_offset) ELSE '-' END,
         NULL, 'running minus linked address (KASLR); - where no address told',
         NULL, NULL, NULL, NULL, NULL, NULL, 22 FROM t
  UNION ALL
  SELECT 'sites', coalesce(sum(sites), 0), NULL, 'call sites that allocated',
         sum(allocs), sum(frees), sum(live), sum(total_bytes), sum(live_bytes),
         sum(waste_bytes), 30 FROM sums
  UNION ALL
  SELECT 'sites: ' || state, sites,
         100.0 * sites / nullif(sum(sites) OVER (), 0),
         CASE state WHEN 'object' THEN 'their object is known'
                    WHEN 'ambiguous' THEN 'several objects could hold them: kmemdb query ambiguous'
                    WHEN 'unknown' THEN 'the build has no such code'
                    WHEN 'no-object' THEN 'in the image, in no object of it'
                    WHEN 'no-build' THEN 'joined with no build'
                    ELSE 'no caller was printed' END,
         allocs, frees, live, total_bytes, live_bytes, waste_bytes, 31
    FROM sums
  UNION ALL
  SELECT 'live bytes in an object',
         coalesce(sum(live_bytes) FILTER (WHERE state = 'object'), 0),
         100.0 * sum(live_bytes) FILTER (WHERE state = 'object')
               / nullif(sum(live_bytes), 0),
         'live bytes of the sites whose object is known',
         NULL, NULL, NULL, NULL, NULL, NULL, 32 FROM sums
  UNION ALL
  SELECT 'slabinfo', printf('%d of %d', seen, active),
         100.0 * seen / nullif(active, 0),
         'live objects seen, of those that slabinfo counts: kmemdb query slabs',
         NULL, NULL, NULL, NULL, NULL, NULL, 40
    FROM slab
   WHERE active IS NOT NULL
  UNION ALL
  SELECT 'vmalloc', '-', NULL,
         'makes no event: what it holds is in none of these numbers, but in page',
         NULL, NULL, NULL, NULL, NULL, NULL, 41
)
SELECT what, value, percent, note, allocs, frees, live, total_bytes, live_bytes,
       waste_bytes, ordinal
  FROM lines

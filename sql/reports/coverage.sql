-- title: What a trace covers, and how far to trust it
-- group: trust
-- see: ambiguous unmatched
-- text: The first rows describe the log. The rows that begin with "sites" group
--   the call sites that allocated by whether their object is known, with the
--   memory of each group; --branch, --malloc, --cache and --no-tracing select
--   among these only. The last rows compare with what the log cannot show.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: what text  what is counted
-- column: value text  a count, or a name
-- column: percent percent  share: of sites, of live bytes, of objects
-- column: note text wrap  what it means
-- column: allocs count wide  allocations of these sites
-- column: frees count wide  allocations whose free was seen
-- column: live count wide  allocations alive at the end
-- column: total_bytes bytes wide  bytes of all allocations
-- column: live_bytes bytes wide  bytes of the live ones
-- column: waste_bytes bytes wide  internal fragmentation: live_bytes minus the bytes requested
-- column: ordinal id wide asc  place of the line
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
  SELECT trace, build, build_choice, events, other_events, lost, lost_unknown, unreadable,
         null_free, hidden_free, hidden_alloc, duplicate_events,
         late_free, truncated, hashed, caveat, kaslr_offset, checked, matched
    FROM traces
   WHERE trace = :trace
), lines (what, value, percent, note, allocs, frees, live, total_bytes,
          live_bytes, waste_bytes, ordinal) AS (
  SELECT 'events', events, NULL, 'allocations and frees that were read',
         NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM t
  UNION ALL
  SELECT 'other events', other_events, NULL, 'of other names: not used',
         NULL, NULL, NULL, NULL, NULL, NULL, 2 FROM t
  UNION ALL
  SELECT 'lost', lost, 100.0 * lost / nullif(lost + events, 0),
         'events that the kernel dropped: sums are too low by these',
         NULL, NULL, NULL, NULL, NULL, NULL, 3 FROM t
  UNION ALL
  SELECT 'lost, number unknown', lost_unknown, NULL,
         'times that the kernel dropped events without saying how many',
         NULL, NULL, NULL, NULL, NULL, NULL, 4 FROM t
  UNION ALL
  SELECT 'unreadable', unreadable, NULL,
         'lines or records that should have been an event',
         NULL, NULL, NULL, NULL, NULL, NULL, 5 FROM t
  UNION ALL
  SELECT 'truncated', truncated, NULL, coalesce(caveat, '1: the log is truncated'),
         NULL, NULL, NULL, NULL, NULL, NULL, 6 FROM t
  UNION ALL
  SELECT 'event ' || event, events, NULL,
         printf('the first at %d.%06d s', first_ns / 1000000000,
                first_ns / 1000 % 1000000),
         NULL, NULL, NULL, NULL, NULL, NULL, 7
    FROM trace_events
   WHERE trace = :trace AND understood AND first_ns IS NOT NULL
  UNION ALL
  SELECT 'null frees', null_free, NULL, 'frees of NULL: no memory is freed',
         NULL, NULL, NULL, NULL, NULL, NULL, 10 FROM t
  UNION ALL
  -- Of malloc and cache, as the footer of every report; then of the others.
  SELECT 'unmatched frees', coalesce(sum(unmatched_free), 0), NULL,
         'the allocation was before the trace, was lost, or has no event',
         NULL, NULL, NULL, NULL, NULL, NULL, 11
    FROM trace_kinds
   WHERE trace = :trace AND kind IN ('malloc', 'cache')
  UNION ALL
  SELECT 'unmatched frees: ' || kind, unmatched_free, NULL,
         'likewise; not included in the line above',
         NULL, NULL, NULL, NULL, NULL, NULL, 11
    FROM trace_kinds
   WHERE trace = :trace AND kind NOT IN ('malloc', 'cache')
     AND unmatched_free > 0
  UNION ALL
  SELECT 'hidden frees', hidden_free, NULL,
         'unmatched frees whose pointer was printed as (____ptrval____)',
         NULL, NULL, NULL, NULL, NULL, NULL, 12 FROM t
  UNION ALL
  SELECT 'hidden allocations', hidden_alloc, NULL,
         'likewise allocations: it is not known whether they were freed',
         NULL, NULL, NULL, NULL, NULL, NULL, 13 FROM t
  UNION ALL
  SELECT 'hashed pointers', hashed, NULL,
         '1: pointers are hashes, of which two may be equal',
         NULL, NULL, NULL, NULL, NULL, NULL, 14 FROM t
  UNION ALL
  SELECT 'implicit ends', coalesce(sum(implicit), 0), NULL,
         'allocations whose pointer was returned again: their free has no event',
         NULL, NULL, NULL, NULL, NULL, NULL, 15 FROM sums
  UNION ALL
  SELECT 'failed', coalesce(sum(failed), 0), NULL, 'allocations that returned NULL',
         NULL, NULL, NULL, NULL, NULL, NULL, 16 FROM sums
  UNION ALL
  SELECT 'late frees', late_free, NULL,
         'frees logged after the pointer was reused: matched with the older allocation',
         NULL, NULL, NULL, NULL, NULL, NULL, 17 FROM t
  UNION ALL
  SELECT 'duplicate events', duplicate_events, NULL, 'second events of one kmalloc, merged with the first',
         NULL, NULL, NULL, NULL, NULL, NULL, 18 FROM t
  UNION ALL
  SELECT 'build', build, NULL,
         CASE build_choice
              WHEN 'build-id' THEN 'found by the build-id of the capture'
              WHEN 'named' THEN 'named by --build'
              WHEN 'newest' THEN 'the newest: the log does not identify its kernel'
              WHEN 'none' THEN 'none: call sites are in no object'
              ELSE build_choice END,
         NULL, NULL, NULL, NULL, NULL, NULL, 20 FROM t
  UNION ALL
  SELECT 'match', printf('%d of %d', matched, checked),
         100.0 * matched / nullif(checked, 0),
         'call sites that match the build, of those that can be checked; below 95 % it is probably another kernel',
         NULL, NULL, NULL, NULL, NULL, NULL, 21 FROM t
  UNION ALL
  -- What the audit could not decide, and its caveats.
  SELECT 'build: layout', i.layout, 100.0 * i.matched / nullif(i.checked, 0),
         CASE i.layout WHEN 'none' THEN 'objects are found by name only'
                       ELSE printf('of vmlinux; %d of %d symbol addresses match',
                                   i.matched, i.checked) END,
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
  SELECT 'build: caveat', '-', NULL, caveat,
         NULL, NULL, NULL, NULL, NULL, NULL, 25
    FROM caveats
   WHERE build = (SELECT build FROM t)
  UNION ALL
  SELECT 'KASLR offset',
         CASE WHEN kaslr_offset < 0 THEN printf('-0x%x', -kaslr_offset)
              WHEN kaslr_offset >= 0 THEN printf('0x%x', kaslr_offset) ELSE '-' END,
         NULL, 'running minus linked address; - if not known',
         NULL, NULL, NULL, NULL, NULL, NULL, 22 FROM t
  UNION ALL
  SELECT 'sites', coalesce(sum(sites), 0), NULL, 'call sites that allocated',
         sum(allocs), sum(frees), sum(live), sum(total_bytes), sum(live_bytes),
         sum(waste_bytes), 30 FROM sums
  UNION ALL
  SELECT 'sites: ' || state, sites,
         100.0 * sites / nullif(sum(sites) OVER (), 0),
         CASE state WHEN 'object' THEN 'their object is known'
                    WHEN 'ambiguous' THEN 'several objects could contain them: kmemdb query ambiguous'
                    WHEN 'unknown' THEN 'the build has no such code'
                    WHEN 'no-object' THEN 'in the image, but in none of its objects'
                    WHEN 'no-build' THEN 'joined with no build'
                    WHEN 'none' THEN 'no caller was printed'
                    ELSE state END,
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
         'live objects in the trace, of those in slabinfo: kmemdb query slabs',
         NULL, NULL, NULL, NULL, NULL, NULL, 40
    FROM slab
   WHERE active IS NOT NULL
  UNION ALL
  SELECT 'vmalloc', '-', NULL,
         'has no event: its memory is in none of these numbers except page',
         NULL, NULL, NULL, NULL, NULL, NULL, 41
)
SELECT what, value, percent, note, allocs, frees, live, total_bytes, live_bytes,
       waste_bytes, ordinal
  FROM lines

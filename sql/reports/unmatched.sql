-- title: Unpaired events: unmatched frees, missed frees and failed allocations
-- group: trust
-- see: coverage slabs
-- text: Some frees have no event (kfree_rcu in bulk, kmem_cache_free_bulk): their
--   allocations end when the pointer is returned again (implicit), or look
--   live. Frees of memory that was allocated before the trace began, or by
--   kmem_cache_alloc_bulk, are unmatched. Neither counts as an allocation or a
--   free of a site. Frees of NULL are no error and are common: all of them are
--   one row. Pages and per-CPU memory are shown, too, unless --malloc or
--   --cache is given.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  call site; of frees the one that frees; (frees of NULL): those of all sites
-- column: path text  object that contains the call; in parentheses why there is none (see coverage)
-- column: kind text  malloc, cache, page or percpu
-- column: allocs count wide  allocations of the site
-- column: frees count wide  allocations whose free was seen
-- column: live count wide  allocations alive at the end
-- column: total_bytes bytes wide  bytes of all allocations
-- column: live_bytes bytes wide  bytes of the live ones; too high if frees are missed
-- column: waste_bytes bytes wide  internal fragmentation: live_bytes minus the bytes requested
-- column: null_free count sum  frees of NULL, in the one row of all of them
-- column: unmatched_free count sum  unmatched frees by the site: their allocation was not seen
-- column: implicit count sum  allocations whose pointer was returned again: their free was missed
-- column: implicit_bytes bytes wide  given to those
-- column: unknown count sum  allocations whose pointer was hidden
-- column: failed count sum  calls that returned NULL
-- column: cache text wide  cache, if all its allocations have one; empty if not known or several
-- column: function text wide  function that contains the call
-- order: unmatched_free, implicit, unknown, failed, null_free, caller
-- empty: every event there is paired
-- footer: coverage-line
WITH chosen AS MATERIALIZED (
  SELECT caller, place, kind, allocs, frees, live, total_bytes, live_bytes,
         waste_bytes, null_free, unmatched_free, implicit, implicit_bytes,
         unknown, failed, cache, function
    FROM site_sums
   WHERE trace = :trace
     AND CASE kind WHEN 'malloc' THEN :malloc
                   WHEN 'cache' THEN :cache
                   ELSE :malloc AND :cache END
     AND (:tracing OR NOT tracing)
     AND (:branch = '' OR in_branch(place, :branch))
     AND (:image = 'all' OR image = :image
          OR :image = 'modules' AND image <> 'vmlinux')
     AND null_free + unmatched_free + implicit + unknown + failed > 0
)
SELECT caller,
       place AS path,
       kind,
       allocs,
       frees,
       live,
       total_bytes,
       live_bytes,
       waste_bytes,
       0 AS null_free,
       unmatched_free,
       implicit,
       implicit_bytes,
       unknown,
       failed,
       cache,
       function
  FROM chosen
 WHERE unmatched_free + implicit + unknown + failed > 0
UNION ALL
SELECT '(frees of NULL)', '-', '-', NULL, NULL, NULL, NULL, NULL, NULL,
       sum(null_free), 0, 0, NULL, 0, 0, NULL, '-'
  FROM chosen
HAVING sum(null_free) > 0

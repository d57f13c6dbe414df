-- title: What did not pair up: frees of nothing, missed frees, failed calls
-- text: Some frees leave no event (kfree_rcu in bulk, kmem_cache_free_bulk), so
--   their allocations end when the pointer comes again (implicit) or look
--   alive; and frees of what was allocated before the trace began, or by
--   kmem_cache_alloc_bulk, match nothing. None of these is counted as an
--   allocation or a free of a site. Pages and per-CPU memory are shown, too,
--   unless --malloc or --cache is given.
-- param: build the newest trace of this build; default: of any
-- param: trace
-- param: branch
-- param: malloc
-- param: cache
-- param: tracing
-- column: caller text  the site; for frees the one that frees
-- column: path text  the object that holds the call; in parentheses why there is none (coverage explains)
-- column: kind text  malloc, cache, page or percpu
-- column: allocs count  allocations of the site
-- column: frees count  those whose free was seen
-- column: live count  those alive at the end
-- column: total_bytes bytes  given by all allocations
-- column: live_bytes bytes  given to those alive at the end: too much where frees are missed
-- column: waste_bytes bytes  of live_bytes not asked for
-- column: null_free count sum  frees of NULL by the site
-- column: unmatched_free count sum  frees by the site whose allocation was not seen
-- column: implicit count sum  allocations whose free was missed
-- column: implicit_bytes bytes  given to those
-- column: unknown count sum  allocations whose pointer was hidden
-- column: failed count sum  calls that returned NULL
-- column: cache text  the one cache of all its allocations; empty where not known, or several
-- column: function text  that holds the call
-- order: unmatched_free, implicit, null_free, unknown, failed, caller
-- empty: everything paired up
-- footer: coverage-line
SELECT caller,
       place AS path,
       kind,
       allocs,
       frees,
       live,
       total_bytes,
       live_bytes,
       waste_bytes,
       null_free,
       unmatched_free,
       implicit,
       implicit_bytes,
       unknown,
       failed,
       cache,
       function
  FROM site_sums
 WHERE trace = :trace
   AND CASE kind WHEN 'malloc' THEN :malloc
                 WHEN 'cache' THEN :cache
                 ELSE :malloc AND :cache END
   AND (:tracing OR NOT tracing)
   AND (:branch = '' OR in_branch(place, :branch))
   AND null_free + unmatched_free + implicit + unknown + failed > 0

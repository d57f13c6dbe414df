-- view: site_sums
-- title: Sums by call site and kind, with the place of the site: what reports read.
-- text: A site that only frees has a row, too, with 0 allocs. Select one trace
--   (WHERE trace = N): only its rows are read then.
-- column: trace id       the trace
-- column: site id        the call site (view sites)
-- column: kind text      malloc, cache, page or percpu
-- column: cache text     cache, if all its allocations have one; NULL: not known or several
-- column: cache_mixed id   1: several caches
-- column: cache_inferred id   1: only frees named the cache
-- column: allocs count   allocations: frees + implicit + live + unknown
-- column: frees count    allocations whose free was seen
-- column: implicit count   allocations whose pointer was returned again: their free was missed
-- column: live count     alive at the end
-- column: unknown count  allocations whose pointer was hidden
-- column: failed count   calls that returned NULL; not counted above
-- column: total_bytes bytes   bytes of all allocations
-- column: total_req bytes   bytes requested by all allocations
-- column: live_bytes bytes   bytes of the live ones
-- column: live_req bytes   bytes requested by the live ones
-- column: implicit_bytes bytes   bytes of the implicit ones
-- column: unknown_bytes bytes   bytes of the unknown ones
-- column: waste_bytes bytes   live_bytes - live_req
-- column: total_waste_bytes bytes   total_bytes - total_req
-- column: peak_bytes bytes   live bytes at the peak of malloc + cache
-- column: null_free count   frees of NULL at this site
-- column: unmatched_free count   unmatched frees at this site: their allocation was not seen
-- column: caller text    symbol+0xoff, suffixes kept; - if none was printed
-- column: state text     object, ambiguous, unknown, no-object, no-build or none (view sites)
-- column: image text     vmlinux or a module
-- column: path text      the object, relative to the tree; NULL where state is not object
-- column: place text     the same, or the state in parentheses: (ambiguous)
-- column: directory text   the object's directory
-- column: function text  function that contains the call
-- column: owner text     function that requested the memory (view sites)
-- column: file text      source file of the owner's line
-- column: line id        its line
-- column: tracing id     1: in kernel/trace, fs/tracefs or below (ftrace)
-- column: wrapper id     1: the owner allocates for its callers
CREATE VIEW site_sums AS
SELECT r.trace,
       r.site,
       @word(kind, r.kind) AS kind,
       (SELECT n.text FROM name AS n WHERE n.id = r.cache) AS cache,
       r.cache_mixed,
       r.cache_inferred,
       r.allocs,
       r.frees,
       r.implicit,
       r.live,
       r.unknown,
       r.failed,
       r.total_bytes,
       r.total_req,
       r.live_bytes,
       r.live_req,
       r.implicit_bytes,
       r.unknown_bytes,
       r.waste_bytes,
       r.total_waste_bytes,
       r.peak_bytes,
       r.null_free,
       r.unmatched_free,
       s.caller,
       s.state,
       s.image,
       s.path,
       coalesce(s.path, '(' || s.state || ')') AS place,
       s.directory,
       s.function,
       s.owner,
       s.file,
       s.line,
       s.tracing,
       s.wrapper
  FROM (SELECT trace, site, kind,
               -- Stacks with different caches make a mixed site.
               CASE WHEN max(cache_mixed) = 0 AND min(cache) = max(cache)
                    THEN max(cache) END AS cache,
               max(cache_mixed) OR coalesce(min(cache) <> max(cache), 0)
                 AS cache_mixed,
               max(cache_inferred) AS cache_inferred,
               sum(allocs) AS allocs,
               sum(frees) AS frees,
               sum(implicit) AS implicit,
               sum(live) AS live,
               sum(unknown) AS unknown,
               sum(failed) AS failed,
               sum(total_bytes) AS total_bytes,
               sum(total_req) AS total_req,
               sum(live_bytes) AS live_bytes,
               sum(live_req) AS live_req,
               sum(implicit_bytes) AS implicit_bytes,
               sum(unknown_bytes) AS unknown_bytes,
               sum(waste_bytes) AS waste_bytes,
               sum(total_waste_bytes) AS total_waste_bytes,
               sum(peak_bytes) AS peak_bytes,
               sum(null_free) AS null_free,
               sum(unmatched_free) AS unmatched_free
          FROM rollup
         GROUP BY trace, site, kind) AS r
  JOIN sites AS s ON s.trace = r.trace AND s.site = r.site;

-- title: Slab caches in pages: used and unused bytes (/proc/slabinfo)
-- group: dynamic
-- see: slabs classes
-- text: What each cache takes from the page allocator (/proc/slabinfo of the
--   moment of the capture), and what of it no object uses: free objects, and
--   what is left at the end of each slab. slabinfo counts the free objects of
--   per-CPU slabs as in use, so that a little more is unused. A merged cache
--   serves all of its aliases; boot with slab_nomerge to tell them apart.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- column: cache text  name of the cache
-- column: slabs count sum wide  slabs there are, free ones too
-- column: slab_bytes bytes sum  their pages
-- column: used_bytes bytes sum wide  active_objects * object_bytes
-- column: unused_bytes bytes sum  slab_bytes - used_bytes
-- column: percent percent sum  share of the slab_bytes shown
-- column: active_objects count sum wide  objects in use
-- column: objects count sum wide  objects there is room for
-- column: object_bytes bytes  size of one
-- column: objects_per_slab count wide  in one slab
-- column: pages_per_slab count wide  that a slab takes
-- column: aliases text wrap  caches that were merged with it; empty: none, or not captured
-- order: slab_bytes, unused_bytes, cache
-- empty: no slabinfo was captured with this trace: import it with --slabinfo FILE, or trace with scripts/capture.sh
-- footer: coverage-line
SELECT cache,
       slabs,
       slab_bytes,
       active_objects * object_bytes AS used_bytes,
       slab_bytes - active_objects * object_bytes AS unused_bytes,
       100.0 * slab_bytes / nullif(sum(slab_bytes) OVER (), 0) AS percent,
       active_objects,
       objects,
       object_bytes,
       objects_per_slab,
       pages_per_slab,
       aliases
  FROM slabs
 WHERE trace = :trace
   AND (slabs > 0 OR active_objects > 0)

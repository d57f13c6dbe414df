-- title: vmalloc memory by caller (/proc/vmallocinfo)
-- group: dynamic
-- see: kinds caches
-- text: /proc/vmallocinfo of the moment of the capture, joined with the build
--   like call sites: no event of a trace shows this memory. Never add it to
--   that of kmalloc and kmem_cache without a thought: kvmalloc and modules take
--   it from here, ioremap and vmap map what is counted elsewhere.
-- param: build use the newest trace of this build; default: the newest trace
-- param: trace
-- param: image=all that the calls are in: vmlinux, modules, the name of one; default: all
-- param: branch
-- param: tracing
-- column: caller text  who asked for the areas, symbol+0xoff; - if none is printed
-- column: path text  object that contains it; in parentheses why there is none (see coverage)
-- column: use text  what the kernel says of them: vmalloc, vmap, ioremap, vm_map_ram and the like
-- column: areas count sum  how many
-- column: memory_bytes bytes sum  of the pages that they hold; 0 for ioremap
-- column: mapped_bytes bytes sum  of addresses, guard pages included
-- column: percent percent sum  share of the memory_bytes shown
-- column: owner text wide  function that asked, outside inlined allocator headers
-- column: wrapper id wide  1: it allocates for its callers
-- order: memory_bytes, mapped_bytes, caller
-- empty: no area was taken there, or no vmallocinfo was captured with this trace: import it with --vmallocinfo FILE, or trace with scripts/capture.sh
-- footer: coverage-line
SELECT s.caller,
       coalesce(s.path, '(' || s.state || ')') AS path,
       v.use,
       v.areas,
       v.memory_bytes,
       v.mapped_bytes,
       100.0 * v.memory_bytes
             / nullif(sum(v.memory_bytes) OVER (), 0) AS percent,
       s.owner,
       s.wrapper
  FROM vmalloc_areas AS v
  JOIN sites AS s ON s.trace = v.trace AND s.site = v.site
 WHERE v.trace = :trace
   AND (:tracing OR NOT s.tracing)
   AND in_branch(coalesce(s.path, '(' || s.state || ')'), :branch)
   AND (:image = 'all' OR s.image = :image
        OR :image = 'modules' AND s.image <> 'vmlinux')

-- view: branch_peaks
-- title: The own peak of each branch of a trace: the most that its call sites had alive at one time.
-- text: A branch is a directory, or an object, with all call sites in it. The
--   peaks of branches do not add up: each is at another time. Column peak_bytes
--   of site_sums has what each site had at the peak of the whole.
-- column: trace id       the trace
-- column: branch text    directory or object, relative to the tree; '' is the whole trace; in parentheses: sites that are in no object
-- column: tracing id     1: with what ftrace allocated; 0: without; only branches that have some of it have a row 0
-- column: malloc_peak_bytes bytes   the most from the kmalloc family
-- column: malloc_peak_ns ns   when, on the clock of the trace
-- column: cache_peak_bytes bytes   the most from kmem_caches
-- column: cache_peak_ns ns   when
-- column: slab_peak_bytes bytes   the most of both together
-- column: slab_peak_ns ns   when
CREATE VIEW branch_peaks AS
SELECT trace,
       path AS branch,
       tracing,
       malloc AS malloc_peak_bytes,
       malloc_ns AS malloc_peak_ns,
       cache AS cache_peak_bytes,
       cache_ns AS cache_peak_ns,
       slab AS slab_peak_bytes,
       slab_ns AS slab_peak_ns
  FROM branch_peak;

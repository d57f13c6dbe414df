-- view: traces
-- title: What was imported: one row a trace.
-- text: Sums are those of malloc + cache; view trace_kinds has page and percpu,
--   which slabs are made of and which are never added to them. A column that
--   is not asked for costs nothing: the sums of all traces are read only then.
-- column: trace id       number of the trace; --trace takes it
-- column: build id       the build it was joined with, or NULL
-- column: chosen text    how that was found: build-id (which the capture brought), named (--build), newest (nothing said which) or none
-- column: label text     name given with --label, or NULL
-- column: imported_ns date   time of the import since the epoch
-- column: source text    the log's path as given
-- column: digest text    fingerprint of the log, hexadecimal
-- column: format text    text or dat (trace.dat)
-- column: build_id text  GNU build-id of the running kernel as captured, hexadecimal, or NULL
-- column: release text   its release (uname -r) as captured, or NULL
-- column: command_line text   its command line as captured, or NULL
-- column: begin_ns ns    first event, on the trace's clock
-- column: end_ns ns      last event
-- column: clock text     ns, ticks (of unknown length) or none
-- column: pointer_bits count   32, 64, or 0 where no pointer was printed
-- column: hashed id      1: pointers are hashes, of which two may be equal
-- column: page_size bytes   of the traced machine
-- column: events count   events that were understood
-- column: others count   events of other names
-- column: lines count    lines of the log
-- column: noise count    lines that are no event
-- column: unreadable count   lines or records that should have been one
-- column: joined count   wrapped lines that were put together
-- column: lost count     events that the kernel says it dropped: the larger of what the log's body and its head say
-- column: lost_unknown count   times that it did not say how many
-- column: null_free count   frees of NULL
-- column: unmatched_free count   frees whose allocation was not seen
-- column: hidden_free count   of those: the pointer was hidden
-- column: hidden_alloc count   allocations whose pointer was hidden
-- column: doubled count  second events of one kmalloc, merged
-- column: late_free count   frees seen after the pointer's next use
-- column: stack_blocks count   stacks that were read
-- column: truncated id   1: the log broke off
-- column: remark text    what else there is to say, or NULL
-- column: peak_ns ns     when the most was alive
-- column: peak_bytes bytes   how much that was
-- column: allocs count   allocations
-- column: frees count    of those freed
-- column: live count     of those alive at the end
-- column: total_bytes bytes   given by all allocations
-- column: live_bytes bytes   given to those alive at the end
-- column: waste_bytes bytes   of live_bytes not asked for
-- column: allocations count   its rows in view allocations, of all kinds
-- column: kaslr_offset id       running minus linked address (KASLR); NULL: not known
-- column: checked count  call sites that the build could confirm
-- column: agreed count   and did
CREATE VIEW traces AS
SELECT t.id AS trace,
       t.build,
       @word(build_choice, t.chosen) AS chosen,
       t.label,
       t.imported_ns,
       t.source,
       lower(hex(t.digest)) AS digest,
       @word(format, t.format) AS format,
       lower(hex(t.build_id)) AS build_id,
       t.release,
       t.command_line,
       t.begin_ns,
       t.end_ns,
       @word(clock, t.clock) AS clock,
       t.pointer_bits,
       t.hashed,
       t.page_size,
       t.events,
       t.others,
       t.lines,
       t.noise,
       t.unreadable,
       t.joined,
       -- Both may speak of the same events, so they are not added.
       max(t.lost, t.overwritten) AS lost,
       t.lost_unknown,
       t.null_free,
       t.unmatched_free,
       t.hidden_free,
       t.hidden_alloc,
       t.doubled,
       t.late_free,
       t.stacks AS stack_blocks,
       t.truncated,
       t.remark,
       t.peak_ns,
       t.peak_bytes,
       (SELECT coalesce(sum(r.allocs), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (@number(kind, malloc), @number(kind, cache))) AS allocs,
       (SELECT coalesce(sum(r.frees), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (@number(kind, malloc), @number(kind, cache))) AS frees,
       (SELECT coalesce(sum(r.live), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (@number(kind, malloc), @number(kind, cache))) AS live,
       (SELECT coalesce(sum(r.total_bytes), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (@number(kind, malloc), @number(kind, cache))) AS total_bytes,
       (SELECT coalesce(sum(r.live_bytes), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (@number(kind, malloc), @number(kind, cache))) AS live_bytes,
       (SELECT coalesce(sum(r.waste_bytes), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (@number(kind, malloc), @number(kind, cache))) AS waste_bytes,
       CASE t.first_allocation WHEN 0 THEN 0
            ELSE t.last_allocation - t.first_allocation + 1
        END AS allocations,
       t.kaslr_offset,
       t.checked,
       t.agreed
  FROM trace AS t;

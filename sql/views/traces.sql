-- view: traces
-- title: What was imported: one row per trace.
-- text: Sums are those of malloc + cache; view trace_kinds has page and percpu,
--   which slabs are made of and which are never added to them. Columns that
--   a query does not use cost nothing: the sums of a trace are read only then.
-- column: trace id       number of the trace; --trace takes it
-- column: build id       the build it was joined with, or NULL
-- column: build_choice text   how that was found: build-id (of the capture), named (by --build), newest (nothing said which) or none
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
-- column: pointer_bits count   32, 64, or 0 if no pointer was printed
-- column: hashed id      1: pointers are hashes, of which two may be equal
-- column: page_size bytes   page size of the traced kernel
-- column: events count   events that were understood
-- column: other_events count   events of other names
-- column: lines count    lines of the log
-- column: other_lines count   lines that are not events
-- column: unreadable count   lines or records that should have been an event
-- column: wrapped_lines count   wrapped lines that were joined again
-- column: lost count     events that the kernel dropped: the larger of what the body and the head of the log say
-- column: lost_unknown count   times that the kernel dropped events without saying how many
-- column: null_free count   frees of NULL
-- column: unmatched_free count   unmatched frees: their allocation was not seen
-- column: hidden_free count   unmatched frees whose pointer was hidden
-- column: hidden_alloc count   allocations whose pointer was hidden
-- column: duplicate_events count   second events of one kmalloc, merged with the first
-- column: late_free count   frees seen after the pointer's next use
-- column: stack_blocks count   stacks that were read
-- column: truncated id   1: the log is truncated
-- column: caveat text    what else its numbers must be read with, or NULL
-- column: peak_ns ns     time of the peak of malloc + cache
-- column: peak_bytes bytes   live bytes at the peak
-- column: allocs count   allocations
-- column: frees count    allocations whose free was seen
-- column: live count     allocations alive at the end
-- column: total_bytes bytes   bytes of all allocations
-- column: live_bytes bytes   bytes of the live ones
-- column: waste_bytes bytes   internal fragmentation: live_bytes minus the bytes requested
-- column: allocations count   its rows in view allocations, of all kinds
-- column: kaslr_offset id       running minus linked address (KASLR); NULL: not known
-- column: checked count  call sites that the build could confirm
-- column: matched count  call sites that it confirmed
-- column: cpus count     CPUs up to the last one that allocated; NULL: events do not say where
-- column: modules count  modules of its /proc/modules (view loaded_modules); NULL: not captured
CREATE VIEW traces AS
SELECT t.id AS trace,
       t.build,
       @word(build_choice, t.build_choice) AS build_choice,
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
       t.other_events,
       t.lines,
       t.other_lines,
       t.unreadable,
       t.wrapped_lines,
       -- Both may speak of the same events, so they are not added.
       max(t.lost, t.overwritten) AS lost,
       t.lost_unknown,
       t.null_free,
       t.unmatched_free,
       t.hidden_free,
       t.hidden_alloc,
       t.duplicate_events,
       t.late_free,
       t.stack_blocks,
       t.truncated,
       t.caveat,
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
       t.matched,
       (SELECT max(a.cpu) + 1 FROM alloc_task AS a WHERE a.trace = t.id) AS cpus,
       t.modules
  FROM trace AS t;

-- view: words
-- title: The words for the numbers that are stored: kinds, classes, roles and so on.
-- text: Every list of words is here and nowhere else. The other files of sql/
--   name a list: the build replaces @word(kind, r.kind) by a CASE with the
--   words of list kind, and @number(kind, malloc) by the number. A number
--   without a word shows as "kind 5". The numbers are those of enums in C; a
--   test compares the two.
-- column: list text      which list
-- column: number id      as it is stored
-- column: word text      as views and reports show it
-- column: meaning text   what it says
CREATE VIEW words (list, number, word, meaning) AS
VALUES
-- enum alloc_kind (model/event.h)
('kind', 0, 'malloc', 'the kmalloc family'),
('kind', 1, 'cache', 'the kmem_cache_alloc family'),
('kind', 2, 'page', 'pages; slabs are made of them'),
('kind', 3, 'percpu', 'per-CPU memory'),
-- enum alloc_end (model/alloc.h)
('ending', 0, 'freed', 'its free was seen'),
('ending', 1, 'implicit', 'its pointer was returned again, so its free was missed'),
('ending', 2, 'live', 'alive at the end of the trace'),
('ending', 3, 'unknown', 'its pointer was hidden'),
-- enum section_class (model/object.h)
('class', 0, 'text', 'code'),
('class', 1, 'rodata', 'constant data'),
('class', 2, 'data', 'initialised data'),
('class', 3, 'bss', 'zero-initialised data'),
('class', 4, 'percpu', 'the template of per-CPU data'),
('class', 5, 'strings', 'mergeable strings'),
('class', 6, 'meta', 'tables that tools add'),
('class', 7, 'debug', 'not allocated'),
-- enum section_lifetime (model/object.h)
('lifetime', 0, 'resident', 'stays as long as the kernel or the module'),
('lifetime', 1, 'init', 'freed after boot, or after the init function of a module'),
('lifetime', 2, 'discard', 'never reaches the image'),
-- enum object_role (model/tree.h)
('role', 0, 'vmlinux', 'linked into vmlinux'),
('role', 1, 'module', 'linked into a module'),
('role', 2, 'linktime', 'made by the final link'),
('role', 3, 'boot', 'part of a boot stage'),
('role', 4, 'vdso', 'part of a vDSO'),
('role', 5, 'host', 'a tool of the build machine'),
('role', 6, 'derived', 'made from other objects; never summed'),
('role', 7, 'unlinked', 'stale or unused'),
-- enum image_kind (model/tree.h)
('image_kind', 0, 'vmlinux', 'the kernel'),
('image_kind', 1, 'module', 'a module'),
('image_kind', 2, 'boot', 'a boot stage'),
('image_kind', 3, 'vdso', 'a vDSO'),
-- enum layout_source (model/layout.h)
('layout', 0, 'none', 'not known: lifetimes are by section name'),
('layout', 1, 'map', 'read from the map of the linker'),
('layout', 2, 'script', 'the linker script, replayed on the objects'),
-- enum link_line_kind (model/layout.h)
('line', 0, 'objects', 'allocated sections of the objects'),
('line', 1, 'linktime', 'an object that the final link makes'),
('line', 2, 'discards', 'sections that are discarded'),
('line', 3, 'merged', 'strings and constants stored once'),
('line', 4, 'common', 'COMMON symbols given room'),
('line', 5, 'fill', 'alignment between sections of objects'),
('line', 6, 'script', 'bytes that the linker script makes'),
('line', 7, 'linker', 'sections that the linker makes'),
('line', 8, 'image', 'the image as binutils size sees it'),
('line', 9, 'unexplained', 'image minus all lines before it'),
('line', 10, 'span', '_text to _end; with a symbol, _text to there'),
('line', 11, 'init', 'what boot frees'),
-- enum site_state (symbols/resolve.h)
('state', 0, 'none', 'no caller was printed'),
('state', 1, 'object', 'one object holds the call'),
('state', 2, 'ambiguous', 'several objects could hold it'),
('state', 3, 'unknown', 'the build has no such symbol or address'),
('state', 4, 'no-object', 'in the image, in no object of it'),
('state', 5, 'no-build', 'the trace was joined with no build'),
-- enum build_choice (store/trace.h)
('build_choice', 0, 'none', 'joined with no build'),
('build_choice', 1, 'build-id', 'by the build-id of the capture'),
('build_choice', 2, 'named', 'by --build'),
('build_choice', 3, 'newest', 'the newest, because nothing said which'),
-- enum trace_format (trace/detect.h); 0 is never stored
('format', 1, 'text', 'lines of text'),
('format', 2, 'dat', 'trace.dat of trace-cmd'),
-- enum trace_clock (store/trace.h)
('clock', 0, 'ns', 'nanoseconds'),
('clock', 1, 'ticks', 'ticks of unknown length'),
('clock', 2, 'none', 'no times were printed'),
-- enum message_verdict (model/message.h)
('verdict', 0, 'static', 'its text is all that it says: safe to delete'),
('verdict', 1, 'value', 'it carries a value: some maintainers keep those'),
('verdict', 2, 'mixed', 'other failures reach it, too'),
('verdict', 3, 'constructor', 'of a callee that fails from memory alone'),
('verdict', 4, 'wrapped', 'by dev_err_probe and its kin'),
('verdict', 5, 'silent', 'can never be seen'),
('verdict', 6, 'repeated', 'the callee has printed itself'),
('verdict', 7, 'stored', 'kept as a text for others to print'),
-- enum message_confidence (model/message.h)
('confidence', 0, 'low', 'a summary stands in between, and the words speak of other things'),
('confidence', 1, 'medium', 'one of both'),
('confidence', 2, 'high', 'a test of the allocation itself leads to it'),
-- The kernel's levels, and MESSAGE_LEVEL_* (model/message.h)
('level', 0, 'emerg', 'KERN_EMERG'),
('level', 1, 'alert', 'KERN_ALERT'),
('level', 2, 'crit', 'KERN_CRIT'),
('level', 3, 'err', 'KERN_ERR'),
('level', 4, 'warning', 'KERN_WARNING'),
('level', 5, 'notice', 'KERN_NOTICE'),
('level', 6, 'info', 'KERN_INFO'),
('level', 7, 'debug', 'KERN_DEBUG, and dynamic debug'),
('level', 8, 'cont', 'KERN_CONT: the rest of a line'),
('level', 9, 'default', 'no level, or one that is an argument'),
('level', 10, 'warn', 'WARN(): with a stack'),
-- enum known_role (model/message.h)
('known_role', 0, 'allocator', 'has told itself, with a stack, that memory is out'),
('known_role', 1, 'constructor', 'fails from memory alone, and may be silent'),
('known_role', 2, 'printer', 'prints its format'),
('known_role', 3, 'warning', 'prints with a stack'),
('known_role', 4, 'panic', 'prints and does not return'),
('known_role', 5, 'noreturn', 'does not return'),
('known_role', 6, 'wrapped', 'a printer that is given the error'),
('known_role', 7, 'teller', 'prints itself when it fails'),
('known_role', 8, 'transparent', 'changes nothing'),
-- enum known_failure (model/message.h)
('failure', 0, 'null', 'NULL, or 0'),
('failure', 1, 'pointer', 'an error pointer'),
('failure', 2, 'number', 'a negative number'),
-- enum boot_file_part (model/tree.h)
('boot_part', 0, 'image', 'what a boot loader gets'),
('boot_part', 1, 'payload', 'what is packed into one'),
-- enum boot_packing (model/tree.h)
('packing', 0, 'unknown', 'its bytes do not say'),
('packing', 1, 'none', 'not compressed'),
('packing', 2, 'gzip', 'gzip'),
('packing', 3, 'bzip2', 'bzip2'),
('packing', 4, 'lzma', 'LZMA'),
('packing', 5, 'xz', 'xz'),
('packing', 6, 'lzo', 'LZO'),
('packing', 7, 'lz4', 'LZ4'),
('packing', 8, 'zstd', 'Zstandard');

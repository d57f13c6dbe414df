-- title: Out-of-memory messages: printed because an allocation failed
-- group: static
-- see: oom-printk-summary strings
-- text: The allocator has already said so, with a stack. Read from the code of
--   the objects (kmemdb audit), by the paths that lead to the message: wording
--   counts for nothing. bytes is what deleting the message would free: string,
--   code, index and name. A string that others of the image need does not count, one
--   that several findings share counts with the first.
-- text: static: safe to delete. value: carries a value, and some maintainers
--   keep those. mixed: reached by other failures, too. constructor: of a callee
--   that fails from memory alone, and may be silent itself. wrapped: by
--   dev_err_probe and similar functions. silent: can never be seen. repeated: the callee
--   has printed itself. Panics and allocations with __GFP_NOWARN are left out.
-- text: Which functions allocate and print is view message_functions.
-- param: build
-- param: image
-- param: branch
-- column: path text  the object
-- column: function text  the function that prints it
-- column: message text wrap  as in C, without its level: git grep -F finds it
-- column: bytes bytes sum  string + code + index + name
-- column: verdict text  static, value, mixed, constructor, wrapped, silent or repeated
-- column: level text wide  emerg to debug, cont, warn (by WARN), default (none, or an argument)
-- column: printer text wide  the function it is given to
-- column: allocator text wide  the function whose failure leads there
-- column: line text wide  source file and line; - if not known
-- column: string bytes sum wide  its string, with level, NUL and padding
-- column: code bytes sum wide  the call; 0 if not known
-- column: index bytes sum wide  its record in .printk_index or __dyndbg
-- column: others count wide  other functions of the image that use an equal string
-- column: confidence text wide  low, medium or high
-- column: code_life text wide  how long the code stays: resident, init or discard; - if not known
-- column: string_life text wide  how long the string stays
-- column: name bytes sum wide  constant texts that it alone is given: __func__
-- order: bytes, path, function, message
-- empty: no message of that branch is printed because an allocation failed; kmemdb query caveats says whether it was searched for
-- footer: messages-line
SELECT c.path,
       f.function,
       f.message,
       max(c.string) + f.code_bytes + f.index_bytes + f.name_bytes AS bytes,
       f.verdict,
       f.level,
       f.printer,
       f.allocator,
       coalesce(f.file || ':' || f.line, f.file, '-') AS line,
       max(c.string) AS string,
       f.code_bytes AS code,
       f.index_bytes AS "index",
       max(c.others) AS others,
       f.confidence,
       coalesce((SELECT p.lifetime FROM placements AS p
                  WHERE p.placement_set = c.placement_set
                    AND p.ordinal = f.code_section), '-') AS code_life,
       coalesce((SELECT p.lifetime FROM placements AS p
                  WHERE p.placement_set = c.placement_set
                    AND p.ordinal = f.section_ordinal), '-') AS string_life,
       f.name_bytes AS name
  FROM message_costs AS c
  JOIN message_findings AS f
    ON f.message_set = c.message_set AND f.ordinal = c.ordinal
 WHERE c.build = :build
   AND c.path_id IN (SELECT path_id FROM leaves
                      WHERE build = :build AND image = :image)
   AND in_branch(c.path, :branch)
   AND f.verdict <> 'stored'
 -- An object of two modules is listed once.
 GROUP BY c.path_id, c.message_set, c.ordinal

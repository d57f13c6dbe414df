-- title: Parts of the kernel as modules: an estimate
-- group: static
-- see: modules ram
-- text: What the objects below each directory take in vmlinux, and what they
--   would as one loaded module: each kind of section begins a page, the symbols
--   are kept once more for kallsyms, and there is a struct module. Whether they
--   can be a module, and what else would have to be exported, is not asked. Per-CPU
--   data and strings that merge in vmlinux count in full. Report modules has real
--   modules, and the other way round.
-- param: build
-- param: image
-- param: branch
-- param: depth=1
-- column: path text  directory, or an object directly in the branch
-- column: objects count sum  objects in and below it
-- column: built_in bytes sum  of their sections: what stays today
-- column: as_module bytes sum  estimate: what would stay of the module, in whole pages
-- column: difference bytes sum  as_module - built_in: what it would cost while it is loaded
-- column: text bytes sum wide  of as_module: code, without padding
-- column: rodata bytes sum wide  of as_module: constant data, what tools add, what is read-only after init
-- column: data bytes sum wide  of as_module: data and bss
-- column: symbols bytes sum wide  of as_module: symbols and names for kallsyms
-- column: module_struct bytes wide  of as_module: as in this build's modules; empty: it has none, and nothing is counted for it
-- column: init bytes sum  whole pages that would be freed when the module has started, all symbols among them
-- order: built_in, path
-- empty: no object of that image is in that branch: try --image all
-- footer: skips-line
WITH chosen AS MATERIALIZED (
  SELECT dir_level(o.path, :branch, :depth) AS path,
         o.path_id, o.footprint, o.placement_set
    FROM objects AS o
   WHERE o.build = :build
     AND o.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(o.path, :branch)
), kernel AS MATERIALIZED (
  SELECT coalesce((SELECT max(page_bytes) FROM module_loads
                    WHERE build = :build), 4096) AS page,
         (SELECT max(struct_bytes) FROM module_loads
           WHERE build = :build) AS struct,
         -- One symbol of ELF, and its letter.
         coalesce((SELECT iif(instr(config, char(10) || 'CONFIG_64BIT=y' || char(10)) > 0, 25, 17)
                     FROM configs WHERE build = :build), 25) AS symbol,
         coalesce((SELECT instr(config, char(10) || 'CONFIG_KALLSYMS=y' || char(10)) > 0
                     FROM configs WHERE build = :build), 1) AS some,
         coalesce((SELECT instr(config, char(10) || 'CONFIG_KALLSYMS_ALL=y' || char(10)) > 0
                     FROM configs WHERE build = :build), 1) AS every,
         -- Before 6.4 the symbols began a page, too.
         coalesce((SELECT 1000 * CAST(release AS INTEGER)
                          + CAST(substr(release, instr(release, '.') + 1) AS INTEGER)
                          < 6004
                     FROM builds WHERE build = :build), 0) AS apart
), placed AS MATERIALIZED (
  SELECT c.path, c.path_id, s.ordinal, s.size,
         -- A scan of all placements, were it a join.
         coalesce((SELECT f.lifetime FROM placements AS f
                    WHERE f.placement_set = c.placement_set
                      AND f.ordinal = s.ordinal), 'resident') AS lifetime,
         CASE WHEN s.section = '.modinfo' OR s.section LIKE '.discard%'
                OR s.section LIKE '.exitcall%' OR s.class = 'percpu'
                OR s.section = '.gnu.linkonce.this_module' THEN 'none'
              WHEN s.section LIKE '.init%'
              THEN iif(s.flags & 4, 'init text', 'init data')
              WHEN s.flags & 4 THEN 'text'
              WHEN s.section IN ('.data..ro_after_init', '__jump_table')
              THEN 'after init'
              WHEN s.flags & 1 THEN 'data'
              ELSE 'rodata' END AS kind
    FROM chosen AS c
    JOIN sections AS s ON s.footprint = c.footprint
   WHERE s.class <> 'debug'
), kept AS MATERIALIZED (
  -- The sections whose symbols are kept.
  SELECT p.path_id, p.ordinal
    FROM kernel AS k
   CROSS JOIN placed AS p
   WHERE k.some AND (p.kind = 'text'
                     OR k.every AND p.kind IN ('rodata', 'after init', 'data'))
), kept_bits AS MATERIALIZED (
  -- Those of an object as bits, but for those of few that have very many: each
  -- symbol asks.
  SELECT path_id, sum(1 << ordinal) AS bits
    FROM kept
   WHERE ordinal < 62
   GROUP BY path_id
), object_names AS (
  -- Added up of each object before directories are sorted.
  SELECT c.path,
         (SELECT sum(k.symbol + 1 + length(CAST(y.symbol AS BLOB)))
            FROM symbols AS y
           WHERE y.footprint = c.footprint
             AND CASE WHEN y.section_ordinal < 62
                      THEN y.section_ordinal >= 0 AND b.bits >> y.section_ordinal & 1
                      ELSE c.path_id << 32 | y.section_ordinal IN
                           (SELECT path_id << 32 | ordinal FROM kept WHERE ordinal >= 62)
                 END) AS bytes
    FROM kernel AS k
   CROSS JOIN chosen AS c
    LEFT JOIN kept_bits AS b ON b.path_id = c.path_id
), symbol_names AS (
  SELECT path, sum(bytes) AS bytes FROM object_names GROUP BY path
), sums AS (
  SELECT path,
         coalesce(sum(size) FILTER (WHERE lifetime = 'resident'), 0) AS built_in,
         coalesce(sum(size) FILTER (WHERE kind = 'text'), 0) AS text,
         coalesce(sum(size) FILTER (WHERE kind = 'rodata'), 0) AS rodata,
         coalesce(sum(size) FILTER (WHERE kind = 'after init'), 0) AS after_init,
         coalesce(sum(size) FILTER (WHERE kind = 'data'), 0) AS data,
         coalesce(sum(size) FILTER (WHERE kind = 'init text'), 0) AS init_text,
         coalesce(sum(size) FILTER (WHERE kind = 'init data'), 0) AS init_data
    FROM placed
   GROUP BY path
), rows AS (
  SELECT s.path, s.built_in, s.text,
         s.rodata + s.after_init AS rodata,
         s.data, coalesce(n.bytes, 0) AS symbols, k.struct,
         k.page * ((s.text + k.page - 1) / k.page
                   + (s.rodata + k.page - 1) / k.page
                   + (s.after_init + k.page - 1) / k.page
                   + (s.data + coalesce(k.struct, 0)
                      + iif(k.apart, 0, coalesce(n.bytes, 0))
                      + k.page - 1) / k.page
                   + (iif(k.apart, coalesce(n.bytes, 0), 0)
                      + k.page - 1) / k.page) AS as_module,
         k.page * ((s.init_text + k.page - 1) / k.page
                   + (s.init_data + coalesce(n.bytes, 0) + k.page - 1)
                       / k.page) AS init
    FROM sums AS s
    JOIN kernel AS k
    LEFT JOIN symbol_names AS n ON n.path = s.path
)
SELECT r.path,
       (SELECT count(*) FROM chosen AS c WHERE c.path = r.path) AS objects,
       r.built_in,
       r.as_module,
       r.as_module - r.built_in AS difference,
       r.text,
       r.rodata,
       r.data,
       r.symbols,
       r.struct AS module_struct,
       r.init
  FROM rows AS r

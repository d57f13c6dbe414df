-- title: Out-of-memory messages by directory
-- group: static
-- see: oom-printk printk
-- text: Report oom-printk lists them, and says what the verdicts mean.
-- param: build
-- param: image=all
-- param: branch
-- param: depth=1
-- column: path text  directory, or an object directly in the branch
-- column: loaded text  vmlinux or modules
-- column: verdict text  static, value, mixed, constructor, wrapped, silent or repeated
-- column: messages count sum  findings
-- column: functions count sum  functions that have them; one with two verdicts counts twice
-- column: bytes bytes sum  what deleting them would free
-- column: string bytes sum  of bytes: strings
-- column: code bytes sum  of bytes: calls, where they are known
-- column: index bytes sum  of bytes: records in .printk_index and __dyndbg
-- column: name bytes sum  of bytes: constant texts that a message alone is given
-- order: bytes, path, loaded, verdict
-- empty: no message of that branch is printed because an allocation failed; kmemdb query caveats says whether it was searched for
-- footer: messages-line
WITH finding AS (
  SELECT c.path, iif(c.image = 'vmlinux', 'vmlinux', 'modules') AS loaded,
         f.function, f.verdict, max(c.string) AS string, f.code_bytes,
         f.index_bytes, f.name_bytes
    FROM message_costs AS c
    JOIN message_findings AS f
      ON f.message_set = c.message_set AND f.ordinal = c.ordinal
   WHERE c.build = :build
     AND c.path_id IN (SELECT path_id FROM leaves
                        WHERE build = :build AND image = :image)
     AND in_branch(c.path, :branch)
     AND f.verdict <> 'stored'
   GROUP BY c.path_id, c.message_set, c.ordinal
)
SELECT dir_level(path, :branch, :depth) AS path,
       loaded,
       verdict,
       count(*) AS messages,
       count(DISTINCT path || ' ' || function) AS functions,
       sum(string + code_bytes + index_bytes + name_bytes) AS bytes,
       sum(string) AS string,
       sum(code_bytes) AS code,
       sum(index_bytes) AS "index",
       sum(name_bytes) AS name
  FROM finding
 GROUP BY 1, 2, 3

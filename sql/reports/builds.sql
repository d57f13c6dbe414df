-- title: Builds in this database
-- group: both
-- see: history traces
-- column: build id  number, for --build
-- column: label text  name given with --label, for --build
-- column: commit_id text  commit, for --build (four digits are enough)
-- column: release text  kernel release
-- column: arch text  architecture
-- column: objects count wide  objects in vmlinux
-- column: text bytes wide  of vmlinux, as binutils size says
-- column: data bytes wide  likewise
-- column: bss bytes wide  likewise
-- column: total bytes  text + data + bss
-- column: dirty id wide  1: the sources differed from the commit
-- column: subject text  first line of the commit's message
-- column: config_hash text wide  fingerprint of the configuration
-- column: compiler text wide  what compiled it
-- column: audited date  when it was audited
-- order: audited, build
-- empty: no build yet: kmemdb audit TREE
SELECT build,
       label,
       substr(commit_id, 1, 12) AS commit_id,
       release,
       arch,
       objects,
       text,
       data,
       bss,
       total,
       dirty,
       subject,
       substr(config_hash, 1, 12) AS config_hash,
       compiler,
       audited_ns AS audited
  FROM builds

-- title: The build
-- param: build
-- column: build id  number of the build
-- column: label text  name given with --label
-- column: commit_id text  the commit that was built
-- column: commit_ns date  when it was committed
-- column: subject text  first line of its message
-- column: dirty id  1: tracked files differ from the commit
-- column: release text  kernel release
-- column: arch text  ARCH as Kbuild calls it
-- column: compiler text  version line of the compiler
-- column: audited_ns date  when it was audited
-- column: objects count  objects in vmlinux
-- column: text bytes  of vmlinux as linked
-- column: data bytes  of vmlinux as linked
-- column: bss bytes  of vmlinux as linked
-- column: total bytes  text + data + bss
SELECT build, label, commit_id, commit_ns, subject, dirty, release, arch,
       compiler, audited_ns, objects, text, data, bss, total
  FROM builds
 WHERE build = :build

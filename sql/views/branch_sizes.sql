-- view: branch_sizes
-- title: What the objects of each directory are in each build, with all below it.
-- text: What a history of a branch is made of: reports of one build add up its
--   objects. Directories lie in each other, so only rows of one directory may be
--   added: those of the roles that are meant.
-- column: build id       the build
-- column: branch text    the directory, relative to the tree; '' is all of it
-- column: role text      of the objects: vmlinux, module, boot or vdso
-- column: objects count  so many
-- column: text bytes     code and constant data
-- column: data bytes     initialised data
-- column: bss bytes      zero-initialised data
-- column: total bytes    text + data + bss
-- column: resident bytes   of their sections: stays as long as the kernel or the module
-- column: init bytes     of their sections: freed after boot, or after the init function of a module
-- column: discard bytes  of their sections: never reaches the image
-- column: strings bytes  of their sections: mergeable strings, before the link merges them
CREATE VIEW branch_sizes AS
SELECT s.build,
       d.path AS branch,
       @word(role, s.role) AS role,
       s.objects,
       s.text,
       s.data,
       s.bss,
       s.text + s.data + s.bss AS total,
       s.resident,
       s.init,
       s.discard,
       s.strings
  FROM branch_size AS s
  JOIN dir AS d ON d.id = s.dir;

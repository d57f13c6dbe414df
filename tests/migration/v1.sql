-- Version 1 of the schema, as the program of that time wrote it (make.sh).
PRAGMA application_id = 1802331234;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL,
	-- The same name with counters and line numbers replaced by '#', as
	-- diffs see it; NULL where it is the name itself.
	norm INTEGER REFERENCES name(id)
);
INSERT INTO name VALUES(557459308965,'f_a',NULL);
INSERT INTO name VALUES(5010022299491,'f_two',NULL);
INSERT INTO name VALUES(8253226692233,'f_main',NULL);
INSERT INTO name VALUES(15180598966315,'f_inode',NULL);
INSERT INTO name VALUES(50210988500985,'vmlinux',NULL);
INSERT INTO name VALUES(51695887815243,'.text',NULL);
INSERT INTO name VALUES(55976170442657,'.bss',NULL);
INSERT INTO name VALUES(57164658554216,'f_one',NULL);
INSERT INTO name VALUES(57911662092336,'f_open',NULL);
INSERT INTO name VALUES(79196001687548,'m',NULL);
INSERT INTO name VALUES(79233714285204,'.data',NULL);
INSERT INTO name VALUES(102458483935460,'f_stale',NULL);
CREATE TABLE dir (
	id INTEGER PRIMARY KEY,
	parent INTEGER REFERENCES dir(id), -- NULL: the root
	path TEXT NOT NULL UNIQUE
);
INSERT INTO dir VALUES(1,NULL,'');
INSERT INTO dir VALUES(2,1,'drivers');
INSERT INTO dir VALUES(3,2,'drivers/m');
INSERT INTO dir VALUES(4,1,'fs');
INSERT INTO dir VALUES(5,4,'fs/ext9');
INSERT INTO dir VALUES(6,1,'fsx');
INSERT INTO dir VALUES(7,1,'init');
CREATE TABLE path (
	id INTEGER PRIMARY KEY,
	dir INTEGER NOT NULL REFERENCES dir(id),
	file TEXT NOT NULL,
	UNIQUE (dir, file)
);
INSERT INTO path VALUES(1,3,'m.o');
INSERT INTO path VALUES(2,3,'one.o');
INSERT INTO path VALUES(3,3,'two.o');
INSERT INTO path VALUES(4,5,'inode.o');
INSERT INTO path VALUES(5,4,'open.o');
INSERT INTO path VALUES(6,4,'stale.o');
INSERT INTO path VALUES(7,6,'a.o');
INSERT INTO path VALUES(8,7,'main.o');
INSERT INTO path VALUES(9,1,'vmlinux');
INSERT INTO path VALUES(10,3,'m.ko');
CREATE TABLE footprint (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,   -- XXH3, 128 bits (elf/fingerprint.h)
	full INTEGER NOT NULL,	     -- 0: sections only (derived objects)
	elf_class INTEGER NOT NULL,  -- 32 or 64
	big_endian INTEGER NOT NULL,
	machine INTEGER NOT NULL,    -- EM_*
	eflags INTEGER NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL,
	common INTEGER NOT NULL
);
INSERT INTO footprint VALUES(1,X'5b6aad1f0ba880da9d2206d842cc5777',0,64,0,62,0,80,8,0,0);
INSERT INTO footprint VALUES(2,X'fbe266310b0bf40852eba1c6517ec0a6',1,64,0,62,0,30,3,0,0);
INSERT INTO footprint VALUES(3,X'512fe1a689e4264bb436d9d04a9c6fce',1,64,0,62,0,50,5,0,0);
INSERT INTO footprint VALUES(4,X'ffa2ed98b8f12177979191c8792c09c4',1,64,0,62,0,400,40,4,0);
INSERT INTO footprint VALUES(5,X'df8e5ef36e398dd6ba8d95f54c07a5ad',1,64,0,62,0,200,20,2,0);
INSERT INTO footprint VALUES(6,X'd6d315590570c9e154f24a3740437251',1,64,0,62,0,999,9,9,0);
INSERT INTO footprint VALUES(7,X'40e15d8d3ec3798ad809fd13a92e7c0d',1,64,0,62,0,800,80,8,0);
INSERT INTO footprint VALUES(8,X'caecf29cba8d35bfd1fbcce3a773bf92',1,64,0,62,0,100,10,1,0);
CREATE TABLE section (
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	class INTEGER NOT NULL,	     -- section_class
	type INTEGER NOT NULL,	     -- SHT_*
	flags INTEGER NOT NULL,	     -- SHF_*
	size INTEGER NOT NULL,
	align INTEGER NOT NULL,
	entsize INTEGER NOT NULL,
	unattributed INTEGER NOT NULL,
	PRIMARY KEY (footprint, ordinal)
) WITHOUT ROWID;
INSERT INTO section VALUES(1,0,51695887815243,0,1,6,80,1,0,80);
INSERT INTO section VALUES(1,1,79233714285204,2,1,3,8,1,0,8);
INSERT INTO section VALUES(1,2,55976170442657,3,8,3,0,1,0,0);
INSERT INTO section VALUES(2,0,51695887815243,0,1,6,30,1,0,0);
INSERT INTO section VALUES(2,1,79233714285204,2,1,3,3,1,0,3);
INSERT INTO section VALUES(2,2,55976170442657,3,8,3,0,1,0,0);
INSERT INTO section VALUES(3,0,51695887815243,0,1,6,50,1,0,0);
INSERT INTO section VALUES(3,1,79233714285204,2,1,3,5,1,0,5);
INSERT INTO section VALUES(3,2,55976170442657,3,8,3,0,1,0,0);
INSERT INTO section VALUES(4,0,51695887815243,0,1,6,400,1,0,0);
INSERT INTO section VALUES(4,1,79233714285204,2,1,3,40,1,0,40);
INSERT INTO section VALUES(4,2,55976170442657,3,8,3,4,1,0,4);
INSERT INTO section VALUES(5,0,51695887815243,0,1,6,200,1,0,0);
INSERT INTO section VALUES(5,1,79233714285204,2,1,3,20,1,0,20);
INSERT INTO section VALUES(5,2,55976170442657,3,8,3,2,1,0,2);
INSERT INTO section VALUES(6,0,51695887815243,0,1,6,999,1,0,0);
INSERT INTO section VALUES(6,1,79233714285204,2,1,3,9,1,0,9);
INSERT INTO section VALUES(6,2,55976170442657,3,8,3,9,1,0,9);
INSERT INTO section VALUES(7,0,51695887815243,0,1,6,800,1,0,0);
INSERT INTO section VALUES(7,1,79233714285204,2,1,3,80,1,0,80);
INSERT INTO section VALUES(7,2,55976170442657,3,8,3,8,1,0,8);
INSERT INTO section VALUES(8,0,51695887815243,0,1,6,100,1,0,0);
INSERT INTO section VALUES(8,1,79233714285204,2,1,3,10,1,0,10);
INSERT INTO section VALUES(8,2,55976170442657,3,8,3,1,1,0,1);
CREATE TABLE symbol (
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	section INTEGER,	     -- ordinal; -1 absolute, -2 COMMON
	-- STT_* + 16 * STB_* + 256 * STV_* + 4096 where Thumb
	info INTEGER NOT NULL,
	value INTEGER NOT NULL,	     -- offset in the section
	size INTEGER NOT NULL,
	own INTEGER,		     -- NULL: equal to size
	PRIMARY KEY (footprint, ordinal)
) WITHOUT ROWID;
INSERT INTO symbol VALUES(2,0,57164658554216,0,18,0,30,NULL);
INSERT INTO symbol VALUES(3,0,5010022299491,0,18,0,50,NULL);
INSERT INTO symbol VALUES(4,0,15180598966315,0,18,0,400,NULL);
INSERT INTO symbol VALUES(5,0,57911662092336,0,18,0,200,NULL);
INSERT INTO symbol VALUES(6,0,102458483935460,0,18,0,999,NULL);
INSERT INTO symbol VALUES(7,0,557459308965,0,18,0,800,NULL);
INSERT INTO symbol VALUES(8,0,8253226692233,0,18,0,100,NULL);
CREATE TABLE config (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	text TEXT NOT NULL
);
INSERT INTO config VALUES(1,X'2bd6a3b49ce7224abdbeaca7f8f9e134',replace('# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_MODULES=y\n','\n',char(10)));
CREATE TABLE build (
	id INTEGER PRIMARY KEY,
	-- What makes a later audit the same build: commit (or tree, where no
	-- commit is known), configuration and label.
	identity TEXT NOT NULL UNIQUE,
	label TEXT,
	commit_id TEXT,		     -- full hex, or as given by --commit
	commit_ns INTEGER,
	subject TEXT,
	dirty INTEGER,		     -- 1 yes, 0 no, NULL not known
	release TEXT,		     -- include/config/kernel.release
	arch TEXT,		     -- ARCH, as Kbuild calls it
	compiler TEXT,
	config INTEGER REFERENCES config(id),
	tree TEXT NOT NULL,	     -- absolute path at the time
	source TEXT,		     -- of the sources, where elsewhere
	audited_ns INTEGER NOT NULL,
	-- Everything the audit depends on (stamps, roles, members, facts):
	-- equal means that there is nothing to do.
	state BLOB NOT NULL
);
INSERT INTO build VALUES(1,'commit0123456789abcdef2bd6a3b49ce7224abdbeaca7f8f9e134tiny','tiny','0123456789abcdef',NULL,NULL,NULL,'6.1.0-tiny','x86',NULL,1,'/tmp/kmemdb-migration/tree',NULL,1795613703963247684,X'00000000000000000000000000000000');
CREATE TABLE object (
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	role INTEGER NOT NULL,	     -- object_role
	fate INTEGER REFERENCES fate(id), -- NULL: not placed in vmlinux
	PRIMARY KEY (build, path)
) WITHOUT ROWID;
INSERT INTO object VALUES(1,1,1,6,NULL);
INSERT INTO object VALUES(1,2,2,1,1);
INSERT INTO object VALUES(1,3,3,1,1);
INSERT INTO object VALUES(1,4,4,0,2);
INSERT INTO object VALUES(1,5,5,0,2);
INSERT INTO object VALUES(1,6,6,7,NULL);
INSERT INTO object VALUES(1,7,7,0,2);
INSERT INTO object VALUES(1,8,8,0,2);
CREATE TABLE fate (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
INSERT INTO fate VALUES(1,X'0cc4b994a107810e09cdfbf3903f074c');
INSERT INTO fate VALUES(2,X'b325ef192e8a91b14b9a1156a7072816');
CREATE TABLE fate_section (
	fate INTEGER NOT NULL REFERENCES fate(id),
	ordinal INTEGER NOT NULL,    -- section.ordinal
	output INTEGER REFERENCES name(id), -- NULL: discarded
	life INTEGER NOT NULL,	     -- section_life
	PRIMARY KEY (fate, ordinal)
) WITHOUT ROWID;
INSERT INTO fate_section VALUES(1,0,51695887815243,0);
INSERT INTO fate_section VALUES(1,1,79233714285204,0);
INSERT INTO fate_section VALUES(1,2,55976170442657,0);
INSERT INTO fate_section VALUES(2,0,51695887815243,0);
INSERT INTO fate_section VALUES(2,1,NULL,2);
INSERT INTO fate_section VALUES(2,2,NULL,2);
CREATE TABLE roster (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
INSERT INTO roster VALUES(1,X'dbe9831930ad3a78cc9511bf12c534d6');
INSERT INTO roster VALUES(2,X'9c236aac6ac156c21fe7341307d8cfb9');
CREATE TABLE roster_member (
	roster INTEGER NOT NULL REFERENCES roster(id),
	ordinal INTEGER NOT NULL,
	path INTEGER NOT NULL REFERENCES path(id),
	PRIMARY KEY (roster, ordinal)
) WITHOUT ROWID;
INSERT INTO roster_member VALUES(1,0,8);
INSERT INTO roster_member VALUES(1,1,5);
INSERT INTO roster_member VALUES(1,2,4);
INSERT INTO roster_member VALUES(1,3,7);
INSERT INTO roster_member VALUES(2,0,2);
INSERT INTO roster_member VALUES(2,1,3);
CREATE TABLE linked (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	machine INTEGER NOT NULL,
	elf_class INTEGER NOT NULL,
	big_endian INTEGER NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL
);
INSERT INTO linked VALUES(1,X'c6bd2e48a66fa21b36d10437a73d0747',62,64,0,1500,150,18);
INSERT INTO linked VALUES(2,X'5b6aad1f0ba880da9d2206d842cc5777',62,64,0,80,8,0);
CREATE TABLE linked_section (
	linked INTEGER NOT NULL REFERENCES linked(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	class INTEGER NOT NULL,
	type INTEGER NOT NULL,
	flags INTEGER NOT NULL,
	addr INTEGER NOT NULL,
	size INTEGER NOT NULL,
	align INTEGER NOT NULL,
	PRIMARY KEY (linked, ordinal)
) WITHOUT ROWID;
INSERT INTO linked_section VALUES(1,0,51695887815243,0,1,6,4198400,1500,1);
INSERT INTO linked_section VALUES(1,1,79233714285204,2,1,3,4202496,150,1);
INSERT INTO linked_section VALUES(1,2,55976170442657,3,8,3,4202646,18,1);
INSERT INTO linked_section VALUES(2,0,51695887815243,0,1,6,0,80,1);
INSERT INTO linked_section VALUES(2,1,79233714285204,2,1,3,0,8,1);
INSERT INTO linked_section VALUES(2,2,55976170442657,3,8,3,0,0,1);
CREATE TABLE image (
	id INTEGER PRIMARY KEY,
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	name INTEGER NOT NULL REFERENCES name(id),
	kind INTEGER NOT NULL,	     -- image_kind
	roster INTEGER NOT NULL REFERENCES roster(id),
	linked INTEGER REFERENCES linked(id), -- NULL: the file is missing
	build_id BLOB,		     -- GNU build-id
	layout INTEGER NOT NULL DEFAULT 0, -- layout_source
	checked INTEGER,	     -- symbols the layout was proved with
	agreed INTEGER,
	UNIQUE (build, path)
);
INSERT INTO image VALUES(1,1,9,50210988500985,0,1,1,NULL,0,4,0);
INSERT INTO image VALUES(2,1,10,79196001687548,1,2,2,NULL,0,NULL,NULL);
CREATE TABLE link_line (
	image INTEGER NOT NULL REFERENCES image(id),
	ordinal INTEGER NOT NULL,
	kind INTEGER NOT NULL,	     -- link_line_kind
	subject TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	PRIMARY KEY (image, ordinal)
) WITHOUT ROWID;
INSERT INTO link_line VALUES(1,0,0,'',1665);
INSERT INTO link_line VALUES(1,1,2,'',-165);
INSERT INTO link_line VALUES(1,2,7,'.data',150);
INSERT INTO link_line VALUES(1,3,7,'.bss',18);
INSERT INTO link_line VALUES(1,4,8,'',1668);
INSERT INTO link_line VALUES(1,5,9,'',0);
CREATE TABLE skipped (
	build INTEGER NOT NULL REFERENCES build(id),
	ordinal INTEGER NOT NULL,
	path TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (build, ordinal)
) WITHOUT ROWID;
CREATE TABLE remark (
	build INTEGER NOT NULL REFERENCES build(id),
	ordinal INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (build, ordinal)
) WITHOUT ROWID;
INSERT INTO remark VALUES(1,0,'neither the linker''s map nor its script is there: only sections with global symbols could be placed');
INSERT INTO remark VALUES(1,1,'8 sections of the objects are named nowhere: they count as discarded');
CREATE TABLE tree (
	id INTEGER PRIMARY KEY,
	root TEXT NOT NULL UNIQUE    -- absolute path
);
INSERT INTO tree VALUES(1,'/tmp/kmemdb-migration/tree');
CREATE TABLE stamp (
	tree INTEGER NOT NULL REFERENCES tree(id),
	path INTEGER NOT NULL REFERENCES path(id),
	size INTEGER NOT NULL,
	mtime_ns INTEGER NOT NULL,
	ctime_ns INTEGER NOT NULL,
	inode INTEGER NOT NULL,
	device INTEGER NOT NULL,
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	fate INTEGER REFERENCES fate(id), -- of a module's objects
	PRIMARY KEY (tree, path)
) WITHOUT ROWID;
CREATE VIEW builds AS
SELECT b.id AS build,
       b.label,
       b.commit_id,
       b.commit_ns,
       b.subject,
       b.dirty,
       b.release,
       b.arch,
       b.compiler,
       lower(hex(c.hash)) AS config_hash,
       lower(hex(i.build_id)) AS build_id,
       b.audited_ns,
       b.tree,
       (SELECT count(*) FROM object AS o
         WHERE o.build = b.id AND o.role = 0) AS objects,
       l.text,
       l.data,
       l.bss,
       l.text + l.data + l.bss AS total
  FROM build AS b
  LEFT JOIN config AS c ON c.id = b.config
  LEFT JOIN image AS i ON i.build = b.id AND i.kind = 0
  LEFT JOIN linked AS l ON l.id = i.linked;
CREATE VIEW fates AS
SELECT f.fate,
       f.ordinal,
       n.text AS output,
       CASE f.life WHEN 0 THEN 'resident' WHEN 1 THEN 'init'
                   ELSE 'discard' END AS life
  FROM fate_section AS f
  LEFT JOIN name AS n ON n.id = f.output;
CREATE VIEW image_sections AS
SELECT i.build,
       i.id AS image_id,
       im.text AS image,
       s.ordinal,
       n.text AS section,
       CASE s.class WHEN 0 THEN 'text' WHEN 1 THEN 'rodata'
                    WHEN 2 THEN 'data' WHEN 3 THEN 'bss'
                    WHEN 4 THEN 'percpu' WHEN 5 THEN 'strings'
                    WHEN 6 THEN 'meta' ELSE 'debug' END AS class,
       s.type,
       s.flags,
       s.addr,
       s.size,
       s.align
  FROM image AS i
  JOIN name AS im ON im.id = i.name
  JOIN linked_section AS s ON s.linked = i.linked
  JOIN name AS n ON n.id = s.name;
CREATE VIEW images AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       CASE i.kind WHEN 0 THEN 'vmlinux' WHEN 1 THEN 'module'
                   WHEN 2 THEN 'boot' ELSE 'vdso' END AS kind,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       (SELECT count(*) FROM roster_member AS m
         WHERE m.roster = i.roster) AS objects,
       l.text,
       l.data,
       l.bss,
       l.text + l.data + l.bss AS total,
       lower(hex(i.build_id)) AS build_id,
       CASE i.layout WHEN 1 THEN 'map' WHEN 2 THEN 'script'
                     ELSE 'none' END AS layout,
       i.checked,
       i.agreed
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN path AS p ON p.id = i.path
  JOIN dir AS d ON d.id = p.dir
  LEFT JOIN linked AS l ON l.id = i.linked;
CREATE VIEW leaves AS
SELECT i.build, n.text AS image, m.path AS path_id
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN roster_member AS m ON m.roster = i.roster
  JOIN object AS o ON o.build = i.build AND o.path = m.path
 -- vmlinux takes role vmlinux, a module role module, and so on
 WHERE o.role = CASE i.kind WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 4 END
UNION ALL
SELECT build, 'modules', path FROM object WHERE role = 1
UNION ALL
SELECT build, 'all', path FROM object WHERE role IN (0, 1, 3, 4)
;
CREATE VIEW link_lines AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       l.ordinal,
       CASE l.kind WHEN 0 THEN 'objects' WHEN 1 THEN 'linktime'
                   WHEN 2 THEN 'discards' WHEN 3 THEN 'merged'
                   WHEN 4 THEN 'common' WHEN 5 THEN 'fill'
                   WHEN 6 THEN 'script' WHEN 7 THEN 'linker'
                   WHEN 8 THEN 'image' WHEN 9 THEN 'unexplained'
                   WHEN 10 THEN 'span' ELSE 'init' END AS line,
       l.subject,
       l.bytes
  FROM link_line AS l
  JOIN image AS i ON i.id = l.image
  JOIN name AS n ON n.id = i.name;
CREATE VIEW members AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       CASE i.kind WHEN 0 THEN 'vmlinux' WHEN 1 THEN 'module'
                   WHEN 2 THEN 'boot' ELSE 'vdso' END AS kind,
       m.ordinal,
       m.path AS path_id
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN roster_member AS m ON m.roster = i.roster;
CREATE VIEW objects AS
SELECT o.build,
       o.path AS path_id,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       d.path AS directory,
       CASE o.role WHEN 0 THEN 'vmlinux' WHEN 1 THEN 'module'
                   WHEN 2 THEN 'linktime' WHEN 3 THEN 'boot'
                   WHEN 4 THEN 'vdso' WHEN 5 THEN 'host'
                   WHEN 6 THEN 'derived' ELSE 'unlinked' END AS role,
       f.text,
       f.data,
       f.bss,
       f.text + f.data + f.bss AS total,
       f.common,
       o.footprint,
       o.fate
  FROM object AS o
  JOIN path AS p ON p.id = o.path
  JOIN dir AS d ON d.id = p.dir
  JOIN footprint AS f ON f.id = o.footprint;
CREATE VIEW remarks AS
SELECT build, ordinal, text AS remark FROM remark;
CREATE VIEW sections AS
SELECT s.footprint,
       s.ordinal,
       n.text AS section,
       CASE s.class WHEN 0 THEN 'text' WHEN 1 THEN 'rodata'
                    WHEN 2 THEN 'data' WHEN 3 THEN 'bss'
                    WHEN 4 THEN 'percpu' WHEN 5 THEN 'strings'
                    WHEN 6 THEN 'meta' ELSE 'debug' END AS class,
       s.type,
       s.flags,
       s.size,
       s.align,
       s.entsize,
       s.unattributed
  FROM section AS s
  JOIN name AS n ON n.id = s.name;
CREATE VIEW skips AS
SELECT build, ordinal, path, reason FROM skipped;
CREATE VIEW symbols AS
SELECT s.footprint,
       s.ordinal,
       n.text AS symbol,
       coalesce(m.text, n.text) AS norm,
       s.section AS section_ordinal,
       CASE s.info & 15 WHEN 0 THEN 'notype' WHEN 1 THEN 'object'
                        WHEN 2 THEN 'func' WHEN 5 THEN 'common'
                        WHEN 6 THEN 'tls' WHEN 10 THEN 'ifunc'
                        ELSE s.info & 15 END AS type,
       CASE s.info >> 4 & 15 WHEN 0 THEN 'local' WHEN 1 THEN 'global'
                             WHEN 2 THEN 'weak' WHEN 10 THEN 'unique'
                             ELSE s.info >> 4 & 15 END AS bind,
       s.info >> 8 & 3 AS visibility,
       s.info >> 12 & 1 AS thumb,
       s.value,
       s.size,
       coalesce(s.own, s.size) AS own
  FROM symbol AS s
  JOIN name AS n ON n.id = s.name
  LEFT JOIN name AS m ON m.id = n.norm;
COMMIT;

-- Version 4 of the schema, as the program of that time wrote it (make.sh).
PRAGMA application_id = 1802331234;
PRAGMA user_version = 4;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL,
	-- The same name with counters and line numbers replaced by '#', as
	-- diffs see it; NULL where it is the name itself.
	norm INTEGER REFERENCES name(id)
);
INSERT INTO name VALUES(22428226754,'',NULL);
INSERT INTO name VALUES(557459308965,'f_a',NULL);
INSERT INTO name VALUES(5010022299491,'f_two',NULL);
INSERT INTO name VALUES(5951238912350,'f_open+0x10',NULL);
INSERT INTO name VALUES(8253226692233,'f_main',NULL);
INSERT INTO name VALUES(12226884537566,'f_main+0x50/0x64',NULL);
INSERT INTO name VALUES(14864142123857,'<idle>',NULL);
INSERT INTO name VALUES(15180598966315,'f_inode',NULL);
INSERT INTO name VALUES(18443283956081,'f_inode+0x60',NULL);
INSERT INTO name VALUES(19439938448864,'mystery+0x10',NULL);
INSERT INTO name VALUES(20878328724846,'f_open+0x80/0xc8',NULL);
INSERT INTO name VALUES(25014176583255,'GFP_ATOMIC',NULL);
INSERT INTO name VALUES(31353057461422,'GFP_KERNEL|__GFP_ZERO',NULL);
INSERT INTO name VALUES(33468048441505,'dentry',NULL);
INSERT INTO name VALUES(35743377219076,'f_inode+0x80/0x190',NULL);
INSERT INTO name VALUES(38987821695827,'init',NULL);
INSERT INTO name VALUES(46346679219470,'f_main+0x30/0x64',NULL);
INSERT INTO name VALUES(50210988500985,'vmlinux',NULL);
INSERT INTO name VALUES(51695887815243,'.text',NULL);
INSERT INTO name VALUES(52941508969244,'f_one+0x10',NULL);
INSERT INTO name VALUES(55124174597835,'f_inode+0x20/0x190',NULL);
INSERT INTO name VALUES(55976170442657,'.bss',NULL);
INSERT INTO name VALUES(57164658554216,'f_one',NULL);
INSERT INTO name VALUES(57911662092336,'f_open',NULL);
INSERT INTO name VALUES(59680447063427,'f_inode+0x80',NULL);
INSERT INTO name VALUES(62126192269209,'f_a+0x20',NULL);
INSERT INTO name VALUES(62473547943798,'-',NULL);
INSERT INTO name VALUES(68267776415118,'f_open+0x90',NULL);
INSERT INTO name VALUES(72531389932191,'f_open+0x90/0xc8',NULL);
INSERT INTO name VALUES(73424202077144,'f_main+0x50',NULL);
INSERT INTO name VALUES(79196001687548,'m',NULL);
INSERT INTO name VALUES(79233714285204,'.data',NULL);
INSERT INTO name VALUES(88037479568619,'f_open+0x80',NULL);
INSERT INTO name VALUES(99631664468770,'GFP_KERNEL',NULL);
INSERT INTO name VALUES(100276727465219,'f_open+0x10/0xc8',NULL);
INSERT INTO name VALUES(102458483935460,'f_stale',NULL);
INSERT INTO name VALUES(102711666108977,'mystery+0x10/0x20',NULL);
INSERT INTO name VALUES(103820803303088,'f_main+0x30',NULL);
INSERT INTO name VALUES(107290453205056,'f_a+0x20/0x320',NULL);
INSERT INTO name VALUES(108164970779140,'f_main+0x40/0x64',NULL);
INSERT INTO name VALUES(119141972467483,'f_inode+0x20',NULL);
INSERT INTO name VALUES(119738415048326,'f_inode+0x60/0x190',NULL);
INSERT INTO name VALUES(131912338433255,'f_one+0x10/0x1e [m]',NULL);
INSERT INTO name VALUES(135923190365872,'f_main+0x40',NULL);
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
INSERT INTO footprint VALUES(2,X'fbe266310b0bf40852eba1c6517ec0a6',2,64,0,62,0,30,3,0,0);
INSERT INTO footprint VALUES(3,X'512fe1a689e4264bb436d9d04a9c6fce',2,64,0,62,0,50,5,0,0);
INSERT INTO footprint VALUES(4,X'ffa2ed98b8f12177979191c8792c09c4',2,64,0,62,0,400,40,4,0);
INSERT INTO footprint VALUES(5,X'df8e5ef36e398dd6ba8d95f54c07a5ad',2,64,0,62,0,200,20,2,0);
INSERT INTO footprint VALUES(6,X'd6d315590570c9e154f24a3740437251',2,64,0,62,0,999,9,9,0);
INSERT INTO footprint VALUES(7,X'40e15d8d3ec3798ad809fd13a92e7c0d',2,64,0,62,0,800,80,8,0);
INSERT INTO footprint VALUES(8,X'caecf29cba8d35bfd1fbcce3a773bf92',2,64,0,62,0,100,10,1,0);
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
INSERT INTO build VALUES(1,'commit0123456789abcdef2bd6a3b49ce7224abdbeaca7f8f9e134tiny','tiny','0123456789abcdef',NULL,NULL,NULL,'6.1.0-tiny','x86',NULL,1,'/tmp/kmemdb-migration/tree',NULL,1796064624066960874,X'00000000000000000000000000000000');
CREATE TABLE object (
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	role INTEGER NOT NULL,	     -- object_role
	placement_set INTEGER REFERENCES placement_set(id), -- NULL: not placed in vmlinux
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
CREATE TABLE placement_set (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
INSERT INTO placement_set VALUES(1,X'0cc4b994a107810e09cdfbf3903f074c');
INSERT INTO placement_set VALUES(2,X'b325ef192e8a91b14b9a1156a7072816');
CREATE TABLE section_placement (
	placement_set INTEGER NOT NULL REFERENCES placement_set(id),
	ordinal INTEGER NOT NULL,    -- section.ordinal
	output INTEGER REFERENCES name(id), -- NULL: discarded
	lifetime INTEGER NOT NULL,	     -- section_lifetime
	PRIMARY KEY (placement_set, ordinal)
) WITHOUT ROWID;
INSERT INTO section_placement VALUES(1,0,51695887815243,0);
INSERT INTO section_placement VALUES(1,1,79233714285204,0);
INSERT INTO section_placement VALUES(1,2,55976170442657,0);
INSERT INTO section_placement VALUES(2,0,51695887815243,0);
INSERT INTO section_placement VALUES(2,1,NULL,2);
INSERT INTO section_placement VALUES(2,2,NULL,2);
CREATE TABLE member_list (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE
);
INSERT INTO member_list VALUES(1,X'dbe9831930ad3a78cc9511bf12c534d6');
INSERT INTO member_list VALUES(2,X'9c236aac6ac156c21fe7341307d8cfb9');
CREATE TABLE member_list_entry (
	member_list INTEGER NOT NULL REFERENCES member_list(id),
	ordinal INTEGER NOT NULL,
	path INTEGER NOT NULL REFERENCES path(id),
	PRIMARY KEY (member_list, ordinal)
) WITHOUT ROWID;
INSERT INTO member_list_entry VALUES(1,0,8);
INSERT INTO member_list_entry VALUES(1,1,5);
INSERT INTO member_list_entry VALUES(1,2,4);
INSERT INTO member_list_entry VALUES(1,3,7);
INSERT INTO member_list_entry VALUES(2,0,2);
INSERT INTO member_list_entry VALUES(2,1,3);
CREATE TABLE linked_image (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	machine INTEGER NOT NULL,
	elf_class INTEGER NOT NULL,
	big_endian INTEGER NOT NULL,
	text INTEGER NOT NULL,
	data INTEGER NOT NULL,
	bss INTEGER NOT NULL
);
INSERT INTO linked_image VALUES(1,X'c6bd2e48a66fa21b36d10437a73d0747',62,64,0,1500,150,18);
INSERT INTO linked_image VALUES(2,X'5b6aad1f0ba880da9d2206d842cc5777',62,64,0,80,8,0);
CREATE TABLE linked_image_section (
	linked_image INTEGER NOT NULL REFERENCES linked_image(id),
	ordinal INTEGER NOT NULL,
	name INTEGER NOT NULL REFERENCES name(id),
	class INTEGER NOT NULL,
	type INTEGER NOT NULL,
	flags INTEGER NOT NULL,
	addr INTEGER NOT NULL,
	size INTEGER NOT NULL,
	align INTEGER NOT NULL,
	PRIMARY KEY (linked_image, ordinal)
) WITHOUT ROWID;
INSERT INTO linked_image_section VALUES(1,0,51695887815243,0,1,6,4198400,1500,1);
INSERT INTO linked_image_section VALUES(1,1,79233714285204,2,1,3,4202496,150,1);
INSERT INTO linked_image_section VALUES(1,2,55976170442657,3,8,3,4202646,18,1);
INSERT INTO linked_image_section VALUES(2,0,51695887815243,0,1,6,0,80,1);
INSERT INTO linked_image_section VALUES(2,1,79233714285204,2,1,3,0,8,1);
INSERT INTO linked_image_section VALUES(2,2,55976170442657,3,8,3,0,0,1);
CREATE TABLE image (
	id INTEGER PRIMARY KEY,
	build INTEGER NOT NULL REFERENCES build(id),
	path INTEGER NOT NULL REFERENCES path(id),
	name INTEGER NOT NULL REFERENCES name(id),
	kind INTEGER NOT NULL,	     -- image_kind
	member_list INTEGER NOT NULL REFERENCES member_list(id),
	linked_image INTEGER REFERENCES linked_image(id), -- NULL: the file is missing
	build_id BLOB,		     -- GNU build-id
	layout INTEGER NOT NULL DEFAULT 0, -- layout_source
	checked INTEGER,	     -- symbols the layout was proved with
	matched INTEGER,
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
CREATE TABLE caveat (
	build INTEGER NOT NULL REFERENCES build(id),
	ordinal INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (build, ordinal)
) WITHOUT ROWID;
INSERT INTO caveat VALUES(1,0,'neither the linker''s map nor its script is there: only sections with global symbols could be placed');
INSERT INTO caveat VALUES(1,1,'8 sections of the objects are named nowhere: they count as discarded');
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
	placement_set INTEGER REFERENCES placement_set(id), -- of a module's objects
	PRIMARY KEY (tree, path)
) WITHOUT ROWID;
CREATE TABLE return_site (
	footprint INTEGER NOT NULL REFERENCES footprint(id),
	section INTEGER NOT NULL,
	offsets BLOB NOT NULL,
	PRIMARY KEY (footprint, section)
) WITHOUT ROWID;
CREATE TABLE image_map (
	image INTEGER PRIMARY KEY REFERENCES image(id),
	places BLOB NOT NULL,
	symbols BLOB NOT NULL
);
INSERT INTO image_map VALUES(1,X'80c080040000000200000200000200',X'');
CREATE TABLE source_line (
	build INTEGER NOT NULL REFERENCES build(id),
	image INTEGER NOT NULL REFERENCES name(id),
	section INTEGER NOT NULL,    -- name of a module's section; 0: vmlinux
	address INTEGER NOT NULL,    -- as linked; of a module in the section
	depth INTEGER NOT NULL,
	function INTEGER REFERENCES name(id),
	file INTEGER REFERENCES name(id),
	line INTEGER,
	PRIMARY KEY (build, image, section, address, depth)
) WITHOUT ROWID;
CREATE TABLE trace (
	id INTEGER PRIMARY KEY,
	build INTEGER REFERENCES build(id), -- NULL: joined with none
	build_choice INTEGER NOT NULL,     -- build_choice: how the build was found
	label TEXT,
	source TEXT NOT NULL,	     -- the log's path as given
	digest BLOB NOT NULL,	     -- XXH3 of its bytes
	format INTEGER NOT NULL,     -- trace_format
	imported_ns INTEGER NOT NULL,
	build_id BLOB,		     -- of the running kernel, as captured
	release TEXT,		     -- likewise
	command_line TEXT,	     -- likewise
	begin_ns INTEGER NOT NULL,
	end_ns INTEGER NOT NULL,
	clock INTEGER NOT NULL,	     -- 0 ns, 1 ticks of unknown length, 2 none
	pointer_bits INTEGER NOT NULL,
	hashed INTEGER NOT NULL,     -- 1: pointers are hashes
	page_size INTEGER NOT NULL,
	events INTEGER NOT NULL,     -- that were understood
	other_events INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	other_lines INTEGER NOT NULL,
	unreadable INTEGER NOT NULL,
	wrapped_lines INTEGER NOT NULL,
	lost INTEGER NOT NULL,
	lost_unknown INTEGER NOT NULL,
	overwritten INTEGER NOT NULL,
	null_free INTEGER NOT NULL,
	unmatched_free INTEGER NOT NULL,
	hidden_free INTEGER NOT NULL,
	hidden_alloc INTEGER NOT NULL,
	duplicate_events INTEGER NOT NULL,
	late_free INTEGER NOT NULL,
	stack_blocks INTEGER NOT NULL,
	truncated INTEGER NOT NULL,
	caveat TEXT,		     -- plain words, or NULL
	peak_ns INTEGER NOT NULL,
	peak_bytes INTEGER NOT NULL,
	kaslr_offset INTEGER,	     -- running - linked address; NULL: not known
	checked INTEGER NOT NULL,    -- sites that the build could confirm
	matched INTEGER NOT NULL,     -- and did
	-- Its rows of table allocation, which are neighbours; 0: none.
	first_allocation INTEGER NOT NULL,
	last_allocation INTEGER NOT NULL,
	ptr_base INTEGER NOT NULL,   -- allocation.ptr counts from here,
	time_base INTEGER NOT NULL   -- and alloc_ns from here
);
INSERT INTO trace VALUES(1,1,3,'boot','/tmp/kmemdb-migration/boot.log',X'e5c25300735c9fc089f7149bd36b1d93',1,1796064624087473487,NULL,NULL,NULL,1000001000,2000021000,0,64,1,4096,19,1,28,4,0,0,0,0,3,1,1,0,1,0,0,1,0,NULL,1000018000,2648,NULL,12,0,1,13,-131387344543744,1000002000);
INSERT INTO trace VALUES(2,NULL,0,'bare','/tmp/kmemdb-migration/bare.log',X'9c5d470ee1db5845b3552100de0409f7',1,1796064624098947182,NULL,NULL,NULL,1000001000,1000004000,0,64,0,4096,4,0,8,4,0,0,0,0,3,0,0,0,0,0,0,0,0,NULL,1000004000,256,NULL,0,0,14,16,-131387344543744,1000002000);
CREATE TABLE trace_event (
	trace INTEGER NOT NULL REFERENCES trace(id),
	name TEXT NOT NULL,
	understood INTEGER NOT NULL,
	count INTEGER NOT NULL,
	first_ns INTEGER,
	PRIMARY KEY (trace, name)
) WITHOUT ROWID;
INSERT INTO trace_event VALUES(1,'kfree',1,4,1000003000);
INSERT INTO trace_event VALUES(1,'kmalloc',1,8,1000001000);
INSERT INTO trace_event VALUES(1,'kmem_cache_alloc',1,2,1000004000);
INSERT INTO trace_event VALUES(1,'kmem_cache_free',1,1,1000005000);
INSERT INTO trace_event VALUES(1,'mm_page_alloc',1,2,1000013000);
INSERT INTO trace_event VALUES(1,'mm_page_free',1,1,1000015000);
INSERT INTO trace_event VALUES(1,'percpu_alloc_percpu',1,1,1000016000);
INSERT INTO trace_event VALUES(1,'sched_switch',0,1,NULL);
INSERT INTO trace_event VALUES(2,'kfree',1,1,1000003000);
INSERT INTO trace_event VALUES(2,'kmalloc',1,2,1000001000);
INSERT INTO trace_event VALUES(2,'kmem_cache_alloc',1,1,1000004000);
CREATE TABLE site (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	text INTEGER NOT NULL REFERENCES name(id),   -- as printed
	caller INTEGER NOT NULL REFERENCES name(id), -- symbol+0xoff
	state INTEGER NOT NULL,	     -- site_state
	image INTEGER REFERENCES name(id),
	path INTEGER REFERENCES path(id),
	function INTEGER REFERENCES name(id), -- that holds the call
	section INTEGER,	     -- as source_line.section
	address INTEGER,	     -- of the return, as source_line.address
	owner INTEGER REFERENCES name(id), -- past inlined allocator headers
	file INTEGER REFERENCES name(id),  -- of the owner's line
	line INTEGER,
	PRIMARY KEY (trace, site)
) WITHOUT ROWID;
INSERT INTO site VALUES(1,0,22428226754,62473547943798,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO site VALUES(1,1,100276727465219,5951238912350,1,50210988500985,5,57911662092336,0,4198516,57911662092336,NULL,NULL);
INSERT INTO site VALUES(1,2,55124174597835,119141972467483,1,50210988500985,4,15180598966315,0,4198732,15180598966315,NULL,NULL);
INSERT INTO site VALUES(1,3,119738415048326,18443283956081,1,50210988500985,4,15180598966315,0,4198796,15180598966315,NULL,NULL);
INSERT INTO site VALUES(1,4,46346679219470,103820803303088,1,50210988500985,8,8253226692233,0,4198448,8253226692233,NULL,NULL);
INSERT INTO site VALUES(1,5,12226884537566,73424202077144,1,50210988500985,8,8253226692233,0,4198480,8253226692233,NULL,NULL);
INSERT INTO site VALUES(1,6,107290453205056,62126192269209,1,50210988500985,7,557459308965,0,4199132,557459308965,NULL,NULL);
INSERT INTO site VALUES(1,7,131912338433255,52941508969244,1,79196001687548,2,57164658554216,51695887815243,16,57164658554216,NULL,NULL);
INSERT INTO site VALUES(1,8,102711666108977,19439938448864,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO site VALUES(1,9,20878328724846,88037479568619,1,50210988500985,5,57911662092336,0,4198628,57911662092336,NULL,NULL);
INSERT INTO site VALUES(1,10,35743377219076,59680447063427,1,50210988500985,4,15180598966315,0,4198828,15180598966315,NULL,NULL);
INSERT INTO site VALUES(1,11,108164970779140,135923190365872,1,50210988500985,8,8253226692233,0,4198464,8253226692233,NULL,NULL);
INSERT INTO site VALUES(1,12,72531389932191,68267776415118,1,50210988500985,5,57911662092336,0,4198644,57911662092336,NULL,NULL);
INSERT INTO site VALUES(2,0,22428226754,62473547943798,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO site VALUES(2,1,100276727465219,5951238912350,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO site VALUES(2,2,55124174597835,119141972467483,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO site VALUES(2,3,119738415048326,18443283956081,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO site VALUES(2,4,46346679219470,103820803303088,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE site_candidate (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	image INTEGER NOT NULL REFERENCES name(id),
	path INTEGER REFERENCES path(id),
	address INTEGER NOT NULL,
	PRIMARY KEY (trace, site, ordinal)
) WITHOUT ROWID;
CREATE TABLE stack_frame (
	trace INTEGER NOT NULL REFERENCES trace(id),
	stack INTEGER NOT NULL,
	depth INTEGER NOT NULL,
	site INTEGER NOT NULL,
	PRIMARY KEY (trace, stack, depth)
) WITHOUT ROWID;
INSERT INTO stack_frame VALUES(1,1,0,1);
INSERT INTO stack_frame VALUES(1,1,1,10);
INSERT INTO stack_frame VALUES(1,1,2,11);
CREATE TABLE rollup (
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	kind INTEGER NOT NULL,	     -- alloc_kind
	stack INTEGER NOT NULL,	     -- 0: none was traced
	cache INTEGER REFERENCES name(id),
	cache_mixed INTEGER NOT NULL,
	cache_inferred INTEGER NOT NULL,
	allocs INTEGER NOT NULL,
	frees INTEGER NOT NULL,
	implicit INTEGER NOT NULL,
	live INTEGER NOT NULL,
	unknown INTEGER NOT NULL,
	failed INTEGER NOT NULL,
	total_bytes INTEGER NOT NULL,
	total_req INTEGER NOT NULL,
	live_bytes INTEGER NOT NULL,
	live_req INTEGER NOT NULL,
	implicit_bytes INTEGER NOT NULL,
	unknown_bytes INTEGER NOT NULL,
	waste_bytes INTEGER NOT NULL,
	total_waste_bytes INTEGER NOT NULL,
	peak_bytes INTEGER NOT NULL,
	null_free INTEGER NOT NULL,
	unmatched_free INTEGER NOT NULL,
	PRIMARY KEY (trace, site, kind, stack)
) WITHOUT ROWID;
INSERT INTO rollup VALUES(1,0,2,0,NULL,0,0,2,1,0,1,0,0,20480,20480,16384,16384,0,0,0,0,16384,0,0);
INSERT INTO rollup VALUES(1,1,0,0,NULL,0,0,2,0,0,2,0,0,64,29,64,29,0,0,35,35,2112,0,0);
INSERT INTO rollup VALUES(1,1,0,1,NULL,0,0,1,1,0,0,0,0,2048,2000,0,0,0,0,0,48,0,0,0);
INSERT INTO rollup VALUES(1,2,0,0,NULL,0,0,1,1,0,0,0,0,128,100,0,0,0,0,0,28,0,0,0);
INSERT INTO rollup VALUES(1,3,0,0,NULL,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1);
INSERT INTO rollup VALUES(1,4,1,0,33468048441505,0,1,2,1,0,0,1,0,384,384,0,0,0,192,0,0,0,0,0);
INSERT INTO rollup VALUES(1,6,0,0,NULL,0,0,2,0,1,1,0,0,80,70,16,10,64,0,6,10,16,0,0);
INSERT INTO rollup VALUES(1,7,0,0,NULL,0,0,1,0,0,1,0,0,512,512,512,512,0,0,0,0,512,0,0);
INSERT INTO rollup VALUES(1,8,0,0,NULL,0,0,1,0,0,1,0,0,8,7,8,7,0,0,1,1,8,0,0);
INSERT INTO rollup VALUES(1,9,3,0,NULL,0,0,1,0,0,1,0,0,64,16,64,16,0,0,48,48,64,0,0);
INSERT INTO rollup VALUES(2,1,0,0,NULL,0,0,1,0,0,1,0,0,64,29,64,29,0,0,35,35,64,0,0);
INSERT INTO rollup VALUES(2,2,0,0,NULL,0,0,1,1,0,0,0,0,128,100,0,0,0,0,0,28,0,0,0);
INSERT INTO rollup VALUES(2,4,1,0,NULL,0,0,1,0,0,1,0,0,192,192,192,192,0,0,0,0,192,0,0);
CREATE TABLE timeline (
	trace INTEGER NOT NULL REFERENCES trace(id),
	ordinal INTEGER NOT NULL,
	start_ns INTEGER NOT NULL,
	malloc INTEGER NOT NULL,     -- live bytes at the end of the bucket
	cache INTEGER NOT NULL,
	page INTEGER NOT NULL,
	percpu INTEGER NOT NULL,
	top_bytes INTEGER NOT NULL,  -- highest malloc + cache in it
	PRIMARY KEY (trace, ordinal)
) WITHOUT ROWID;
INSERT INTO timeline VALUES(1,0,1000001000,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,1,1001049576,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,2,1002098152,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,3,1003146728,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,4,1004195304,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,5,1005243880,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,6,1006292456,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,7,1007341032,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,8,1008389608,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,9,1009438184,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,10,1010486760,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,11,1011535336,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,12,1012583912,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,13,1013632488,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,14,1014681064,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,15,1015729640,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,16,1016778216,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,17,1017826792,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,18,1018875368,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(1,19,1019923944,2648,0,16384,64,2648);
INSERT INTO timeline VALUES(2,0,1000001000,192,0,0,0,192);
INSERT INTO timeline VALUES(2,1,1000002024,64,0,0,0,192);
INSERT INTO timeline VALUES(2,2,1000003048,64,192,0,0,256);
CREATE TABLE alloc_shape (
	id INTEGER PRIMARY KEY,
	trace INTEGER NOT NULL REFERENCES trace(id),
	site INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	bytes_req INTEGER NOT NULL,
	bytes_alloc INTEGER NOT NULL,
	gfp INTEGER REFERENCES name(id),
	cache INTEGER REFERENCES name(id),
	node INTEGER NOT NULL,
	stack INTEGER NOT NULL,
	allocs INTEGER NOT NULL,     -- so many have it,
	live INTEGER NOT NULL	     -- so many of them alive at the end
);
INSERT INTO alloc_shape VALUES(1,1,2,0,100,128,31353057461422,NULL,-1,0,1,0);
INSERT INTO alloc_shape VALUES(2,1,4,1,192,192,99631664468770,33468048441505,-1,0,1,0);
INSERT INTO alloc_shape VALUES(3,1,6,0,60,64,99631664468770,NULL,-1,0,1,0);
INSERT INTO alloc_shape VALUES(4,1,4,1,192,192,99631664468770,NULL,-1,0,1,0);
INSERT INTO alloc_shape VALUES(5,1,0,2,4096,4096,99631664468770,NULL,-1,0,1,0);
INSERT INTO alloc_shape VALUES(6,1,1,0,2000,2048,99631664468770,NULL,-1,1,1,0);
INSERT INTO alloc_shape VALUES(7,1,1,0,29,64,99631664468770,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(8,1,6,0,10,16,99631664468770,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(9,1,7,0,512,512,25014176583255,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(10,1,8,0,7,8,25014176583255,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(11,1,0,2,16384,16384,99631664468770,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(12,1,9,3,16,64,99631664468770,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(13,1,1,0,0,0,99631664468770,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(14,2,2,0,100,128,31353057461422,NULL,-1,0,1,0);
INSERT INTO alloc_shape VALUES(15,2,1,0,29,64,99631664468770,NULL,-1,0,1,1);
INSERT INTO alloc_shape VALUES(16,2,4,1,192,192,99631664468770,NULL,-1,0,1,1);
CREATE TABLE alloc_task (
	id INTEGER PRIMARY KEY,
	trace INTEGER NOT NULL REFERENCES trace(id),
	cpu INTEGER,
	pid INTEGER,
	comm INTEGER REFERENCES name(id)
);
INSERT INTO alloc_task VALUES(1,1,0,1,38987821695827);
INSERT INTO alloc_task VALUES(2,1,1,1,38987821695827);
INSERT INTO alloc_task VALUES(3,1,1,0,14864142123857);
INSERT INTO alloc_task VALUES(4,2,0,1,38987821695827);
INSERT INTO alloc_task VALUES(5,2,1,1,38987821695827);
CREATE TABLE alloc_ending (
	id INTEGER PRIMARY KEY,
	trace INTEGER NOT NULL REFERENCES trace(id),
	ending INTEGER NOT NULL,     -- alloc_end
	flags INTEGER NOT NULL,	     -- alloc_flag
	free_site INTEGER
);
INSERT INTO alloc_ending VALUES(1,1,0,0,3);
INSERT INTO alloc_ending VALUES(2,1,0,1,5);
INSERT INTO alloc_ending VALUES(3,1,1,0,NULL);
INSERT INTO alloc_ending VALUES(4,1,3,0,NULL);
INSERT INTO alloc_ending VALUES(5,1,0,0,NULL);
INSERT INTO alloc_ending VALUES(6,1,0,0,12);
INSERT INTO alloc_ending VALUES(7,1,2,0,NULL);
INSERT INTO alloc_ending VALUES(8,2,0,0,3);
INSERT INTO alloc_ending VALUES(9,2,2,0,NULL);
CREATE TABLE allocation (
	id INTEGER PRIMARY KEY,
	ptr INTEGER NOT NULL,
	alloc_ns INTEGER NOT NULL,
	lifetime_ns INTEGER,	     -- NULL: its end was not seen
	shape INTEGER NOT NULL REFERENCES alloc_shape(id),
	task INTEGER NOT NULL REFERENCES alloc_task(id),
	ending INTEGER NOT NULL REFERENCES alloc_ending(id)
);
INSERT INTO allocation VALUES(1,0,0,1000,1,1,1);
INSERT INTO allocation VALUES(2,4096,2000,1000,2,2,2);
INSERT INTO allocation VALUES(3,8192,6000,1000,3,2,3);
INSERT INTO allocation VALUES(4,131387344543744,10000,NULL,4,3,4);
INSERT INTO allocation VALUES(5,131387344548608,12000,1000,5,3,5);
INSERT INTO allocation VALUES(6,20480,16000,1000003000,6,1,6);
INSERT INTO allocation VALUES(7,-4096,-1000,NULL,7,1,7);
INSERT INTO allocation VALUES(8,8192,7000,NULL,8,2,7);
INSERT INTO allocation VALUES(9,12288,8000,NULL,9,3,7);
INSERT INTO allocation VALUES(10,16384,9000,NULL,10,3,7);
INSERT INTO allocation VALUES(11,131387344548404,11000,NULL,11,3,7);
INSERT INTO allocation VALUES(12,131387917206050,14000,NULL,12,3,7);
INSERT INTO allocation VALUES(13,24576,18000,NULL,13,1,7);
INSERT INTO allocation VALUES(14,0,0,1000,14,4,8);
INSERT INTO allocation VALUES(15,-4096,-1000,NULL,15,4,9);
INSERT INTO allocation VALUES(16,4096,2000,NULL,16,5,9);
CREATE TABLE slab (
	trace INTEGER NOT NULL REFERENCES trace(id),
	name INTEGER NOT NULL REFERENCES name(id),
	active_objects INTEGER NOT NULL,
	objects INTEGER NOT NULL,
	object_bytes INTEGER NOT NULL,
	objects_per_slab INTEGER NOT NULL,
	pages_per_slab INTEGER NOT NULL,
	PRIMARY KEY (trace, name)
) WITHOUT ROWID;
CREATE TABLE cached_record (
	id INTEGER PRIMARY KEY,	     -- tree.id * 2^32 + path.id
	record BLOB NOT NULL
);
CREATE INDEX alloc_shape_of_trace ON alloc_shape (trace);
CREATE VIEW allocations AS
SELECT t.id AS trace,
       a.id AS allocation,
       h.site,
       CASE h.kind WHEN 0 THEN 'malloc' WHEN 1 THEN 'cache' WHEN 2 THEN 'page' WHEN 3 THEN 'percpu' ELSE 'kind ' || h.kind END AS kind,
       ca.text AS caller,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       CASE e.ending WHEN 3 THEN 0 ELSE a.ptr + t.ptr_base END AS ptr,
       h.bytes_req,
       h.bytes_alloc,
       a.alloc_ns + t.time_base AS alloc_ns,
       a.alloc_ns + t.time_base + a.lifetime_ns AS free_ns,
       a.lifetime_ns,
       CASE e.ending WHEN 0 THEN 'freed' WHEN 1 THEN 'implicit' WHEN 2 THEN 'live' WHEN 3 THEN 'unknown' ELSE 'ending ' || e.ending END AS ending,
       e.free_site,
       g.text AS gfp_flags,
       c.text AS cache,
       e.flags & 1 AS cache_inferred,
       e.flags >> 1 & 1 AS late_free,
       e.flags >> 2 & 1 AS duplicate,
       k.cpu,
       k.pid,
       m.text AS comm,
       h.node,
       h.stack
  FROM trace AS t
  -- CROSS: the trace first, then its rows.
 CROSS JOIN allocation AS a
    ON a.id BETWEEN t.first_allocation AND t.last_allocation
  LEFT JOIN alloc_shape AS h ON h.id = a.shape
  LEFT JOIN alloc_ending AS e ON e.id = a.ending
  LEFT JOIN alloc_task AS k ON k.id = a.task
  LEFT JOIN name AS g ON g.id = h.gfp
  LEFT JOIN name AS c ON c.id = h.cache
  LEFT JOIN name AS m ON m.id = k.comm
  -- Not view sites, which would be built for all traces here.
  LEFT JOIN site AS s ON s.trace = t.id AND s.site = h.site
  LEFT JOIN name AS ca ON ca.id = s.caller
  LEFT JOIN path AS p ON p.id = s.path
  LEFT JOIN dir AS d ON d.id = p.dir
;
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
  LEFT JOIN linked_image AS l ON l.id = i.linked_image;
CREATE VIEW caveats AS
SELECT build, ordinal, text AS caveat FROM caveat;
CREATE VIEW configs AS
SELECT b.id AS build, c.text AS config
  FROM build AS b
  LEFT JOIN config AS c ON c.id = b.config;
CREATE VIEW embedded AS
WITH pattern (path, kind, holds, part, becomes, ends) AS (
  -- The image's path is the object's without ".o", with part replaced and
  -- ends after it.
  VALUES ('arch/*/realmode/rmpiggy.o', 'program', 'realmode', 'rmpiggy', 'rm/realmode', '.elf'),
         ('arch/*/vdso/vdso-image-*.o', 'program', 'vdso', 'vdso-image-', 'vdso', '.so*'),
         ('arch/*/vdso/vdso.o', 'program', 'vdso', '', '', '.so*'),
         ('arch/*/vdso/vdso32.o', 'program', 'vdso', '', '', '.so*'),
         ('arch/*/vdso/vdsox32.o', 'program', 'vdso', '', '', '.so*'),
         ('arch/*/kernel/vdso*-wrap.o', 'program', 'vdso', '-wrap', '/vdso', '.so*'),
         ('arch/*/vdso*_wrapper.o', 'program', 'vdso', '_wrapper', '', '.so*'),
         ('arch/*/purgatory/kexec-purgatory.o', 'program', 'purgatory', 'kexec-', '', '*'),
         ('arch/*/boot/compressed/piggy*.o', 'program', 'vmlinux, packed', NULL, NULL, NULL),
         ('usr/initramfs_data.o', 'data', 'initramfs', NULL, NULL, NULL),
         ('certs/*_certificates.o', 'data', 'certificates', NULL, NULL, NULL),
         ('kernel/*_certificates.o', 'data', 'certificates', NULL, NULL, NULL),
         ('certs/blacklist_hashes.o', 'data', 'certificates', NULL, NULL, NULL),
         ('net/wireless/shipped-certs.o', 'data', 'certificates', NULL, NULL, NULL),
         ('net/wireless/extra-certs.o', 'data', 'certificates', NULL, NULL, NULL),
         ('net/wireless/regdb.o', 'data', 'wireless rules', NULL, NULL, NULL),
         ('firmware/*.gen.o', 'data', 'firmware', NULL, NULL, NULL),
         ('drivers/base/firmware_loader/*.gen.o', 'data', 'firmware', NULL, NULL, NULL),
         ('kernel/configs.o', 'data', 'configuration', NULL, NULL, NULL),
         ('kernel/kheaders.o', 'data', 'kernel headers', NULL, NULL, NULL),
         ('arch/*.dtb.o', 'data', 'device tree', NULL, NULL, NULL),
         ('.builtin-dtbs.o', 'data', 'device tree', NULL, NULL, NULL)
)
SELECT o.build,
       o.path_id,
       o.path,
       o.role,
       p.kind,
       p.holds,
       (SELECT coalesce(sum(s.size), 0) FROM sections AS s
         WHERE s.footprint = o.footprint
           AND s.class IN ('rodata', 'data', 'bss', 'strings')) AS bytes,
       o.total,
       (SELECT min(i.image_id) FROM images AS i
         WHERE i.build = o.build
           AND (p.ends IS NULL AND p.kind = 'program' AND i.kind = 'vmlinux'
                OR i.path GLOB replace(substr(o.path, 1, length(o.path) - 2),
                                       p.part, p.becomes) || p.ends)
       ) AS image_id
  FROM objects AS o
 CROSS JOIN pattern AS p
 WHERE o.path GLOB p.path
   AND o.role NOT IN ('host', 'derived', 'unlinked')
;
CREATE VIEW image_sections AS
SELECT i.build,
       i.id AS image_id,
       im.text AS image,
       s.ordinal,
       n.text AS section,
       CASE s.class WHEN 0 THEN 'text' WHEN 1 THEN 'rodata' WHEN 2 THEN 'data' WHEN 3 THEN 'bss' WHEN 4 THEN 'percpu' WHEN 5 THEN 'strings' WHEN 6 THEN 'meta' WHEN 7 THEN 'debug' ELSE 'class ' || s.class END AS class,
       s.type,
       s.flags,
       s.addr,
       s.size,
       s.align
  FROM image AS i
  JOIN name AS im ON im.id = i.name
  JOIN linked_image_section AS s ON s.linked_image = i.linked_image
  JOIN name AS n ON n.id = s.name;
CREATE VIEW images AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       CASE i.kind WHEN 0 THEN 'vmlinux' WHEN 1 THEN 'module' WHEN 2 THEN 'boot' WHEN 3 THEN 'vdso' ELSE 'image_kind ' || i.kind END AS kind,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       (SELECT count(*) FROM member_list_entry AS m
         WHERE m.member_list = i.member_list) AS objects,
       l.text,
       l.data,
       l.bss,
       l.text + l.data + l.bss AS total,
       lower(hex(i.build_id)) AS build_id,
       CASE i.layout WHEN 0 THEN 'none' WHEN 1 THEN 'map' WHEN 2 THEN 'script' ELSE 'layout ' || i.layout END AS layout,
       i.checked,
       i.matched
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN path AS p ON p.id = i.path
  JOIN dir AS d ON d.id = p.dir
  LEFT JOIN linked_image AS l ON l.id = i.linked_image;
CREATE VIEW leaves AS
SELECT i.build, n.text AS image, m.path AS path_id
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN member_list_entry AS m ON m.member_list = i.member_list
  JOIN object AS o ON o.build = i.build AND o.path = m.path
 -- vmlinux takes role vmlinux, a module role module, and so on
 WHERE o.role = CASE i.kind
                WHEN 0 THEN 0
                WHEN 1 THEN 1
                WHEN 2 THEN 3
                WHEN 3 THEN 4 END
UNION ALL
SELECT build, 'modules', path FROM object WHERE role = 1
UNION ALL
SELECT build, 'all', path FROM object
 WHERE role IN (0, 1,
                3, 4)
;
CREATE VIEW link_lines AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       l.ordinal,
       CASE l.kind WHEN 0 THEN 'objects' WHEN 1 THEN 'linktime' WHEN 2 THEN 'discards' WHEN 3 THEN 'merged' WHEN 4 THEN 'common' WHEN 5 THEN 'fill' WHEN 6 THEN 'script' WHEN 7 THEN 'linker' WHEN 8 THEN 'image' WHEN 9 THEN 'unexplained' WHEN 10 THEN 'span' WHEN 11 THEN 'init' ELSE 'line ' || l.kind END AS line,
       l.subject,
       l.bytes
  FROM link_line AS l
  JOIN image AS i ON i.id = l.image
  JOIN name AS n ON n.id = i.name;
CREATE VIEW live_sizes AS
SELECT h.trace,
       CASE h.kind WHEN 0 THEN 'malloc' WHEN 1 THEN 'cache' WHEN 2 THEN 'page' WHEN 3 THEN 'percpu' ELSE 'kind ' || h.kind END AS kind,
       c.text AS cache,
       h.bytes_alloc,
       sum(h.live) AS live,
       sum(h.live * h.bytes_req) AS bytes_req
  FROM alloc_shape AS h
  LEFT JOIN name AS c ON c.id = h.cache
 WHERE h.live > 0
 GROUP BY h.trace, h.kind, h.cache, h.bytes_alloc;
CREATE VIEW members AS
SELECT i.build,
       i.id AS image_id,
       n.text AS image,
       CASE i.kind WHEN 0 THEN 'vmlinux' WHEN 1 THEN 'module' WHEN 2 THEN 'boot' WHEN 3 THEN 'vdso' ELSE 'image_kind ' || i.kind END AS kind,
       m.ordinal,
       m.path AS path_id
  FROM image AS i
  JOIN name AS n ON n.id = i.name
  JOIN member_list_entry AS m ON m.member_list = i.member_list;
CREATE VIEW objects AS
SELECT o.build,
       o.path AS path_id,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       d.path AS directory,
       CASE o.role WHEN 0 THEN 'vmlinux' WHEN 1 THEN 'module' WHEN 2 THEN 'linktime' WHEN 3 THEN 'boot' WHEN 4 THEN 'vdso' WHEN 5 THEN 'host' WHEN 6 THEN 'derived' WHEN 7 THEN 'unlinked' ELSE 'role ' || o.role END AS role,
       f.text,
       f.data,
       f.bss,
       f.text + f.data + f.bss AS total,
       f.common,
       o.footprint,
       o.placement_set
  FROM object AS o
  JOIN path AS p ON p.id = o.path
  JOIN dir AS d ON d.id = p.dir
  JOIN footprint AS f ON f.id = o.footprint;
CREATE VIEW placements AS
SELECT f.placement_set,
       f.ordinal,
       n.text AS output,
       CASE f.lifetime WHEN 0 THEN 'resident' WHEN 1 THEN 'init' WHEN 2 THEN 'discard' ELSE 'lifetime ' || f.lifetime END AS lifetime
  FROM section_placement AS f
  LEFT JOIN name AS n ON n.id = f.output;
CREATE VIEW rollups AS
SELECT r.trace,
       r.site,
       CASE r.kind WHEN 0 THEN 'malloc' WHEN 1 THEN 'cache' WHEN 2 THEN 'page' WHEN 3 THEN 'percpu' ELSE 'kind ' || r.kind END AS kind,
       r.stack,
       (SELECT n.text FROM name AS n WHERE n.id = r.cache) AS cache,
       r.cache_mixed,
       r.cache_inferred,
       r.allocs,
       r.frees,
       r.implicit,
       r.live,
       r.unknown,
       r.failed,
       r.total_bytes,
       r.total_req,
       r.live_bytes,
       r.live_req,
       r.implicit_bytes,
       r.unknown_bytes,
       r.waste_bytes,
       r.total_waste_bytes,
       r.peak_bytes,
       r.null_free,
       r.unmatched_free
  FROM rollup AS r;
CREATE VIEW sections AS
SELECT s.footprint,
       s.ordinal,
       n.text AS section,
       CASE s.class WHEN 0 THEN 'text' WHEN 1 THEN 'rodata' WHEN 2 THEN 'data' WHEN 3 THEN 'bss' WHEN 4 THEN 'percpu' WHEN 5 THEN 'strings' WHEN 6 THEN 'meta' WHEN 7 THEN 'debug' ELSE 'class ' || s.class END AS class,
       s.type,
       s.flags,
       s.size,
       s.align,
       s.entsize,
       s.unattributed
  FROM section AS s
  -- LEFT: who does not ask for the name need not look it up.
  LEFT JOIN name AS n ON n.id = s.name
;
CREATE VIEW shapes AS
SELECT h.trace,
       h.id AS shape,
       h.site,
       CASE h.kind WHEN 0 THEN 'malloc' WHEN 1 THEN 'cache' WHEN 2 THEN 'page' WHEN 3 THEN 'percpu' ELSE 'kind ' || h.kind END AS kind,
       h.bytes_req,
       h.bytes_alloc,
       g.text AS gfp_flags,
       c.text AS cache,
       h.node,
       h.stack,
       h.allocs,
       h.live
  FROM alloc_shape AS h
  LEFT JOIN name AS g ON g.id = h.gfp
  LEFT JOIN name AS c ON c.id = h.cache;
CREATE VIEW site_candidates AS
SELECT c.trace,
       c.site,
       c.ordinal,
       i.text AS image,
       CASE d.path WHEN '' THEN p.file ELSE d.path || '/' || p.file END AS path,
       c.address
  FROM site_candidate AS c
  LEFT JOIN name AS i ON i.id = c.image
  LEFT JOIN path AS p ON p.id = c.path
  LEFT JOIN dir AS d ON d.id = p.dir;
CREATE VIEW site_sums AS
SELECT r.trace,
       r.site,
       CASE r.kind WHEN 0 THEN 'malloc' WHEN 1 THEN 'cache' WHEN 2 THEN 'page' WHEN 3 THEN 'percpu' ELSE 'kind ' || r.kind END AS kind,
       (SELECT n.text FROM name AS n WHERE n.id = r.cache) AS cache,
       r.cache_mixed,
       r.cache_inferred,
       r.allocs,
       r.frees,
       r.implicit,
       r.live,
       r.unknown,
       r.failed,
       r.total_bytes,
       r.total_req,
       r.live_bytes,
       r.live_req,
       r.implicit_bytes,
       r.unknown_bytes,
       r.waste_bytes,
       r.total_waste_bytes,
       r.peak_bytes,
       r.null_free,
       r.unmatched_free,
       s.caller,
       s.state,
       s.image,
       s.path,
       coalesce(s.path, '(' || s.state || ')') AS place,
       s.directory,
       s.function,
       s.owner,
       s.file,
       s.line,
       s.tracing,
       s.wrapper
  FROM (SELECT trace, site, kind,
               -- Stacks with different caches make a mixed site.
               CASE WHEN max(cache_mixed) = 0 AND min(cache) = max(cache)
                    THEN max(cache) END AS cache,
               max(cache_mixed) OR coalesce(min(cache) <> max(cache), 0)
                 AS cache_mixed,
               max(cache_inferred) AS cache_inferred,
               sum(allocs) AS allocs,
               sum(frees) AS frees,
               sum(implicit) AS implicit,
               sum(live) AS live,
               sum(unknown) AS unknown,
               sum(failed) AS failed,
               sum(total_bytes) AS total_bytes,
               sum(total_req) AS total_req,
               sum(live_bytes) AS live_bytes,
               sum(live_req) AS live_req,
               sum(implicit_bytes) AS implicit_bytes,
               sum(unknown_bytes) AS unknown_bytes,
               sum(waste_bytes) AS waste_bytes,
               sum(total_waste_bytes) AS total_waste_bytes,
               sum(peak_bytes) AS peak_bytes,
               sum(null_free) AS null_free,
               sum(unmatched_free) AS unmatched_free
          FROM rollup
         GROUP BY trace, site, kind) AS r
  JOIN sites AS s ON s.trace = r.trace AND s.site = r.site
;
CREATE VIEW sites AS
-- SELECTs instead of joins: only those run whose column the query uses.
SELECT s.trace,
       s.site,
       (SELECT n.text FROM name AS n WHERE n.id = s.text) AS text,
       (SELECT n.text FROM name AS n WHERE n.id = s.caller) AS caller,
       CASE s.state WHEN 0 THEN 'none' WHEN 1 THEN 'object' WHEN 2 THEN 'ambiguous' WHEN 3 THEN 'unknown' WHEN 4 THEN 'no-object' WHEN 5 THEN 'no-build' ELSE 'state ' || s.state END AS state,
       (SELECT n.text FROM name AS n WHERE n.id = s.image) AS image,
       (SELECT CASE d.path WHEN '' THEN p.file
                           ELSE d.path || '/' || p.file END
          FROM path AS p
          JOIN dir AS d ON d.id = p.dir
         WHERE p.id = s.path) AS path,
       (SELECT d.path
          FROM path AS p
          JOIN dir AS d ON d.id = p.dir
         WHERE p.id = s.path) AS directory,
       -- Of a caller what is before its '+', or all of it.
       (SELECT substr(n.text, 1, instr(n.text || '+', '+') - 1)
          FROM name AS n
         WHERE n.id = coalesce(s.function, s.caller)) AS function,
       -- Also what is before a dot, unless that comes first.
       (SELECT substr(n.text, 1,
                      instr(replace(substr(n.text, 2), '+', '.') || '.', '.'))
          FROM name AS n
         WHERE n.id = coalesce(s.owner, s.function, s.caller)) AS owner,
       (SELECT n.text FROM name AS n WHERE n.id = s.file) AS file,
       s.line,
       (SELECT n.text FROM name AS n WHERE n.id = s.section) AS section,
       s.address,
       coalesce((SELECT substr(d.path || '/', 1, 13) = 'kernel/trace/'
                   FROM path AS p
                   JOIN dir AS d ON d.id = p.dir
                  WHERE p.id = s.path), 0) AS tracing,
       coalesce((SELECT substr(n.text, 1,
                               instr(replace(substr(n.text, 2), '+', '.')
                                     || '.', '.'))
                   FROM name AS n
                  WHERE n.id = coalesce(s.owner, s.function, s.caller))
                IN (SELECT pattern FROM wrappers
                     WHERE kind IN ('function', 'allocator')), 0) AS wrapper
  FROM site AS s
;
CREATE VIEW skips AS
SELECT build, ordinal, path, reason FROM skipped;
CREATE VIEW slabs AS
SELECT s.trace,
       n.text AS cache,
       s.active_objects,
       s.objects,
       s.object_bytes,
       s.objects_per_slab,
       s.pages_per_slab
  FROM slab AS s
  LEFT JOIN name AS n ON n.id = s.name;
CREATE VIEW source_lines AS
SELECT l.build,
       i.text AS image,
       s.text AS section,
       l.address,
       l.depth,
       f.text AS function,
       fi.text AS file,
       l.line
  FROM source_line AS l
  LEFT JOIN name AS i ON i.id = l.image
  LEFT JOIN name AS s ON s.id = l.section
  LEFT JOIN name AS f ON f.id = l.function
  LEFT JOIN name AS fi ON fi.id = l.file;
CREATE VIEW stack_frames AS
SELECT f.trace,
       f.stack,
       f.depth,
       f.site,
       -- SELECTs instead of a join: view sites explains.
       (SELECT s.caller FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS caller,
       (SELECT s.path FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS path,
       (SELECT s.function FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS function,
       (SELECT s.owner FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS owner,
       (SELECT s.wrapper FROM sites AS s
         WHERE s.trace = f.trace AND s.site = f.site) AS wrapper
  FROM stack_frame AS f
;
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
CREATE VIEW timelines AS
SELECT trace,
       ordinal,
       start_ns,
       malloc AS malloc_bytes,
       cache AS cache_bytes,
       malloc + cache AS slab_bytes,
       top_bytes,
       page AS page_bytes,
       percpu AS percpu_bytes
  FROM timeline;
CREATE VIEW trace_events AS
SELECT trace,
       name AS event,
       understood,
       count AS events,
       first_ns
  FROM trace_event;
CREATE VIEW trace_kinds AS
SELECT trace,
       CASE kind WHEN 0 THEN 'malloc' WHEN 1 THEN 'cache' WHEN 2 THEN 'page' WHEN 3 THEN 'percpu' ELSE 'kind ' || kind END AS kind,
       sum(allocs) AS allocs,
       sum(frees) AS frees,
       sum(implicit) AS implicit,
       sum(live) AS live,
       sum(unknown) AS unknown,
       sum(failed) AS failed,
       sum(total_bytes) AS total_bytes,
       sum(total_req) AS total_req,
       sum(live_bytes) AS live_bytes,
       sum(live_req) AS live_req,
       sum(implicit_bytes) AS implicit_bytes,
       sum(unknown_bytes) AS unknown_bytes,
       sum(waste_bytes) AS waste_bytes,
       sum(total_waste_bytes) AS total_waste_bytes,
       sum(peak_bytes) AS peak_bytes,
       sum(null_free) AS null_free,
       sum(unmatched_free) AS unmatched_free
  FROM rollup
 GROUP BY trace, rollup.kind;
CREATE VIEW traces AS
SELECT t.id AS trace,
       t.build,
       CASE t.build_choice WHEN 0 THEN 'none' WHEN 1 THEN 'build-id' WHEN 2 THEN 'named' WHEN 3 THEN 'newest' ELSE 'build_choice ' || t.build_choice END AS build_choice,
       t.label,
       t.imported_ns,
       t.source,
       lower(hex(t.digest)) AS digest,
       CASE t.format WHEN 1 THEN 'text' WHEN 2 THEN 'dat' ELSE 'format ' || t.format END AS format,
       lower(hex(t.build_id)) AS build_id,
       t.release,
       t.command_line,
       t.begin_ns,
       t.end_ns,
       CASE t.clock WHEN 0 THEN 'ns' WHEN 1 THEN 'ticks' WHEN 2 THEN 'none' ELSE 'clock ' || t.clock END AS clock,
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
         WHERE r.trace = t.id AND r.kind IN (0, 1)) AS allocs,
       (SELECT coalesce(sum(r.frees), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (0, 1)) AS frees,
       (SELECT coalesce(sum(r.live), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (0, 1)) AS live,
       (SELECT coalesce(sum(r.total_bytes), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (0, 1)) AS total_bytes,
       (SELECT coalesce(sum(r.live_bytes), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (0, 1)) AS live_bytes,
       (SELECT coalesce(sum(r.waste_bytes), 0) FROM rollup AS r
         WHERE r.trace = t.id AND r.kind IN (0, 1)) AS waste_bytes,
       CASE t.first_allocation WHEN 0 THEN 0
            ELSE t.last_allocation - t.first_allocation + 1
        END AS allocations,
       t.kaslr_offset,
       t.checked,
       t.matched
  FROM trace AS t
;
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
('clock', 2, 'none', 'no times were printed')
;
CREATE VIEW wrappers (kind, pattern, why) AS
VALUES
-- Headers.  Of the 1,344 calls of allocators in a 6.1 x86 vmlinux all but
-- five were inlined from one of these or from none; the rest came from
-- headers of one subsystem (jbd2, tcp), whose functions do ask.
('file', 'include/linux/slab.h', 'kmalloc, kzalloc, kcalloc, kvmalloc… and kmem_cache_zalloc'),
('file', 'include/linux/slab_def.h', 'kmalloc of SLAB, to 3.x'),
('file', 'include/linux/slub_def.h', 'kmalloc of SLUB, to 3.x'),
('file', 'include/linux/slob_def.h', 'kmalloc of SLOB, to 3.x'),
('file', 'include/linux/gfp.h', 'alloc_pages and the like'),
('file', 'include/linux/mm.h', 'kvmalloc, to 5.15'),
('file', 'include/linux/vmalloc.h', 'vmalloc_array and the like'),
('file', 'include/linux/percpu.h', 'alloc_percpu and the like'),
('file', 'include/linux/mempool.h', 'mempool_alloc from a header, 6.10 on'),
('file', 'include/linux/string.h', 'kmemdup and memdup_array_user'),
('file', 'include/linux/fortify-string.h', 'kmemdup with FORTIFY_SOURCE'),
('file', 'include/linux/sockptr.h', 'memdup_sockptr'),
('file', 'include/linux/bpfptr.h', 'kvmemdup_bpfptr'),
('file', 'include/linux/bpf.h', 'bpf_map_kmalloc_node and the like, without memory cgroups'),
('file', 'include/linux/device.h', 'devm_kzalloc and the like'),
('file', 'include/linux/device/devres.h', 'likewise, 6.14 on'),
('file', 'include/linux/fs.h', 'alloc_inode_sb'),
('file', 'include/linux/skbuff.h', 'alloc_skb, dev_alloc_pages'),
('file', 'include/linux/bio.h', 'bio_alloc and the like'),
('file', 'include/linux/ptr_ring.h', 'the array of a ring'),
('file', 'include/linux/skb_array.h', 'likewise, of buffers'),
('file', 'include/linux/cpumask.h', 'alloc_cpumask_var, 6.12 on'),
('file', 'include/asm-generic/pgalloc.h', 'pages for page tables'),
('file', 'include/acpi/platform/aclinuxex.h', 'acpi_os_allocate, acpi_os_acquire_object'),
-- How the functions begin that the stack of a page begins with: the first
-- frame of none of them is taken for the caller of the page allocator, which
-- its events do not print.  Read when the program is built.
('page', 'trace_', 'tracing'),
('page', '__traceiter_', 'tracing'),
('page', 'perf_trace_', 'tracing'),
('page', 'ftrace_', 'tracing'),
('page', '__alloc_pages', 'the page allocator'),
('page', 'alloc_pages', 'likewise'),
('page', '__get_free_page', 'likewise'),
('page', 'get_free_page', 'likewise'),
('page', 'get_zeroed_page', 'likewise'),
('page', '__folio_alloc', 'likewise'),
('page', 'folio_alloc', 'likewise'),
('page', '__alloc_frozen_pages', 'likewise'),
('page', 'alloc_frozen_pages', 'likewise'),
('page', 'post_alloc_hook', 'likewise'),
('page', 'get_page_from_freelist', 'likewise'),
('page', 'prep_new_page', 'likewise'),
('page', '__alloc_page', 'likewise'),
('page', 'alloc_page', 'likewise'),
-- What a stack begins with: tracing, then the allocator.
('allocator', 'trace_event_raw_event_kmalloc', 'tracing'),
('allocator', 'trace_event_raw_event_kmem_alloc', 'tracing'),
('allocator', 'trace_event_raw_event_kmem_alloc_node', 'tracing'),
('allocator', 'trace_event_raw_event_kmem_cache_alloc', 'tracing'),
('allocator', 'trace_event_raw_event_mm_page_alloc', 'tracing'),
('allocator', 'trace_event_raw_event_percpu_alloc_percpu', 'tracing'),
('allocator', 'ftrace_raw_event_kmem_alloc', 'tracing, to 3.x'),
('allocator', 'ftrace_raw_event_kmem_alloc_node', 'tracing, to 3.x'),
('allocator', 'ftrace_raw_event_mm_page_alloc', 'tracing, to 3.x'),
('allocator', 'trace_event_buffer_commit', 'tracing'),
('allocator', 'trace_kmalloc', 'tracing'),
('allocator', 'trace_kmalloc_node', 'tracing'),
('allocator', 'trace_kmem_cache_alloc', 'tracing'),
('allocator', 'trace_kmem_cache_alloc_node', 'tracing'),
('allocator', 'trace_mm_page_alloc', 'tracing'),
('allocator', 'trace_percpu_alloc_percpu', 'tracing'),
('allocator', '__traceiter_kmalloc', 'tracing'),
('allocator', '__traceiter_kmalloc_node', 'tracing'),
('allocator', '__traceiter_kmem_cache_alloc', 'tracing'),
('allocator', '__traceiter_kmem_cache_alloc_node', 'tracing'),
('allocator', '__traceiter_mm_page_alloc', 'tracing'),
('allocator', '__traceiter_percpu_alloc_percpu', 'tracing'),
('allocator', 'kmalloc', 'an inlined one with a symbol of its own'),
('allocator', 'kzalloc', 'likewise'),
('allocator', 'kmem_cache_zalloc', 'likewise'),
('allocator', 'kmalloc_trace', '6.1 to 6.9'),
('allocator', 'kmalloc_node_trace', '6.1 to 6.9'),
('allocator', 'kmalloc_large', '6.1 to 6.9'),
('allocator', 'kmalloc_large_node', '6.1 to 6.9'),
('allocator', '__kmalloc_large_node', '6.1 to 6.9'),
('allocator', 'kmalloc_order', 'to 5.19'),
('allocator', 'kmalloc_order_trace', 'to 5.19'),
('allocator', 'kmem_cache_alloc_trace', 'to 6.0'),
('allocator', 'kmem_cache_alloc_node_trace', 'to 6.0'),
('allocator', 'kmem_cache_alloc_notrace', '2.6.31'),
('allocator', '__kmalloc', 'to 6.9'),
('allocator', '__kmalloc_node', 'to 6.9'),
('allocator', '__do_kmalloc', 'SLAB'),
('allocator', '__do_kmalloc_node', 'SLAB, and 6.1 on'),
('allocator', '__kmalloc_track_caller', 'to 6.9'),
('allocator', '__kmalloc_node_track_caller', 'to 6.9'),
('allocator', '__kmem_cache_alloc_node', '6.1 to 6.9'),
('allocator', '__kmem_cache_alloc_lru', '6.0 to 6.9'),
('allocator', 'kmem_cache_alloc', 'to 6.9'),
('allocator', 'kmem_cache_alloc_lru', '5.18 to 6.9'),
('allocator', 'kmem_cache_alloc_node', 'to 6.9'),
('allocator', 'kmem_cache_alloc_noprof', '6.10 on'),
('allocator', 'kmem_cache_alloc_lru_noprof', '6.10 on'),
('allocator', 'kmem_cache_alloc_node_noprof', '6.10 on'),
('allocator', 'kmalloc_trace_noprof', '6.10'),
('allocator', 'kmalloc_node_trace_noprof', '6.10'),
('allocator', 'kmalloc_large_noprof', '6.10'),
('allocator', 'kmalloc_large_node_noprof', '6.10'),
('allocator', '__kmalloc_noprof', '6.10 on'),
('allocator', '__kmalloc_node_noprof', '6.10 on'),
('allocator', '__kmalloc_cache_noprof', '6.11 on'),
('allocator', '__kmalloc_cache_node_noprof', '6.11 on'),
('allocator', '__kmalloc_large_noprof', '6.11 on'),
('allocator', '__kmalloc_large_node_noprof', '6.11 on'),
('allocator', '___kmalloc_large_node', '6.11 on'),
('allocator', '__kmalloc_node_track_caller_noprof', '6.10 on'),
('allocator', 'kmalloc_node_track_caller_noprof', '6.10'),
('allocator', 'slab_alloc', 'where it is not inlined'),
('allocator', 'slab_alloc_node', 'likewise'),
('allocator', '__alloc_pages', '5.13 to 6.9'),
('allocator', '__alloc_pages_nodemask', 'to 5.12'),
('allocator', '__alloc_pages_internal', '2.6.31'),
('allocator', '__alloc_pages_noprof', '6.10 on'),
('allocator', '__alloc_frozen_pages_noprof', '6.14 on'),
('allocator', '__alloc_pages_bulk', '5.13 on'),
('allocator', 'alloc_pages', 'where it is not inlined'),
('allocator', 'alloc_pages_noprof', '6.10 on'),
('allocator', 'alloc_pages_current', 'with NUMA, to 5.14'),
('allocator', 'alloc_pages_vma', 'with NUMA, to 5.16'),
('allocator', 'alloc_pages_mpol', 'with NUMA'),
('allocator', 'alloc_pages_mpol_noprof', 'with NUMA, 6.10 on'),
('allocator', 'alloc_frozen_pages_noprof', '6.14 on'),
('allocator', 'alloc_pages_exact', 'pages by size'),
('allocator', 'folio_alloc', '5.16 to 6.9'),
('allocator', 'folio_alloc_noprof', '6.10 on'),
('allocator', '__folio_alloc', '5.16 to 6.9'),
('allocator', '__folio_alloc_noprof', '6.10 on'),
('allocator', 'vma_alloc_folio', '5.17 to 6.9'),
('allocator', 'vma_alloc_folio_noprof', '6.10 on'),
('allocator', '__get_free_pages', 'to 6.9'),
('allocator', 'get_free_pages_noprof', '6.10 on'),
('allocator', 'get_zeroed_page', 'to 6.9'),
('allocator', 'get_zeroed_page_noprof', '6.10 on'),
('allocator', 'pcpu_alloc', 'to 6.9'),
('allocator', 'pcpu_alloc_noprof', '6.10 on'),
('allocator', '__alloc_percpu', 'to 6.9'),
('allocator', '__alloc_percpu_gfp', 'to 6.9'),
-- Functions that allocate for their caller.
('function', 'kvmalloc_node', 'kmalloc, or vmalloc where that fails'),
('function', 'kvmalloc_node_noprof', 'likewise, 6.10'),
('function', '__kvmalloc_node_noprof', 'likewise, 6.11 on'),
('function', 'kvrealloc', 'grows memory of kvmalloc'),
('function', 'kvrealloc_noprof', 'likewise, 6.10 on'),
('function', 'krealloc', 'grows memory of kmalloc'),
('function', 'krealloc_noprof', 'likewise, 6.10 on'),
('function', 'kstrdup', 'copies'),
('function', 'kstrdup_const', 'copies what is not constant'),
('function', 'kstrndup', 'copies'),
('function', 'kmemdup', 'copies'),
('function', 'kmemdup_noprof', 'copies, 6.10 on'),
('function', 'kmemdup_nul', 'copies'),
('function', 'kvmemdup', 'copies'),
('function', 'memdup_user', 'copies from user space'),
('function', 'memdup_user_nul', 'likewise'),
('function', 'vmemdup_user', 'likewise'),
('function', 'strndup_user', 'likewise'),
('function', 'kvasprintf', 'prints into new memory'),
('function', 'kvasprintf_const', 'likewise'),
('function', 'kasprintf', 'likewise'),
('function', 'devm_kvasprintf', 'likewise, freed with the device'),
('function', 'devm_kasprintf', 'likewise'),
('function', 'devm_kmalloc', 'freed with the device'),
('function', 'devm_krealloc', 'likewise'),
('function', 'devm_kmemdup', 'likewise'),
('function', 'devm_kstrdup', 'likewise'),
('function', 'devm_kstrdup_const', 'likewise'),
('function', 'alloc_dr', 'a resource of a device'),
('function', 'devres_alloc_node', 'likewise, to 5.15'),
('function', '__devres_alloc_node', 'likewise'),
('function', 'kobject_set_name_vargs', 'the name of an object'),
('function', 'kobject_set_name', 'likewise'),
('function', 'kobject_add_varg', 'likewise'),
('function', 'kobject_add', 'likewise'),
('function', 'kobject_init_and_add', 'likewise'),
('function', 'dev_set_name', 'the name of a device'),
('function', '__seq_open_private', 'the state of a file under /proc'),
('function', 'seq_open_private', 'likewise'),
('function', 'seq_open', 'likewise'),
('function', 'single_open', 'likewise'),
('function', 'single_open_size', 'likewise'),
('function', 'seq_buf_alloc', 'the buffer of such a file'),
('function', 'kmalloc_reserve', 'the data of a network buffer'),
('function', '__kmalloc_reserve', 'likewise, to 5.x'),
('function', '__alloc_skb', 'a network buffer'),
('function', '__netdev_alloc_skb', 'likewise'),
('function', '__napi_alloc_skb', 'likewise'),
('function', 'napi_alloc_skb', 'likewise'),
('function', '__build_skb', 'likewise'),
('function', 'build_skb', 'likewise'),
('function', 'napi_build_skb', 'likewise'),
('function', 'napi_skb_cache_get', 'likewise'),
('function', 'alloc_skb_with_frags', 'likewise'),
('function', 'skb_clone', 'likewise'),
('function', 'skb_copy', 'likewise'),
('function', '__pskb_copy_fclone', 'likewise'),
('function', 'pskb_expand_head', 'likewise'),
('function', 'sock_alloc_send_skb', 'likewise, charged to a socket'),
('function', 'sock_alloc_send_pskb', 'likewise'),
('function', 'sock_wmalloc', 'likewise'),
('function', 'sock_kmalloc', 'memory charged to a socket'),
('function', 'sk_prot_alloc', 'a socket of any protocol'),
('function', 'sk_alloc', 'likewise'),
('function', 'mempool_alloc', 'from a reserve'),
('function', 'mempool_alloc_noprof', 'likewise, 6.10 on'),
('function', 'mempool_alloc_slab', 'likewise'),
('function', 'mempool_kmalloc', 'likewise'),
('function', 'mempool_alloc_pages', 'likewise'),
('function', 'mempool_init_node', 'fills a reserve'),
('function', 'mempool_init', 'likewise'),
('function', 'mempool_create', 'likewise'),
('function', 'mempool_create_node', 'likewise'),
('function', 'bio_alloc_bioset', 'a block request, from the pool of its caller'),
('function', 'bio_kmalloc', 'likewise'),
('function', 'bvec_alloc', 'likewise'),
('function', 'lsm_blob_alloc', 'what security modules keep of an object, 6.12 on'),
('function', 'lsm_inode_alloc', 'likewise'),
('function', 'lsm_file_alloc', 'likewise'),
('function', 'lsm_cred_alloc', 'likewise'),
('function', 'lsm_task_alloc', 'likewise'),
('function', 'alloc_inode', 'an inode of a file system without a cache of its own'),
('function', 'new_inode_pseudo', 'an inode'),
('function', 'new_inode', 'an inode'),
('function', 'iget_locked', 'an inode'),
('function', 'iget5_locked', 'an inode'),
('function', 'sg_kmalloc', 'a list of pages'),
('function', '__sg_alloc_table', 'likewise'),
('function', 'sg_alloc_table', 'likewise'),
('function', 'bitmap_alloc', 'a bit map'),
('function', 'bitmap_zalloc', 'likewise'),
('function', 'bitmap_alloc_node', 'likewise'),
('function', 'bitmap_zalloc_node', 'likewise'),
('function', 'alloc_cpumask_var_node', 'a set of CPUs'),
('function', 'alloc_cpumask_var', 'likewise'),
('function', 'zalloc_cpumask_var', 'likewise'),
('function', 'bpf_map_kmalloc_node', 'memory of a BPF map'),
('function', 'bpf_map_kzalloc', 'likewise'),
('function', 'bpf_map_area_alloc', 'likewise'),
('function', '__bpf_map_area_alloc', 'likewise'),
('function', 'percpu_ref_init', 'a counter of references'),
('function', '__percpu_counter_init', 'a counter')
;
COMMIT;

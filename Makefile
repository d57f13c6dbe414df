# SPDX-License-Identifier: GPL-3.0-or-later
#
# make          build/kmemdb
# make demo     install what is missing, build, audit a real kernel, report
# make check    install what is missing, build, run every test
# make lint san tsan fuzz coverage bench: see tests/README.md
# make docs install clean: see README.md

CC ?= gcc
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wformat=2 -Wundef -Wvla -Werror
PKG_CONFIG ?= pkg-config
PKGS := libelf libdw sqlite3 libxxhash smartcols libtraceevent libtracecmd
prefix ?= /usr/local
DESTDIR ?=

# O=DIR puts the products of another configuration (sanitizers, coverage)
# elsewhere; DEPS makes the first build on a new machine install its
# libraries before pkg-config is asked for them.
O ?= build

PKG_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS = $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
libdir = $(prefix)/lib/kmemdb
CPPFLAGS += -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Iauditor -I$(O)/gen
ALL_CFLAGS = -std=c11 -pthread $(WARN) $(CFLAGS) $(CPPFLAGS) $(PKG_CFLAGS)
# Only what is used is loaded: a second audit takes 20 ms, libraries count.
LIBS = -Wl,--as-needed $(PKG_LIBS) -pthread -lm

# What brings a heavy library is a module, loaded only by the commands that
# need it (support/module.h): auditor/ROOM/module/*.c, where ROOM is the
# module's name unless HOME_NAME says otherwise.
MODULES := archive bfd code git plot profile top
HOME_archive := support
HOME_git := kbuild
module_objs = $(filter $(O)/auditor/$(or $(HOME_$(1)),$(1))/module/%,$(MODULE_OBJS))
MODULE_SRCS := $(sort $(wildcard auditor/*/module/*.c))
MODULE_OBJS := $(MODULE_SRCS:%.c=$(O)/%.o)
MODULE_FILES := $(MODULES:%=$(O)/kmemdb-%.so)
PKGS_archive := libarchive
CFLAGS_archive = $(shell $(PKG_CONFIG) --cflags $(PKGS_archive) 2>/dev/null)
LIBS_archive = $(shell $(PKG_CONFIG) --libs $(PKGS_archive) 2>/dev/null)
LIBS_bfd := -lbfd
LIBS_code := -lcapstone
PKGS_git := libgit2
CFLAGS_git = $(shell $(PKG_CONFIG) --cflags $(PKGS_git) 2>/dev/null)
LIBS_git = $(shell $(PKG_CONFIG) --libs $(PKGS_git) 2>/dev/null)
PKGS_plot := pangocairo
# Headers of others may warn.
CFLAGS_plot = $(shell $(PKG_CONFIG) --cflags $(PKGS_plot) 2>/dev/null | \
	sed s/-I/-isystem/g)
PKGS_profile := libprotobuf-c zlib
CFLAGS_profile = $(shell $(PKG_CONFIG) --cflags $(PKGS_profile) 2>/dev/null)
LIBS_profile = $(shell $(PKG_CONFIG) --libs $(PKGS_profile) 2>/dev/null)
PKGS_top := ncursesw tinfo
CFLAGS_top = $(shell $(PKG_CONFIG) --cflags $(PKGS_top) 2>/dev/null)
LIBS_top = $(shell $(PKG_CONFIG) --libs $(PKGS_top) 2>/dev/null)
LIBS_plot = $(shell $(PKG_CONFIG) --libs $(PKGS_plot) 2>/dev/null) -lm

SRCS := $(filter-out $(MODULE_SRCS),$(sort $(wildcard auditor/*.c \
	auditor/*/*.c auditor/*/*/*.c)))
OBJS := $(SRCS:%.c=$(O)/%.o)
LIB_OBJS := $(filter-out $(O)/auditor/main.o,$(OBJS)) $(O)/gen/sql_files.o \
	$(O)/gen/page_files.o
SQL := $(sort $(wildcard sql/*.sql sql/*/*.sql))
UNIT_SRCS := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(UNIT_SRCS:tests/unit/%.c=$(O)/unit/%)

all: $(O)/kmemdb $(MODULE_FILES)

$(O)/kmemdb: $(O)/auditor/main.o $(O)/libkmemdb.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -rdynamic -o $@ $^ $(LIBS)

$(O)/libkmemdb.a: $(LIB_OBJS)
	@rm -f $@
	$(AR) rcs $@ $^

# The messages of pprof's format: libprotobuf-c's compiler makes C of them.
PROTO := $(O)/gen/profile/module/profile.pb-c
$(PROTO).c $(PROTO).h &: auditor/profile/module/profile.proto
	@mkdir -p $(@D)
	protoc-c --proto_path=auditor/profile/module --c_out=$(@D) profile.proto
$(O)/auditor/profile/module/protobuf.o: | $(PROTO).h
$(O)/gen/profile/module/%.o: $(O)/gen/profile/module/%.c
	$(CC) -std=c11 $(CFLAGS) $(CPPFLAGS) $(CFLAGS_profile) -fPIC -MMD -MP \
		-c -o $@ $<
$(O)/kmemdb-profile.so: $(PROTO).o

# What a module takes of the program it finds in the program (-rdynamic).
$(O)/kmemdb-%.so: $(MODULE_OBJS)
	$(CC) $(ALL_CFLAGS) -fPIC $(LDFLAGS) -shared -o $@ \
		$(call module_objs,$*) $(filter $(O)/gen/%,$^) $(LIBS_$*)

$(MODULE_OBJS): ALL_CFLAGS += -fPIC
$(O)/auditor/support/module/%.o: ALL_CFLAGS += $(CFLAGS_archive)
$(O)/auditor/kbuild/module/%.o: ALL_CFLAGS += $(CFLAGS_git)
$(O)/auditor/plot/module/%.o: ALL_CFLAGS += $(CFLAGS_plot)
$(O)/auditor/profile/module/%.o: ALL_CFLAGS += $(CFLAGS_profile)
$(O)/auditor/top/module/%.o: ALL_CFLAGS += $(CFLAGS_top)

# The modules of tests and fuzzers, which are linked with them.
$(O)/kmemdb-modules.a: $(call module_objs,code) $(call module_objs,archive)
	@rm -f $@
	$(AR) rcs $@ $^

$(O)/%.o: %.c $(O)/.flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(O)/gen/sql_files.o: $(O)/gen/sql_files.c
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The page of `kmemdb html`: d3 is Debian's node-d3.
D3 ?= /usr/share/nodejs/d3/dist/d3.min.js
PAGE := auditor/html/page
PAGE_JS := $(patsubst %,$(PAGE)/%.js,data words colour state chart tables time main)
$(O)/gen/page_files.c: scripts/embed-page.sh $(D3) $(PAGE)/page.html \
		$(PAGE)/page.css $(PAGE_JS)
	@mkdir -p $(@D)
	scripts/embed-page.sh $(D3) $(PAGE)/page.css $(PAGE_JS) \
		<$(PAGE)/page.html >$@.tmp && mv $@.tmp $@

$(O)/gen/page_files.o: $(O)/gen/page_files.c
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Every .sql file becomes a row {path, text} of one table in the program.
$(O)/gen/sql_files.c: scripts/embed-sql.sh $(SQL) $(O)/.sqllist
	@mkdir -p $(@D)
	scripts/embed-sql.sh $(SQL) >$@.tmp && mv $@.tmp $@

# Every statement of sql/store gets a number.  The header has to be there
# before anything is compiled; later the .d files know who reads it.
STATEMENTS := $(O)/gen/store/statement_list.h
$(STATEMENTS): scripts/embed-sql.sh $(filter sql/store/%,$(SQL)) $(O)/.sqllist
	@mkdir -p $(@D)
	scripts/embed-sql.sh --statements $(filter sql/store/%,$(SQL)) >$@.tmp
	@cmp -s $@.tmp $@ && rm $@.tmp || mv $@.tmp $@
# And the names of the page allocator's functions are data of a view.
PATTERNS := $(O)/gen/trace/page_patterns.h
$(PATTERNS): scripts/embed-sql.sh sql/views/wrappers.sql
	@mkdir -p $(@D)
	scripts/embed-sql.sh --patterns page >$@.tmp && mv $@.tmp $@
$(OBJS): | $(STATEMENTS) $(PATTERNS)

# The list of SQL files and the flags are inputs, too: files that change
# only when their content does.
$(O)/.sqllist: FORCE
	@mkdir -p $(@D); echo '$(SQL)' | cmp -s - $@ || echo '$(SQL)' >$@
$(O)/gen/support/libdir.h: FORCE
	@mkdir -p $(@D); echo '#define KMEMDB_LIBDIR "$(libdir)"' >$@.tmp; \
		cmp -s $@.tmp $@ && rm $@.tmp || mv $@.tmp $@
$(O)/auditor/support/module.o: $(O)/gen/support/libdir.h
$(O)/.flags: FORCE
	@mkdir -p $(@D); echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || \
		echo '$(CC) $(ALL_CFLAGS)' >$@

# So that module_load finds the one that no test names.
LINKED_MODULES := $(O)/kmemdb-modules.a -rdynamic -Wl,-u,kmemdb_module_archive
$(O)/unit/%: tests/unit/%.c $(O)/libkmemdb.a $(O)/kmemdb-modules.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -Itests/unit \
		-DFIXTURES='"$(CURDIR)/tests/fixtures"' \
		-MMD -MP -MF $@.d -o $@ $< $(LINKED_MODULES) \
		$(O)/libkmemdb.a $(shell $(PKG_CONFIG) --libs cmocka) \
		$(LIBS) $(LIBS_code) $(LIBS_archive)

units: $(UNIT)

# ---- the two commands of the README ----

# Installs first, then makes anew: pkg-config knows the libraries only then.
demo:
	@scripts/install-deps.sh demo
	@$(MAKE) --no-print-directory -s -j2 all
	@KERNEL='$(KERNEL)' TRACE='$(TRACE)' BUILD=$(O) scripts/demo.sh

# The closing line counts; lint and both compilers' warnings come before.
check:
	@scripts/install-deps.sh test
	@$(MAKE) --no-print-directory -s -j2 all units
	@$(MAKE) --no-print-directory -s lint
	@BUILD=$(O) scripts/check.sh

lint: $(STATEMENTS) $(PATTERNS) $(PROTO).h $(O)/gen/support/libdir.h
	@CC='$(CC)' LINT_CFLAGS='$(ALL_CFLAGS) $(CFLAGS_plot) $(CFLAGS_archive) $(CFLAGS_git)' scripts/lint.sh

SAN := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
san:
	@scripts/install-deps.sh test
	@$(MAKE) --no-print-directory -s -j2 O=build/san all units \
		CFLAGS='-O1 -g $(SAN)' LDFLAGS='$(SAN)'
	@BUILD=build/san scripts/check.sh unit cli kernel

# The users of threads, under ThreadSanitizer.
tsan:
	@scripts/install-deps.sh test
	@CC='$(CC)' scripts/tsan.sh

# Lines of auditor/ that unit and cli tests execute: a figure, and by room.
coverage:
	@scripts/install-deps.sh test
	@CC=gcc scripts/coverage.sh

fuzz:
	@scripts/install-deps.sh test
	@scripts/fuzz.sh $(SECONDS_EACH)

bench: all
	@scripts/install-deps.sh test
	@O=$(O) tests/bench/bench.sh
	@O=$(O) tests/bench/import.sh
	@O=$(O) tests/bench/scale.sh
	@O=$(O) tests/bench/history.sh

deps install-deps:
	@scripts/install-deps.sh build

# Manual pages and completions come from the program's own tables.
DOCS := $(O)/doc/kmemdb.1 $(O)/doc/kmemdb-reports.7 $(O)/doc/kmemdb.bash \
	$(O)/doc/kmemdb.zsh
docs: $(DOCS)
$(O)/doc/kmemdb.1: scripts/man.sh $(O)/kmemdb
	@mkdir -p $(@D)
	scripts/man.sh $(O)/kmemdb 1 >$@.tmp && mv $@.tmp $@
$(O)/doc/kmemdb-reports.7: scripts/man.sh $(O)/kmemdb
	@mkdir -p $(@D)
	scripts/man.sh $(O)/kmemdb 7 >$@.tmp && mv $@.tmp $@
$(O)/doc/kmemdb.%: scripts/completions.sh scripts/completion.%.in $(O)/kmemdb
	@mkdir -p $(@D)
	scripts/completions.sh $(O)/kmemdb $* >$@.tmp && mv $@.tmp $@

SHARE = $(DESTDIR)$(prefix)/share
install: all docs
	install -D -m 755 $(O)/kmemdb $(DESTDIR)$(prefix)/bin/kmemdb
	install -D -m 644 -t $(DESTDIR)$(libdir) $(MODULE_FILES)
	install -D -m 755 scripts/capture.sh $(SHARE)/kmemdb/capture.sh
	install -D -m 755 ci/kmemdb-ci.sh $(DESTDIR)$(prefix)/bin/kmemdb-ci.sh
	set -e; cd ci; for file in $$(find . -type f ! -name '*.sh'); do \
		install -D -m 644 "$$file" "$(abspath $(SHARE))/kmemdb/ci/$$file"; \
	done
	install -D -m 644 $(O)/doc/kmemdb.1 $(SHARE)/man/man1/kmemdb.1
	install -D -m 644 $(O)/doc/kmemdb-reports.7 \
		$(SHARE)/man/man7/kmemdb-reports.7
	install -D -m 644 $(O)/doc/kmemdb.bash \
		$(SHARE)/bash-completion/completions/kmemdb
	install -D -m 644 $(O)/doc/kmemdb.zsh $(SHARE)/zsh/site-functions/_kmemdb

clean:
	rm -rf build

-include $(OBJS:.o=.d) $(UNIT:=.d) $(MODULE_OBJS:.o=.d)
.PHONY: all docs units demo check lint san tsan coverage fuzz bench deps install-deps install \
	clean FORCE
FORCE:
.DELETE_ON_ERROR:

# SPDX-License-Identifier: GPL-3.0-or-later
#
# Plain make: a target that measures a built kernel and holds it to its budgets.
#
#   include kmemdb.mk                     in a makefile that builds kernels, or
#   make -f kmemdb.mk TREE=../linux footprint
#
#   footprint        audit, compare, check; the summary is $(KMEMDB_OUT)/summary.md
#   footprint-write  a first kmemdb.budgets, from the newest build
#
# The database stays, so the base is the nearest build that this one comes from.
TREE ?= .
KMEMDB ?= kmemdb
KMEMDB_CI ?= kmemdb-ci.sh
KMEMDB_DB ?= kmemdb.db
KMEMDB_OUT ?= kmemdb-ci
KMEMDB_BUDGETS ?= $(wildcard kmemdb.budgets)
# A trace of a boot of this kernel, where there is one.
KMEMDB_TRACE ?=

footprint:
	KMEMDB_PROGRAM='$(KMEMDB)' $(KMEMDB_CI) -o '$(KMEMDB_OUT)' --db '$(KMEMDB_DB)' \
		$(if $(KMEMDB_BUDGETS),--budgets '$(KMEMDB_BUDGETS)') \
		$(if $(KMEMDB_TRACE),--trace '$(KMEMDB_TRACE)') '$(TREE)'

footprint-write:
	'$(KMEMDB)' check --db '$(KMEMDB_DB)' --write

.PHONY: footprint footprint-write

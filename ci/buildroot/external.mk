# SPDX-License-Identifier: GPL-3.0-or-later
#
# Buildroot: measures the kernel after it is built.  Copy it into the
# external.mk of a BR2_EXTERNAL tree; kmemdb and kmemdb-ci.sh must be in PATH.
# A broken limit fails the build.
#
#   make BR2_EXTERNAL=... KMEMDB_BUDGETS=$PWD/board/me/kmemdb.budgets
KMEMDB_DB ?= $(BASE_DIR)/kmemdb.db
KMEMDB_OUT ?= $(BINARIES_DIR)/kmemdb

define KMEMDB_FOOTPRINT
	mkdir -p $(KMEMDB_OUT)
	kmemdb-ci.sh -o $(KMEMDB_OUT) --db $(KMEMDB_DB) \
		--commit $(call qstrip,$(LINUX_VERSION)) \
		$(if $(KMEMDB_BUDGETS),--budgets $(KMEMDB_BUDGETS)) $(LINUX_DIR)
endef
LINUX_POST_BUILD_HOOKS += KMEMDB_FOOTPRINT

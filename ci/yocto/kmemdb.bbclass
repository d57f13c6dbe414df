# SPDX-License-Identifier: GPL-3.0-or-later
#
# Yocto: measures the kernel after it is built.  In the kernel's .bbappend:
#
#   inherit kmemdb
#   SRC_URI += "file://kmemdb.budgets"
#   KMEMDB_BUDGETS = "${WORKDIR}/kmemdb.budgets"
#
# kmemdb and kmemdb-ci.sh must be on the build host:
# HOSTTOOLS += "kmemdb kmemdb-ci.sh".  A broken limit fails the task; with
# KMEMDB_FATAL = "0" it warns.
KMEMDB_DB ?= "${TMPDIR}/kmemdb/${MACHINE}.db"
KMEMDB_OUT ?= "${DEPLOY_DIR}/kmemdb/${MACHINE}"
KMEMDB_BUDGETS ?= ""
KMEMDB_FATAL ?= "1"

do_kmemdb() {
    mkdir -p "$(dirname "${KMEMDB_DB}")" "${KMEMDB_OUT}"
    set -- -o "${KMEMDB_OUT}" --db "${KMEMDB_DB}" --source "${S}"
    if [ -n "${KMEMDB_BUDGETS}" ]; then
        set -- "$@" --budgets "${KMEMDB_BUDGETS}"
    fi
    status=0
    kmemdb-ci.sh "$@" "${B}" || status=$?
    if [ "$status" -eq 4 ] && [ "${KMEMDB_FATAL}" = "0" ]; then
        bbwarn "kmemdb: a limit is broken, ${KMEMDB_OUT}/summary.md says which"
    elif [ "$status" -ne 0 ]; then
        bbfatal "kmemdb: ended with $status, ${KMEMDB_OUT}/summary.md says more"
    fi
}
# Objects are all there, and nothing is stripped yet.
addtask kmemdb after do_compile do_compile_kernelmodules before do_install
do_kmemdb[lockfiles] += "${TMPDIR}/kmemdb.lock"
do_kmemdb[vardeps] += "KMEMDB_BUDGETS KMEMDB_FATAL"

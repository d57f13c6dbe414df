#!/usr/bin/env bats
# Messages of failed allocations in a real kernel: against what was read in
# its source, what its compiler wrote down, and what its checkpatch says.
# kernels: small arm

setup_file() {
	load common
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	export F=$BATS_FILE_TMPDIR SOURCE
	SOURCE=$(readlink -f "$TREE/source")
	"$B/kmemdb" audit "$TREE" 2>"$F/said"
	"$B/kmemdb" query oom-printk --image all --format csv >"$F/findings.csv" 2>/dev/null
	"$B/kmemdb" query objects --image all --format csv >"$F/objects.csv" 2>/dev/null
	CROSS_COMPILE=$CROSS tests/kernel/printk_index.py "$TREE" \
		$(objects_of "$F/findings.csv") >"$F/index.tsv"
}
setup() {
	load common
	kernel_setup
}

# The objects of a table, each once.
objects_of() {
	python3 -c 'import csv, sys
print(*sorted({r["path"] for r in csv.DictReader(open(sys.argv[1]))}))' "$1"
}

@test "each finding is in the compiler's index: its text, its function" {
	run tests/kernel/messages_oracle.py index "$F/findings.csv" "$F/index.tsv" "$TREE"
	echo "$output"
	[ "$status" -eq 0 ]
	# And most are of printers that the index has.
	local agree
	agree=$(sed -n 's/^\([0-9]*\) findings agree.*/\1/p' <<<"$output")
	[ "$agree" -ge "$(($(wc -l <"$F/findings.csv") / 2))" ]
}

@test "half a truth: what was read for tuning" {
	[ "$KERNEL" = small ] || skip "the truth is of x86"
	tests/messages/score.py "$F/findings.csv" tests/messages/truth-tune.tsv "$F/objects.csv" \
		--check 0.95 0.90 0.90
}

@test "the other half of the truth, that nothing was tuned with" {
	[ "$KERNEL" = small ] || skip "the truth is of x86"
	tests/messages/score.py "$F/findings.csv" tests/messages/truth-hold.tsv "$F/objects.csv" \
		--check 0.90 0.90 0.90
}

@test "each hit of checkpatch that was compiled is a finding" {
	tests/kernel/messages_oracle.py hits "$F/objects.csv" "$SOURCE" >"$F/hits.tsv"
	[ -s "$F/hits.tsv" ]
	CROSS_COMPILE=$CROSS tests/kernel/printk_index.py "$TREE" \
		$(cut -f 1 "$F/hits.tsv" | sort -u) >"$F/hits-index.tsv"
	tests/kernel/messages_oracle.py checkpatch "$F/findings.csv" "$F/hits-index.tsv" \
		"$F/hits.tsv" tests/messages/checkpatch-absent.tsv
}

@test "the bill of messages adds up to the sections of strings" {
	local strings
	strings=$("$B/kmemdb" query strings --image all --format csv 2>/dev/null |
		awk -F, '$1 == "strings" { s += $4 } END { print s }')
	[ "$strings" -gt 0 ]
	[ "$("$B/kmemdb" query printk --image all --format csv 2>/dev/null |
		awk -F, '$5 == "strings" { s += $8 } END { print s }')" -eq "$strings" ]
}

@test "a message as it is printed is found in the sources" {
	# Of those without a prefix of pr_fmt, which the source does not have.
	python3 - "$F/findings.csv" "$SOURCE" <<-'END'
	import csv, os, sys
	rows = [r for r in csv.DictReader(open(sys.argv[1]))]
	found = 0
	for row in rows:
	    path = os.path.join(sys.argv[2], row["path"][:-2] + ".c")
	    if os.path.exists(path) and row["message"] in open(path, errors="replace").read():
	        found += 1
	print(found, "of", len(rows))
	sys.exit(found < len(rows) / 3)
	END
}

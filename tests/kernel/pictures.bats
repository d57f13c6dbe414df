#!/usr/bin/env bats
# The pictures of the README: of a real kernel, its boot and its history, what
# is drawn is what the reports say, twice the same to the byte.
#
# kernels: small
# shellcheck disable=SC2153 # TREE is set by common.bash

load common

setup_file() {
	kernel_setup_file || return
	kernel_boot >"$D/boot" || return
	[ -z "$SKIP" ] || return 0
	local trees tree status=0
	"$B/kmemdb" audit -q "$TREE" || [ $? -eq 1 ]
	"$B/kmemdb" import -q "$(cat "$D/boot")" || [ $? -eq 1 ]
	trees=$(tests/kernel/history.sh) || status=$?
	if [ "$status" -eq 77 ]; then
		SKIP="the history cannot be built here"
		return 0
	fi
	[ "$status" -eq 0 ] || return
	for tree in "$trees"/[0-9]*; do
		"$B/kmemdb" audit -q --db "$D/history.db" --label "$(basename "$tree")" "$tree" || [ $? -eq 1 ]
	done
	export DEMO_DB=$KMEMDB HISTORY_DB=$D/history.db
	scripts/pictures.sh "$D/pictures"
}

measured() { python3 tests/cli/svg.py "$D/pictures/$1.svg" "${@:2}"; }

@test "the same kernel and boot give the same bytes" {
	scripts/pictures.sh "$D/again"
	diff -r "$D/pictures" "$D/again"
	for picture in docs/pictures/*; do
		[ -s "$D/pictures/${picture##*/}" ]
	done
	[ "$(find "$D/pictures" -type f | wc -l)" -eq "$(find docs/pictures -type f | wc -l)" ]
	[ -z "$(find "$D/pictures" -size +40k)" ]
}

@test "what they show is what the reports say, and can be read" {
	query objects --format csv -o "$D/objects.csv"
	measured rings rings "$D/objects.csv" total "" 2
	query dynamic --depth 64 --format csv -o "$D/dynamic.csv"
	measured waste rings "$D/dynamic.csv" waste_bytes "" 3
	measured treemap treemap "$D/dynamic.csv" live_bytes "" 3
	query timeline-by-branch --format csv -o "$D/timeline.csv"
	measured timeline timeline "$D/timeline.csv"
	query classes --format csv -o "$D/classes.csv"
	measured classes classes "$D/classes.csv"
	"$B/kmemdb" diff --db "$D/history.db" 00-base 11-header --format csv -o "$D/diff.csv"
	measured diff diff "$D/diff.csv"
	measured history labels
}

@test "in every size and for dark paper labels stay apart and can be read" {
	local size attr kind
	for size in 320x320 800x560 2000x1400; do
		for attr in static live init; do
			for kind in rings treemap; do
				"$B/kmemdb" plot $kind --attr $attr --size $size --dark -o "$D/p.svg"
				python3 tests/cli/svg.py "$D/p.svg" labels
			done
		done
		for kind in timeline classes; do
			"$B/kmemdb" plot $kind --size $size -o "$D/p.svg"
			python3 tests/cli/svg.py "$D/p.svg" labels
		done
		"$B/kmemdb" plot history --db "$D/history.db" --size $size -o "$D/p.svg"
		python3 tests/cli/svg.py "$D/p.svg" labels
	done
}

@test "the page of the kernel and its boot: small, right, quiet, and to be used" {
	"$B/kmemdb" html -o "$D/kernel.html"
	[ "$(stat -c %s "$D/kernel.html")" -lt 2000000 ]
	python3 tests/cli/page.py "$D/kernel.html" opens quiet sums deeper use keyboard readable over_time prints
	"$B/kmemdb" html --db "$D/history.db" --base 00-base --build 11-header -o "$D/history.html"
	python3 tests/cli/page.py "$D/history.html" quiet sums
}

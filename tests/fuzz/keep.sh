#!/bin/sh
# usage: keep.sh PROGRAM
# Adds to the kept corpus of a libFuzzer program those of its finds that reach something new, few and small.
set -eu
program=$1
. tests/fuzz/names.sh
mkdir -p "$kept" "$found"
"$program" -set_cover_merge=1 -max_len=$longest -rss_limit_mb=0 "$kept" "$found" >"$program.keep.log" 2>&1 || {
	cat "$program.keep.log"
	exit 1
}
printf '  KEEP   %-28s %s inputs, %s bytes\n' "$name" "$(ls "$kept" | wc -l)" "$(cat "$kept"/* | wc -c)"

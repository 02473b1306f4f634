#!/bin/sh
# usage: run.sh PROGRAM OPTION...
# Runs one libFuzzer program: first the kept corpus, then inputs made from it, as the options say (-runs,
# -max_total_time). What it finds goes to PROGRAM.corpus, below build/. One line if all is well.
program=$1
shift
. tests/fuzz/names.sh
case "$*" in *-runs=*) rm -rf "$found" ;; esac
mkdir -p "$found" "$kept"
if output=$("$program" "$@" -max_len=$longest -rss_limit_mb=0 -artifact_prefix="$found/" "$found" "$kept" 2>&1); then
	last=$(printf '%s\n' "$output" | sed -n 's/^#\([0-9]*\).*DONE.*cov: \([0-9]*\).*/\1 inputs, \2 edges/p')
	printf '  PASS   %-28s %s\n' "$name" "$last"
	exit 0
fi
printf '%s\n' "$output"
printf '  FAIL   %s\n' "$name"
exit 1

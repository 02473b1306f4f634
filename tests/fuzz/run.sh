#!/bin/sh
# Runs one libFuzzer program for a number of inputs, with a fixed seed and a fresh corpus.
program=$1
runs=$2
corpus=$program.corpus
rm -rf "$corpus"
mkdir -p "$corpus"
if output=$("$program" -seed=1 -max_len=4096 -runs="$runs" -print_final_stats=1 -artifact_prefix="$corpus/" "$corpus" 2>&1); then
	cover=$(printf '%s\n' "$output" | sed -n 's/.*DONE.*cov: \([0-9]*\).*/\1/p')
	printf '  PASS   %-28s %d inputs, %d edges\n' "$(basename "$program")" "$runs" "${cover:-0}"
	exit 0
fi
printf '%s\n' "$output"
printf '  FAIL   %s\n' "$(basename "$program")"
exit 1

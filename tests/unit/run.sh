#!/bin/sh
# usage: run.sh PROGRAM...
# Runs cmocka programs, as many at a time as there are processors. Of each: one line when all is well, and what it
# counted; everything it said otherwise.
if [ $# -gt 1 ]; then
	printf '%s\n' "$@" | xargs -n 1 -P "$(nproc)" "$0"
	exit
fi
program=$1
output=$("$program" 2>&1)
status=$?
passed=$(printf '%s\n' "$output" | sed -n 's/.*\[  PASSED  \] \([0-9]*\) test.*/\1/p')
if [ "$status" -eq 0 ] && [ "${passed:-0}" -gt 0 ]; then
	printf '  PASS   %-28s %3d tests\n' "$(basename "$program")" "$passed"
	printf '%s\n' "$output" | sed -n 's/^counted: /           /p'
	exit 0
fi
printf '%s\n' "$output"
printf '  FAIL   %s (status %d)\n' "$(basename "$program")" "$status"
exit 1

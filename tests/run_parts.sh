#!/bin/sh
# usage: run_parts.sh MAKE TARGET...
# Runs one make target after the other, all of them whatever comes; ends with a line for each and
# fails if one did.
set -u

make=$1
shift
summary=
failed=0
for target in "$@"; do
	printf '\n== %s\n' "$target"
	start=$(date +%s)
	if $make --keep-going "$target"; then
		result=ok
	else
		result=FAILED
		failed=1
	fi
	seconds=$(($(date +%s) - start))
	summary="$summary$(printf '  %-6s  %-18s %5s s' "$result" "$target" "$seconds")
"
done
printf '\n== Summary\n%s' "$summary"
if [ "$failed" -eq 0 ]; then
	echo "All parts passed."
else
	echo "Some parts FAILED; each said why above."
fi
exit "$failed"

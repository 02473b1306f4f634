#!/bin/sh
# usage: check_headers.sh "COMPILER FLAG..." HEADER...
# Refuses a header that does not compile alone, or not twice in one file.
set -eu

compiler=$1
shift
[ $# -gt 0 ] || {
	echo "check_headers: no headers are given" >&2
	exit 1
}

failed=0
for header in "$@"; do
	# A program of its own, so that no compiler takes the header for its main file.
	printf '#include "%s"\n#include "%s"\ntypedef int not_empty;\n' "$header" "$header" |
		$compiler -x c -fsyntax-only -Wno-unused-function -Wno-unused-const-variable - || {
		echo "check_headers: $header does not compile alone" >&2
		failed=1
	}
done
exit $failed

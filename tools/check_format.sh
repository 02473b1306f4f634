#!/bin/sh
# usage: check_format.sh FILE...
# Names each file that is not laid out as .clang-format says.
set -u

# Without files clang-format would wait for its input.
[ $# -gt 0 ] || {
	echo "check_format: no files are given" >&2
	exit 1
}

if said=$(clang-format-19 --dry-run -Werror "$@" 2>&1); then
	echo "check_format: $# files, all laid out as .clang-format says"
	exit 0
fi
files=$(printf '%s\n' "$said" | sed -n 's/^\([^ :]*\):[0-9]*:[0-9]*: error: .*/\1/p' | sort -u)
for file in $files; do
	echo "$file: not laid out as .clang-format says; make format does it" >&2
done
[ -n "$files" ] || printf '%s\n' "$said" >&2
exit 1

#!/bin/sh
# usage: list_api.sh "COMPILER FLAGS" HEADER...
#
# Prints the name of every function that the headers declare and do not define: what code that
# includes them may call. The compiler itself says which (gcc -aux-info).
set -eu

compiler=$1
shift

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for header in "$@"; do
	echo "#include \"$PWD/$header\""
done >"$folder/headers.c"
# shellcheck disable=SC2086
$compiler -w -fsyntax-only -aux-info "$folder/functions" "$folder/headers.c"
# /* kernel/include/kernel/span.h:56:NC */ extern uint32_t read_span_copy (struct read_span, ...);
sed -n 's|^/\* .*:[0-9]*:[INO]C \*/ extern [^(]*[ *]\([A-Za-z_][A-Za-z0-9_]*\) (.*|\1|p' "$folder/functions" | sort -u

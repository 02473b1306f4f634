#!/bin/sh
# usage: verify_kept.sh TOOL_PREFIX KERNEL_MAP "REGISTER..." OBJECT...
#
# Fails if an object uses one of the registers, or if the kernel holds code of the compiler's library,
# which was compiled without knowing of them.
set -eu

prefix=$1 map=$2 registers=$3
shift 3

pattern=$(echo "$registers" | tr ' ' '|')
for object in "$@"; do
	used=$("${prefix}objdump" -d --no-show-raw-insn "$object" | sed "s/^[^:]*://; s/[0-9a-f]* <.*//" | grep -wE "$pattern" | head -n 1)
	if [ -n "$used" ]; then
		echo "$object: uses a register that belongs to processes ($registers):$used" >&2
		exit 1
	fi
done
if grep -qE '^ \.text[^ ]* +0x[0-9a-f]+ +0x[0-9a-f]+ .*libgcc\.a' "$map"; then
	echo "$map: code from libgcc, which may use registers that belong to processes" >&2
	exit 1
fi

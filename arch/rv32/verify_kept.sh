#!/bin/sh
# usage: verify_kept.sh TOOL_PREFIX KERNEL_ELF ENTRY_OBJECT "REGISTER..."
#
# Fails if code of the kernel other than ENTRY_OBJECT's, whose place the map beside the kernel tells,
# uses one of the registers. It is the linked image that is looked at: compilers end a function with a
# far jump through t1, and the linker makes a near one of it. Code of the compiler's library is refused,
# too: it was compiled without knowing of the registers.
set -eu

prefix=$1 kernel=$2 entry=$3 registers=$4
map=${kernel%.elf}.map
pattern=$(echo "$registers" | tr ' ' '|')

# START SIZE of each section of the entry object that is in the image
places=$(awk -v entry="$entry" '$NF == entry && NF == 4 && $1 ~ /^\.(text|start)/ && $3 !~ /^0x0$/ {print $2, $3}' "$map")
end=$("${prefix}nm" "$kernel" | awk '$3 == "_kernel_code_end" {print $1}')
others=$("${prefix}objdump" -d --no-show-raw-insn --stop-address="0x$end" "$kernel" | grep -E '^[0-9a-f]+:' || true)
[ -n "$places" ] && [ -n "$others" ] || { echo "$map: no code, or none of $entry" >&2; exit 1; }

while read -r start size; do
	first=$(printf '%08x' $((start)))
	end=$(printf '%08x' $((start + size)))
	others=$(echo "$others" | awk -v first="$first" -v end="$end" '{a = substr($1, 1, 8); if (a < first || a >= end) print}')
done <<END
$places
END

used=$(echo "$others" | sed 's/<.*//' | grep -wE "$pattern" | head -n 1)
if [ -n "$used" ]; then
	echo "$kernel: uses a register that belongs to processes ($registers): $used" >&2
	exit 1
fi
if grep -qE '^ \.text[^ ]* +0x[0-9a-f]+ +0x[0-9a-f]+ .*libgcc\.a' "$map"; then
	echo "$map: code from libgcc, which may use registers that belong to processes" >&2
	exit 1
fi

#!/bin/sh
# Boots an image in QEMU, which waits before its first instruction, and starts gdb on it. QEMU ends with gdb.
#
#   debug.sh IMAGE KERNEL QEMU [GDB-ARGUMENT...]
#
# IMAGE has its placement file beside it; KERNEL is the kernel's ELF file; QEMU is the command that boots an image, but for
# the image. What the board says is shown here. What is written to image.input, beside the image, it hears:
#
#   echo help >build/lm3s6965evb/image.input       from another terminal
#   (gdb) shell echo help >$BOARD_INPUT            before it goes on
set -eu

image=$1
kernel=$2
qemu=$3
shift 3
tools=$(dirname "$0")
input=${image%.bin}.input
folder=$(mktemp -d)
socket=$folder/gdb

end() {
	[ -z "${machine:-}" ] || kill -KILL "$machine" 2>/dev/null || true
	rm -rf "$folder" "$input"
}
trap end EXIT
trap : INT # is for gdb, which stops the board

rm -f "$input"
mkfifo "$input"
export BOARD_INPUT="$input"
# In a session of its own, so that Ctrl-C reaches gdb alone. Reading and writing, the pipe has no end.
# shellcheck disable=SC2086
setsid $qemu "$image" -S -gdb "unix:$socket,server=on,wait=off" -monitor none \
	-chardev stdio,id=serial,signal=off -serial chardev:serial 0<>"$input" &
machine=$!

until [ -S "$socket" ]; do
	kill -0 "$machine" 2>/dev/null || {
		echo "debug: QEMU did not start" >&2
		exit 1
	}
	sleep 0.1
done

# While a process runs, memory that its MPU regions do not cover would be hidden from gdb, too: hence physical addresses.
gdb-multiarch -q -nx -iex 'set confirm off' "$kernel" -x "$tools/detent.py" \
	-ex "detent symbols ${image%.bin}.placement" -ex "target remote $socket" \
	-ex "python gdb.execute('maintenance packet Qqemu.PhyMemMode:1', to_string=True)" "$@"

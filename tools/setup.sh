#!/bin/sh
# Installs the Debian packages that building, running and testing need, if any are missing.
# Debian 12. Needs root or sudo only when something is missing.
set -eu

packages="
build-essential git cmake
gcc-arm-none-eabi binutils-arm-none-eabi
gcc-riscv64-unknown-elf binutils-riscv64-unknown-elf
picolibc-arm-none-eabi picolibc-riscv64-unknown-elf
clang-19 clang-format-19 libclang-rt-19-dev libclang-19-dev llvm-19-dev
qemu-system-arm qemu-system-misc gdb-multiarch
libelf-dev libarchive-dev libssl-dev libcmocka-dev
python3 python3-pytest python3-pexpect python3-pytest-xdist python3-pyelftools
"

# shellcheck disable=SC2086
states=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' $packages 2>/dev/null || true)"
missing=
for package in $packages; do
	case $states in
	*" $package=installed "*) ;;
	*) missing="$missing $package" ;;
	esac
done

[ -n "$missing" ] || exit 0
as_root=
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || {
		echo "setup: missing$missing; install them as root, or install sudo" >&2
		exit 1
	}
	as_root=sudo
fi

echo "setup: installing$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086
$as_root apt-get install -q -y --no-install-recommends $missing

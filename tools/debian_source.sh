#!/bin/sh
# usage: debian_source.sh PACKAGE DIRECTORY
#
# Unpacks the source of a Debian package, with Debian's patches, into DIRECTORY, unless that is there already. It comes
# from the archives that this machine has its packages from; apt checks signature and checksums. No root, and
# no change of the machine's list of archives: apt gets a list of its own.
set -eu

[ $# -eq 2 ] || {
	echo "usage: debian_source.sh PACKAGE DIRECTORY" >&2
	exit 1
}
package=$1
directory=$2
[ ! -d "$directory" ] || exit 0

mkdir -p "$(dirname "$directory")"
work=$(mktemp -d "$(dirname "$(realpath -m "$directory")")/.$package.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked"

# An archive whose index this machine has not fetched yet does not say whose it is.
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT) # $(ORIGIN)' 'Created-By: Packages' |
	grep -e ' # Debian$' -e ' # \$(ORIGIN)$' | sort -u >"$work/archives.list" || true

archive() {
	apt-get -q -o "Dir::Etc::SourceList=$work/archives.list" -o Dir::Etc::SourceParts=/dev/null \
		-o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root \
		-o Acquire::Retries=3 "$@"
}

echo "debian_source: fetching the source of $package"
if ! (cd "$work/unpacked" && archive update && archive source "$package") >"$work/log" 2>&1; then
	cat "$work/log" >&2
	echo "debian_source: the source of $package is not to be had; it takes a network, and Debian's archive in /etc/apt" >&2
	exit 1
fi
mv -T "$work/unpacked"/*/ "$directory" || [ -d "$directory" ] # somebody else was as quick

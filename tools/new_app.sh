#!/bin/sh
# Makes a folder with an application that builds, outside of this repository: docs/guide.md.
#
#   new_app.sh NAME [DIR]      DIR: NAME, beside this repository
set -eu

refuse() {
	echo "new-app: $*" >&2
	exit 1
}

name=${1:-}
folder=${2:-}
detent=$(cd "$(dirname "$0")/.." && pwd -P)
template=$detent/userland/_template

[ -n "$name" ] || refuse 'give a name: make new-app NAME=weather DIR=../weather'
case $name in
[!A-Za-z]* | *[!A-Za-z0-9_-]*) refuse "NAME=$name: a name is letters, digits, _ and -, and begins with a letter" ;;
esac
[ "${#name}" -le 32 ] || refuse "NAME=$name: a name has at most 32 letters"

case $folder in
'') folder=$(dirname "$detent")/$name ;;
'~/'*) folder=$HOME/${folder#'~/'} ;;
esac
[ ! -e "$folder" ] && [ ! -L "$folder" ] || refuse "$folder is there already; nothing was changed. Give a DIR that is not"
folder=$(realpath -m -- "$folder")
case $detent$folder in
*[!A-Za-z0-9_./@%+,-]*) refuse "make cannot work with blanks and special characters, as in $detent or $folder" ;;
esac
case $folder/ in
"$detent"/*) refuse "$folder lies in Detent itself: its own applications are folders of userland/apps" ;;
esac
parent=$(dirname "$folder")
mkdir -p "$parent" || refuse "$parent cannot be made"

# All of it under its name, or nothing.
unfinished=$(mktemp -d "$parent/.$name.XXXXXX") || refuse "nothing can be written to $parent"
trap 'rm -rf "$unfinished"' EXIT
for file in Makefile main.c README.md gitignore; do
	sed -e "s|NAME|$name|g" -e "s|FOLDER|$detent|g" "$template/$file" >"$unfinished/$file"
done
mv "$unfinished/gitignore" "$unfinished/.gitignore"
chmod 755 "$unfinished"
mv -T "$unfinished" "$folder"
echo "new-app: $folder; now: cd $folder && make run"

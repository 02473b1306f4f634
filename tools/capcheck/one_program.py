"""Refuses capsules and chip drivers that are each right and do not mean the same by a name.

    one_program.py FACTS...

Each file is checked alone. Two files that pass a `struct x *` between them by way of a header that
only mentions it could take it for two different structs, if two headers define one each; likewise a
function that two headers declare. So in all headers together each struct is defined once, and each
function declared once. FACTS are what capcheck --facts wrote (README.md).
"""

import pathlib
import sys


def places_of(paths):
    """What is defined or declared in headers: the places of each."""
    places = {}
    for path in paths:
        for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
            words = line.split(" ")
            if words[0] in ("struct", "declare") and words[2].endswith(".h"):
                place = f"{pathlib.Path(words[2]).resolve()}:{words[3]}"
                places.setdefault((words[0], words[1]), set()).add(place)
    return places


def main(paths):
    is_refused = False
    root = f"{pathlib.Path.cwd()}/"
    for (word, name), places in sorted(places_of(paths).items()):
        if len(places) > 1:
            first, *others = (each.removeprefix(root) for each in sorted(places))
            what = f"struct {name} is defined" if word == "struct" else f"{name} is declared"
            print(f"{first}: error: {what} again at {' and '.join(others)}", file=sys.stderr)
            is_refused = True
    return 1 if is_refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

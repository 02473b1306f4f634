"""Refuses capsules and chip drivers that are each right and do not mean the same by a name.

    one_program.py FACTS...

Each file is checked alone. Two files that pass a `struct x *` between them by way of a header that
only mentions it could take it for two different structs, if two headers define one each; likewise a
function that two headers declare. So in all headers together each struct is defined once, and each
function declared once. And what a header declares and somebody calls, a checked file defines: the linker
would take a function of the kernel of that name for it. FACTS are what capcheck --facts wrote (README.md).
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


def undefined_calls(paths):
    """Functions that checked headers declare, checked files call and none defines."""
    words = [line.split(" ") for path in paths
             for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
    defined = {each[1] for each in words if each[0] == "function" and each[2] == "global"}
    declared = {each[1]: f"{each[2]}:{each[3]}" for each in words if each[0] == "declare"}
    called = ({each[2] for each in words if each[0] == "call"} |
              {each[3] for each in words if each[0] == "operation"})
    return sorted((declared[name], name) for name in called & declared.keys() - defined)


def main(paths):
    is_refused = False
    for place, name in undefined_calls(paths):
        print(f"{place}: error: no checked file defines {name}", file=sys.stderr)
        is_refused = True
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

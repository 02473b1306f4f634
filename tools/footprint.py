#!/usr/bin/python3
"""usage: footprint.py [--write] BOARD...

What each module of userland/lib and userland/libc takes, and the smallest application, against the budget in the tables of
docs/userland-footprint.md. Fails when something is over its budget, or is not in the table.

    flash   code, constants, initial values of variables; of a module, all of its functions, though an application gets
            only those that it uses
    RAM     variables; of an application also its stack

--write puts today's figures into the page.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "userland-footprint.md"
APPLICATIONS = ("hello", "hello_printf", "printf", "word_count", "lua")
LIMITS = {"hello": (1024, 512)}  # whatever the page says

ROW = re.compile(r"^\| `([\w.]+)` \|(.*)\|$", re.M)


def run(*command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def sizes(files, size):
    """(flash, RAM) by file."""
    rows = [line.split() for line in run(size, *files).splitlines()[1:]]
    return {row[5]: (int(row[0]) + int(row[1]), int(row[1]) + int(row[2])) for row in rows}


def measure(board):
    """(flash, RAM) by module or application, for one board."""
    variables = "TOOL_PREFIX", "BUILD", "USERLAND_LIBRARY", "USERLAND_LIBC_OBJECTS"
    prefix, build, *objects = run("make", "--quiet", f"BOARD={board}", *(f"print-{v}" for v in variables)).splitlines()
    objects = " ".join(objects)
    elfs = [f"{build}/apps/{name}.0.elf" for name in APPLICATIONS]
    run("make", "--quiet", f"BOARD={board}", *objects.split(), *elfs)
    found = {}
    for path, figures in sizes(objects.split() + elfs, prefix + "size").items():
        name = pathlib.PurePath(path).name.removesuffix(".o").removesuffix(".0.elf")
        if name != "registers.S":  # for applications that test the kernel
            found[name] = figures
    return found


def budget(text):
    """The four numbers of each row: flash and RAM of the first board, then of the second."""
    return {name: [int(each) for each in cells.split("|")[:4]] for name, cells in ROW.findall(text)}


def compare(figures, allowed):
    """One message for each module that is over, or not in the table."""
    messages = []
    for name, numbers in figures.items():
        if name not in allowed:
            messages.append(f"{name} has no line")
            continue
        for number, limit in zip(numbers, allowed[name], strict=True):
            if number > limit:
                messages.append(f"{name} takes {number} bytes, and the page allows {limit}")
        limits = LIMITS.get(name, (10**9, 10**9)) * 2
        messages += [f"{name} takes {n} bytes, and may take {most}" for n, most in zip(numbers, limits) if n > most]
    messages += [f"{name} is not in userland/lib" for name in allowed if name not in figures]
    return messages


def write(text, figures):
    def row(match):
        cells = match[2].split("|")
        return f"| `{match[1]}` |" + "|".join([f" {n} " for n in figures.get(match[1], [0] * 4)] + cells[4:]) + "|"

    return ROW.sub(row, text)


def main(arguments):
    boards = [each for each in arguments if each != "--write"]
    if len(boards) != 2:
        sys.exit(__doc__)
    first, second = (measure(board) for board in boards)
    figures = {name: [*first[name], *second[name]] for name in first}
    text = PAGE.read_text()
    if "--write" in arguments:
        PAGE.write_text(write(text, figures))
        text = PAGE.read_text()
    messages = compare(figures, budget(text))
    for message in messages:
        print(f"footprint: {PAGE.relative_to(ROOT)}: {message}", file=sys.stderr)
    if messages:
        sys.exit(1)
    print(f"footprint: {len(figures)} modules, each within its budget")


if __name__ == "__main__":
    main(sys.argv[1:])

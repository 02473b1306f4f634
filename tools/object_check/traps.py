#!/usr/bin/python3
"""usage: traps.py [--lines | --where ADDRESS | --table] [--cost COMPILER-COMMAND FILE...] PREFIX PROGRAM

The traps that the compiler left in capsules and chip drivers: places where a mistake that only the
running program can make (an index, a shift, a division by zero) stops the kernel.

    --lines           also each trap: address, file and line, and what it was inlined into
    --where ADDRESS   only the place of one address, for example of a kernel panic's
    --table           only the table of trap_places.h, in C, for the panic to look up
    --cost            also what they cost: each FILE compiled with the command, with and without the
                      words of it that begin with -fsanitize

PREFIX is that of the binutils, PROGRAM a linked kernel. Traps are found by build/tools/object_check.
The compiler joins traps of one function when it can: each is told by the line of one of them.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parents[2]
OBJECT_CHECK = ROOT / "build" / "tools" / "object_check"
CHECKED = ("capsules/", "chips/")


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, text=True, capture_output=True, **options).stdout


class Place:
    """Where an address comes from: (function, file, line) from the innermost inlined to the outermost."""

    def __init__(self, address, frames):
        self.address = address
        self.frames = frames

    @property
    def file(self):
        """The file whose code it is, not the header that was inlined into it."""
        return self.frames[-1][1]

    @property
    def line(self):
        """The line in that file that leads to the trap."""
        return next(line for _, file, line in self.frames if file == self.file)

    def __str__(self):
        function = next(name for name, file, _ in self.frames if file == self.file)
        return f"{self.file}:{self.line} in {function}()"


def relative(file):
    path = pathlib.Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else file


def places_of(prefix, program, addresses):
    """By addr2line, which answers an address, then two lines for each frame."""
    text = run(prefix + "addr2line", "-a", "-f", "-i", "-e", program, *(hex(each) for each in addresses))
    places = []
    lines = iter(text.splitlines())
    for line in lines:
        if re.fullmatch(r"0x[0-9a-f]{8}", line):
            places.append(Place(int(line, 16), []))
        else:
            file, number = next(lines).split(" ")[0].rsplit(":", 1)
            places[-1].frames.append((line, relative(file), int(number) if number.isdigit() else 0))
    return places


def traps_of(prefix, program):
    addresses = [int(word, 16) for word in run(OBJECT_CHECK, "--traps", program).split()]
    return [place for place in places_of(prefix, program, addresses) if place.file.startswith(CHECKED)]


def code_size(prefix, command, source, folder):
    target = pathlib.Path(folder) / "object.o"
    run(*command, "-c", source, "-o", target, cwd=ROOT)
    return int(run(prefix + "size", target).splitlines()[1].split()[0])


def costs(prefix, command, sources):
    """Bytes of code and constants of each file, (with, without) traps."""
    without = [word for word in command if not word.startswith("-fsanitize")]
    if without == command:
        raise SystemExit("traps: the compiler's command has no -fsanitize")
    with tempfile.TemporaryDirectory() as folder:
        return {
            source: (code_size(prefix, command, source, folder), code_size(prefix, without, source, folder))
            for source in sources
        }


def table(places, sizes):
    count = Counter(place.file for place in places)
    files = sorted(set(count) | set(sizes))
    rows = [("file", "traps", "bytes", "without", "cost")] if sizes else [("file", "traps")]
    for file in files:
        rows.append((file, count[file], *((*sizes[file], sizes[file][0] - sizes[file][1]) if file in sizes else ())))
    if sizes:
        whole, bare = (sum(each[i] for each in sizes.values()) for i in (0, 1))
        rows.append(("all", len(places), whole, bare, whole - bare))
    else:
        rows.append(("all", len(places)))
    for name, *numbers in rows:
        print(f"    {name:34}" + "".join(f"{number:>9}" for number in numbers))
    if sizes:
        print(f"    {100 * (whole - bare) / bare:.1f} % of these files' code")


# kernel/trap_places.h
OFFSET_LIMIT, FILE_LIMIT, LINE_LIMIT = 1 << 16, 32, 2048


def table_in_c(prefix, program):
    places = traps_of(prefix, program)
    symbols = run(prefix + "nm", program)
    start = int(re.search(r"^([0-9a-f]+) . _kernel_flash_start$", symbols, re.M)[1], 16)
    files = sorted({place.file for place in places})
    rows = []
    for place in sorted(places, key=lambda each: each.address):
        offset = (place.address - start) // 2
        if offset >= OFFSET_LIMIT or len(files) > FILE_LIMIT or place.line >= LINE_LIMIT:
            raise SystemExit(f"traps: {place} does not fit the table; make its fields wider (kernel/trap_places.h)")
        rows.append(f"    {{{offset:#x}, {files.index(place.file)} << 11 | {place.line}}}, /* {place} */")
    return "\n".join([
        "/* Made by tools/object_check/traps.py of the kernel linked without it. */",
        "",
        '#include "trap_places.h"',
        "",
        "const struct trap_place trap_places[] = {", *rows, "    {0},", "};",
        f"const uint32_t trap_place_count = {len(rows)};",
        "const struct read_span trap_files[] = {",
        *(f'    SPAN_OF_TEXT("{file}"),' for file in files), "    {0},", "};",
    ])  # fmt: skip


def main(arguments):
    if arguments[:1] in ([], ["--help"]):
        print(__doc__)
        return 0 if arguments else 1
    wants_lines = "--lines" in arguments
    wants_table = "--table" in arguments
    arguments = [word for word in arguments if word not in ("--lines", "--table")]
    sizes, address = {}, None
    if arguments[0] == "--where":
        address, arguments = int(arguments[1], 0), arguments[2:]
    if arguments[0] == "--cost":
        command, sources, arguments = arguments[1], arguments[2:-2], arguments[-2:]
        sizes = costs(arguments[0], shlex.split(command), sources)
    prefix, program = arguments
    if address is not None:
        print(places_of(prefix, program, [address])[0])
        return 0
    if wants_table:
        print(table_in_c(prefix, program))
        return 0
    places = traps_of(prefix, program)
    table(places, sizes)
    if wants_lines:
        for place in places:
            print(f"    {place.address:#010x}  {place}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

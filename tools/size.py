#!/usr/bin/python3
"""usage: size.py BOARD...

Prints what the kernel of each board takes, from the linker's map, and how many lines of it are
trusted; writes build/size.json.

    flash   code, constants, and the initial values of variables
    ram     variables and the kernel's stack

Each byte belongs to one module: a source, `libgcc`, `stack`, or `alignment` (what the linker put
between two others). The sum of the modules must be what the ELF file's sections are, or there is no
result.

lines.py says which lines count as trusted and which as checked.
"""

import json
import lines
import pathlib
import re
import subprocess
import sys
from collections import defaultdict

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
OUTPUT = BUILD / "size.json"

ROOMS = ("kernel", "arch", "chips", "capsules", "boards")

TRAP_PLACES = "kernel/trap_places"  # a table that the build makes

MAP_START = "Linker script and memory map"
STACK_SECTION = ".stack"
GAP_MAX = 15  # bytes between two pieces, for alignment


class SizeError(Exception):
    pass


class Section:
    def __init__(self, start, size, in_flash, in_ram):
        self.start, self.end = start, start + size
        self.in_flash, self.in_ram = in_flash, in_ram
        self.pieces = []  # (start, size, module), as the map has them


def read_sections(elf):
    """The sections that are in the machine's memory, by name."""
    table = subprocess.run(["readelf", "-SW", elf], check=True, capture_output=True, text=True).stdout
    row = re.compile(r"^\s*\[ *\d+\] (\S+) +(\S+) +([0-9a-f]+) [0-9a-f]+ ([0-9a-f]+) [0-9a-f]+ +([A-Z]*) ", re.M)
    return {
        name: Section(int(start, 16), int(size, 16), kind != "NOBITS", "W" in flags)
        for name, kind, start, size, flags in row.findall(table)
        if "A" in flags
    }


def module_of(object_path):
    """build/x/kernel/capsules/led.c.o is capsules/led.c."""
    match = re.search(r"/kernel/((?:%s)/.*)\.o$" % "|".join(ROOMS), object_path)
    if match:
        return match[1]
    if object_path.endswith("trap_places/table.o"):
        return TRAP_PLACES
    if "libgcc" in object_path:
        return "libgcc"
    raise SizeError(f"{object_path}: belongs to no room")


def map_lines(text):
    """The lines of the map's second half; a name too long for its column has a line of its own, which
    is put back before the rest."""
    if MAP_START not in text:
        raise SizeError("this is not a map of GNU ld")
    lines = text.split(MAP_START, 1)[1]
    return re.sub(r"^( ?[^\s*]\S*)\n +(?=0x)", r"\1 ", lines, flags=re.M).splitlines()


def read_map(text, sections):
    """Fills in what the sections are made of."""
    output = re.compile(r"^([._]\S*)(?:\s|$)")
    piece = re.compile(r"^ (\S+) +0x([0-9a-f]+) +0x([0-9a-f]+) (\S+)$")
    current = None
    for line in map_lines(text):
        if line and not line.startswith(" "):
            match = output.match(line)
            current = sections.get(match[1]) if match else None
        elif current and (match := piece.match(line)) and int(match[3], 16) > 0:
            current.pieces.append((int(match[2], 16), int(match[3], 16), module_of(match[4])))


def divide(name, section):
    """(module, bytes) for every byte of a section. The map gives texts that were merged at their old
    size; where they really end is where the next piece begins."""
    if name == STACK_SECTION:
        yield "stack", section.end - section.start
        return
    at = section.start
    starts = [start for start, _, _ in section.pieces] + [section.end]
    for (start, size, module), limit in zip(section.pieces, starts[1:]):
        if not at <= start <= limit <= section.end or start - at > GAP_MAX:
            raise SizeError(f"{name}: the map has {module} at {start:#x}, which does not follow on {at:#x}")
        yield "alignment", start - at
        at = min(start + size, limit)
        yield module, at - start
    if section.end - at > GAP_MAX:
        raise SizeError(f"{name}: the map does not say what lies at {at:#x}..{section.end:#x}")
    yield "alignment", section.end - at


def read_sizes(board):
    """The kernel's modules: path -> {"flash": bytes, "ram": bytes}."""
    sections = read_sections(BUILD / board / "kernel.elf")
    read_map((BUILD / board / "kernel.map").read_text(), sections)
    modules = defaultdict(lambda: {"flash": 0, "ram": 0})
    for name, section in sections.items():
        for module, length in divide(name, section):
            modules[module]["flash"] += length * section.in_flash
            modules[module]["ram"] += length * section.in_ram
    for kind, where in (("flash", "in_flash"), ("ram", "in_ram")):
        told = sum(sizes[kind] for sizes in modules.values())
        real = sum(each.end - each.start for each in sections.values() if getattr(each, where))
        if told != real:
            raise SizeError(f"{board}: {kind} is {real} bytes, the modules have {told}")
    return {path: sizes for path, sizes in modules.items() if any(sizes.values())}


def sources_of(board, modules):
    """The files of the repository that the modules were compiled from: the compiler's dependency files
    tell which headers these include."""
    files = set()
    for source in modules:
        if source.split("/")[0] in ROOMS and source != TRAP_PLACES:
            rule = (BUILD / board / "kernel" / f"{source}.d").read_text().replace("\\\n", " ")
            prerequisites = rule.split("\n", 1)[0].split(": ", 1)[1].split()
            files.update(path for path in prerequisites if not path.startswith("/"))
    return sorted(files)


def measure(board):
    modules = read_sizes(board)
    counts = lines.count_files(ROOT, sources_of(board, modules))
    return {
        "flash": sum(sizes["flash"] for sizes in modules.values()),
        "ram": sum(sizes["ram"] for sizes in modules.values()),
        "trusted_lines": lines.trusted(counts),
        "checked_lines": lines.checked(counts),
        "lines": counts,
        "modules": dict(sorted(modules.items(), key=lambda item: (-item[1]["flash"], -item[1]["ram"], item[0]))),
    }


def room_of(path):
    return path.split("/")[0] if "/" in path else path


def print_board(board, result):
    rooms = defaultdict(lambda: {"flash": 0, "ram": 0})
    for path, sizes in result["modules"].items():
        for kind, length in sizes.items():
            rooms[room_of(path)][kind] += length

    def print_rows(table):
        for name, sizes in sorted(table.items(), key=lambda item: (-item[1]["flash"], -item[1]["ram"], item[0])):
            print(f"  {sizes['flash']:>7} {sizes['ram']:>7}  {name}")

    print(f"{board}\n    flash     RAM  (bytes)")
    print_rows(result["modules"])
    print("  ------- -------")
    print_rows(rooms)
    print("  ------- -------")
    print(f"  {result['flash']:>7} {result['ram']:>7}  in all")
    print_lines(result["lines"])


def print_lines(counts):
    def parts(names):
        return ", ".join(f"{name} {counts[name]}" for name in names)

    print(f"  {lines.trusted(counts):>7} lines trusted: {parts(lines.TRUSTED)}")
    print(f"  {lines.checked(counts):>7} lines checked: {parts(lines.CHECKED)}")
    print(f"  {counts[lines.NEITHER]:>7} lines of declarations in public headers\n")


def main(boards):
    if not boards:
        sys.exit(__doc__.splitlines()[0])
    try:
        results = {board: measure(board) for board in boards}
    except (SizeError, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"size: {error}")
    for board, result in results.items():
        print_board(board, result)
    OUTPUT.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/python3
"""usage: size.py BOARD...                    prints
       size.py --record BOARD...           writes boards/BOARD/size.txt
       size.py --budget FILE FOLDER        fails if the kernel in FOLDER takes more than FILE allows

Prints what the kernel of each board takes, from the linker's map, what has changed since
boards/BOARD/size.txt was written, how many lines of it are trusted, what it takes of each process's
RAM, and the sizes beside Tock's; writes build/size.json.

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
import struct
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

KINDS = ("flash", "ram")
PROCESS = "process"  # what a budget says beside: RAM of each process
ALL = "in all"  # the name of the sum in a record

# Bytes of flash of Tock's kernel: its board qemu_rv32_virt with its default drivers, and a minimal
# board for Cortex-M4 (console, alarm, IPC, round robin); release builds, commit c389045bf. The board
# with a small kernel is held against the same.
TOCK_FLASH = {"lm3s6965evb": 58924, "qemu_rv32_virt": 104492}
SMALL = "_small"
GOAL_FLASH = 24 * 1024  # of the small ones

# Of each process's RAM it takes about 1.3 KB, and 8 bytes for each driver of the board.
TOCK_PROCESS, TOCK_DRIVER = 1300, 8
GOAL_PROCESS, GOAL_DRIVER = 256, 8


class SizeError(Exception):
    pass


class Section:
    def __init__(self, start, size, in_flash, in_ram, offset=0):
        self.start, self.end = start, start + size
        self.in_flash, self.in_ram = in_flash, in_ram
        self.offset = offset  # in the file
        self.pieces = []  # (start, size, module), as the map has them


def read_sections(elf):
    """The sections that are in the machine's memory, by name."""
    table = subprocess.run(["readelf", "-SW", elf], check=True, capture_output=True, text=True).stdout
    row = re.compile(r"^\s*\[ *\d+\] (\S+) +(\S+) +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) [0-9a-f]+ +([A-Z]*) ", re.M)
    return {
        name: Section(int(start, 16), int(size, 16), kind != "NOBITS", "W" in flags, int(offset, 16))
        for name, kind, start, offset, size, flags in row.findall(table)
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


def read_sizes(folder):
    """The modules of the kernel that was built in this folder: path -> {"flash": bytes, "ram": bytes}."""
    sections = read_sections(folder / "kernel.elf")
    read_map((folder / "kernel.map").read_text(), sections)
    modules = defaultdict(lambda: {"flash": 0, "ram": 0})
    for name, section in sections.items():
        for module, length in divide(name, section):
            modules[module]["flash"] += length * section.in_flash
            modules[module]["ram"] += length * section.in_ram
    for kind, where in zip(KINDS, ("in_flash", "in_ram")):
        told = total(modules)[kind]
        real = sum(each.end - each.start for each in sections.values() if getattr(each, where))
        if told != real:
            raise SizeError(f"{folder}: {kind} is {real} bytes, the modules have {told}")
    return {path: sizes for path, sizes in modules.items() if any(sizes.values())}


def total(modules):
    return {kind: sum(sizes[kind] for sizes in modules.values()) for kind in KINDS}


# --- What a kernel takes of each process's RAM ---

# struct grant_layout (kernel/grant.h): four numbers of slots, and the bytes of the driver's own struct.
GRANT_LAYOUT = struct.Struct("<BBBBH")
GRANT_UNIT = 8
GRANT_ENTRY = 2  # in each process, for each driver of the board that keeps something

# struct upcall and UPCALL_RESERVE (kernel/process.h).
UPCALL_PLACE, UPCALL_RESERVE = 16, 2


def grant_bytes(layout):
    """As grant_size() counts them."""
    *slots, state = GRANT_LAYOUT.unpack(layout[: GRANT_LAYOUT.size])
    return (sum(slots) + max(1, -(-state // GRANT_UNIT))) * GRANT_UNIT


def process_ram(folder):
    """What a process pays at once, and module -> bytes for each driver that it uses."""
    kernel, sections = folder / "kernel.elf", read_sections(folder / "kernel.elf")
    names = subprocess.run(["nm", kernel], check=True, capture_output=True, text=True).stdout
    size_at = re.search(r"^([0-9a-f]+) \w process_bytes$", names, re.M)
    layout = re.compile(r"^ \.rodata\.private_layout\S* +0x([0-9a-f]+) +0x[0-9a-f]+ (\S+)$")
    content = kernel.read_bytes()

    def bytes_at(address, count):
        for section in sections.values():
            if section.in_flash and section.start <= address <= section.end - count:
                start = section.offset + address - section.start
                return content[start : start + count]
        raise SizeError(f"{kernel}: nothing is at {address:#x}")

    if not size_at:
        raise SizeError(f"{kernel}: has no process_bytes (kernel/process.c)")
    drivers = {
        module_of(match[2]): grant_bytes(bytes_at(int(match[1], 16), GRANT_LAYOUT.size))
        for match in map(layout.match, map_lines((folder / "kernel.map").read_text()))
        if match and int(match[1], 16) != 0
    }
    return int.from_bytes(bytes_at(int(size_at[1], 16), 4), "little"), drivers


# --- The record: what a kernel took when somebody last looked ---


def record_path(board):
    return ROOT / "boards" / board / "size.txt"


def format_record(board, modules):
    rows = [(ALL, total(modules)), *sorted(modules.items())]
    return (
        f"# What the kernel of {board} takes, in bytes. Written by `make size-record`; `make size` tells the difference.\n"
        "#  flash     RAM\n"
    ) + "".join(f"{sizes['flash']:>8} {sizes['ram']:>7}  {name}\n" for name, sizes in rows)


def read_record(path):
    """name -> {"flash": bytes, "ram": bytes}, the sum under ALL; empty where there is no record."""
    record = {}
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        if line.startswith("#"):
            continue
        match = re.fullmatch(r" *(\d+) +(\d+)  (\S.*)", line)
        if not match:
            raise SizeError(f"{path}:{number}: not a line of a record: {line}")
        record[match[3]] = {"flash": int(match[1]), "ram": int(match[2])}
    return record


def differences(record, modules):
    """(name, flash, RAM): how many bytes more than recorded, the largest differences first."""
    none = {kind: 0 for kind in KINDS}
    now = {**modules, ALL: total(modules)}
    rows = []
    for name in sorted({*record, *now}):
        old, new = record.get(name, none), now.get(name, none)
        if old != new:
            rows.append((name, *(new[kind] - old[kind] for kind in KINDS)))
    return sorted(rows, key=lambda row: (row[0] == ALL, -abs(row[1]), -abs(row[2])))


# --- The budget: what a kernel may take ---


def read_budget(path):
    budget = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r"(flash|ram|process) +(\d+)", line)
        if not match or match[1] in budget:
            raise SizeError(f"{path}:{number}: not a line of a budget: {line}")
        budget[match[1]] = int(match[2])
    for kind in (*KINDS, PROCESS):
        if kind not in budget:
            raise SizeError(f"{path}: no budget for {kind}")
    return budget


def taken_by(folder):
    """What a budget is for."""
    return {**total(read_sizes(folder)), PROCESS: process_ram(folder)[0]}


def check_budget(budget_path, folder):
    budget, taken = read_budget(budget_path), taken_by(folder)
    over = [
        f"the kernel in {folder} takes {taken[kind]} bytes of {kind}, {taken[kind] - budget[kind]} more than {budget_path} allows"
        for kind in budget
        if taken[kind] > budget[kind]
    ]
    if over:
        raise SizeError("; ".join(over) + ". `make size` says what takes it")


# --- What is printed ---


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
    modules = read_sizes(BUILD / board)
    counts = lines.count_files(ROOT, sources_of(board, modules))
    return {
        **total(modules),
        "trusted_lines": lines.trusted(counts),
        "checked_lines": lines.checked(counts),
        "lines": counts,
        "process": dict(zip(("fixed", "drivers"), process_ram(BUILD / board))),
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
    print_budget(board, result)
    print_differences(board, result["modules"])
    print_lines(result["lines"])
    print_process(result["process"])


def print_process(process):
    drivers = process["drivers"]
    print(f"  {process['fixed']:>7} bytes of RAM of each process, and {GRANT_ENTRY} for each of {len(drivers)} drivers; of one that uses")
    for name, length in sorted(drivers.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {length:>+7} {name}")
    print(f"  {UPCALL_PLACE:>+7} for each upcall that ever waited behind {UPCALL_RESERVE} others")
    print(f"  {TOCK_PROCESS:>7} Tock, and {TOCK_DRIVER} for each driver, and what a driver keeps")
    print(f"  {GOAL_PROCESS:>7} is the goal, and {GOAL_DRIVER} for each driver that it uses\n")


def print_budget(board, result):
    budget = read_budget(ROOT / "boards" / board / "budget.txt")
    print(f"  {budget['flash']:>7} {budget['ram']:>7}  at most (boards/{board}/budget.txt), and {budget[PROCESS]} of each process")


def print_differences(board, modules):
    record = read_record(record_path(board))
    rows = differences(record, modules)
    if not rows:
        print("  as recorded")
        return
    print(f"    flash     RAM  more (+) or less (-) than recorded in boards/{board}/size.txt")
    for name, flash, ram in rows:
        print(f"  {flash:>+7} {ram:>+7}  {name}")


def print_beside_tock(results):
    print("flash, in bytes            Detent    Tock   share    goal")
    for board, result in results.items():
        tock = TOCK_FLASH[board.removesuffix(SMALL)]
        goal = GOAL_FLASH if board.endswith(SMALL) else "–"
        print(f"{board:<23} {result['flash']:>9} {tock:>7} {result['flash'] * 100 // tock:>6} % {goal:>7}")


def print_lines(counts):
    def parts(names):
        return ", ".join(f"{name} {counts[name]}" for name in names)

    print(f"  {lines.trusted(counts):>7} lines trusted: {parts(lines.TRUSTED)}")
    print(f"  {lines.checked(counts):>7} lines checked: {parts(lines.CHECKED)}")
    print(f"  {counts[lines.NEITHER]:>7} lines of declarations in public headers")


def print_all(boards):
    results = {board: measure(board) for board in boards}
    for board, result in results.items():
        print_board(board, result)
    print_beside_tock(results)
    OUTPUT.write_text(json.dumps(results, indent=2) + "\n")


def write_records(boards):
    for board in boards:
        record_path(board).write_text(format_record(board, read_sizes(BUILD / board)))


def main(arguments):
    try:
        match arguments:
            case ["--budget", budget, folder]:
                check_budget(pathlib.Path(budget), pathlib.Path(folder))
            case ["--record", _, *_]:
                write_records(arguments[1:])
            case [first, *_] if not first.startswith("-"):
                print_all(arguments)
            case _:
                sys.exit(__doc__.split("\n\n")[0])
    except (SizeError, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"size: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])

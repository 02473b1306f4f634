"""Symbols of the applications in an image, at the addresses they were placed at."""

import pathlib

import gdb
from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from kernel_state import Unreadable

WRITEABLE, ALLOCATED = 1, 2  # section flags
TOCK_ANYWHERE = 0x80000000  # flash of position-independent programs


def elf_of(path, processor, board):
    """The ELF file that an application's file was packed from. NAME.tbf lies beside NAME.elf. Beside an archive NAME.tab
    the folder build holds one for each processor (userland/application.mk; libtock-c), or there is PROCESSOR.elf, or the
    folder of the board has one: `make tabs`."""
    path = pathlib.Path(path)
    if path.suffix != ".tab":
        return path.with_suffix(".elf")
    places = [
        path.parent / "build" / processor / "apps" / f"{path.stem}.elf",
        path.parent / "build" / processor / f"{processor}.elf",
        path.parent / f"{processor}.elf",
        path.parent.parent / board / "apps" / f"{path.stem}.elf",
    ]
    return next((each for each in places if each.exists()), places[0])


def read_placement(path):
    """[(flash, RAM or None, file)] from what the image tool wrote."""
    try:
        lines = pathlib.Path(path).read_text().splitlines()
        split = [line.split(" ", 2) for line in lines]
        return [(int(flash, 16), None if ram == "-" else int(ram, 16), file) for flash, ram, file in split]
    except OSError as problem:
        raise Unreadable(f"{path}: {problem.strerror}; make image writes it.") from None
    except ValueError:
        raise Unreadable(f"{path} is not what the image tool writes with --placement.") from None


def linked_for(elf):
    """The addresses in flash and RAM that a program is linked for; those of libtock-c's (tools/tbf/tock_program.h) are
    0x80000000 and 0, or where they are."""
    table = elf.get_section_by_name(".symtab")
    found = {name: table.get_symbol_by_name(name) for name in ("_flash_start", "_ram_start", "_sram_origin")} if table else {}
    start = {name: symbols[0]["st_value"] for name, symbols in found.items() if symbols}
    if "_flash_start" in start and "_ram_start" in start:
        return start["_flash_start"], start["_ram_start"]
    if any(segment["p_vaddr"] <= TOCK_ANYWHERE < segment["p_vaddr"] + segment["p_filesz"] for segment in elf.iter_segments()):
        return TOCK_ANYWHERE, start.get("_sram_origin", 0)
    if "_sram_origin" in start:
        return None, None
    raise Unreadable("has no symbols _flash_start and _ram_start (tools/README.md)")


def section_addresses(elf, flash, ram):
    """Where each section of a program is whose first byte lies at `flash` and whose RAM begins at `ram`."""
    linked_flash, linked_ram = linked_for(elf)
    moved = {
        0: 0 if linked_flash is None else flash - linked_flash,
        WRITEABLE: 0 if None in (ram, linked_ram) else ram - linked_ram,
    }
    for section in elf.iter_sections():
        flags = section["sh_flags"]
        if flags & ALLOCATED and section["sh_size"] > 0:
            yield section.name, section["sh_addr"] + moved[flags & WRITEABLE]


def add_symbols(path, flash, ram):
    try:
        with open(path, "rb") as file:
            sections = list(section_addresses(ELFFile(file), flash, ram))
    except OSError as problem:
        raise Unreadable(problem.strerror) from None
    except ELFError:
        raise Unreadable("is no ELF file") from None
    places = " ".join(f"-s {name} {address:#x}" for name, address in sections)
    quoted = str(path).replace("\\", "\\\\").replace('"', '\\"')
    gdb.execute(f'add-symbol-file "{quoted}" {places}', to_string=True)

"""Symbols of the applications in an image, at the addresses they were placed at."""

import pathlib

import gdb
from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from kernel_state import Unreadable

WRITEABLE, ALLOCATED = 1, 2  # section flags


def elf_of(path, processor, board):
    """The ELF file that an application's file was packed from. NAME.tbf lies beside NAME.elf. Beside an archive NAME.tab
    the folder build holds one for each processor (userland/application.mk), or there is PROCESSOR.elf, or the folder of the
    board has one: `make tabs`."""
    path = pathlib.Path(path)
    if path.suffix != ".tab":
        return path.with_suffix(".elf")
    places = [
        path.parent / "build" / processor / "apps" / f"{path.stem}.elf",
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


def section_addresses(elf, flash, ram):
    """Where each section of a program is whose first byte lies at `flash` and whose RAM begins at `ram`."""
    table = elf.get_section_by_name(".symtab")
    linked = {name: table.get_symbol_by_name(name) for name in ("_flash_start", "_ram_start")} if table else {}
    if not all(linked.values()):
        raise Unreadable("has no symbols _flash_start and _ram_start (tools/README.md)")
    start = {name: symbols[0]["st_value"] for name, symbols in linked.items()}
    moved = {0: flash - start["_flash_start"], WRITEABLE: 0 if ram is None else ram - start["_ram_start"]}
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

"""A program linked as libtock-c links one, of the sources in libtock/: position independent on ARM, for fixed
addresses on RISC-V. For tests of the packer, and of what it packed."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path("tests/tools/libtock")

COMPILERS = {
    "armv7m": "arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -fPIC -msingle-pic-base -mpic-register=r9 "
    "-mno-pic-data-is-text-relative",
    "rv32": "riscv64-unknown-elf-gcc -march=rv32imac -mabi=ilp32 -msmall-data-limit=0 -mno-relax",
}
FLAGS = (
    "-Os -ffreestanding -fno-common -fdata-sections -ffunction-sections -Wall -Wextra -Werror -I . -nostdlib -static "
    "-Wl,--gc-sections -Wl,--emit-relocs -Wl,-z,max-page-size=4"
)
SAYS = r"libtock-style program: 42, 0\r?\n29 written"


def link(path, arch, flash=None, ram=None, stack=1024, script=None, flags=()):
    """An ELF file; `flash` is where the program begins, behind its header. `script` replaces text of the linker
    script: (old, new)."""
    layout = (ROOT / FOLDER / "layout.ld").read_text()
    if script is not None:
        assert layout.count(script[0]) == 1
        layout = layout.replace(*script)
    (path.parent / "layout.ld").write_text(layout)
    command = [*COMPILERS[arch].split(), *FLAGS.split(), f"-Wl,--defsym=STACK_SIZE={stack}", *flags]
    if flash is not None:
        command += [f"-Wl,--defsym=FLASH={flash}", f"-Wl,--defsym=RAM={ram}"]
    command += ["-T", path.parent / "layout.ld", FOLDER / "start.c", FOLDER / "main.c", "-o", path]
    subprocess.run([str(word) for word in command], cwd=ROOT, check=True, capture_output=True)
    return path

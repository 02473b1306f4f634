"""What the tests of the host programs share: running a tool, and compiling small programs."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "build/tests/tools"  # built with sanitizers

COMPILERS = {
    "armv7m": ["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb"],
    "rv32": [
        "riscv64-unknown-elf-gcc",
        "-march=rv32imac_zicsr",
        "-mabi=ilp32",
        "-mno-relax",
        "-msmall-data-limit=0",
    ],
}
FLASH = {"armv7m": 0x00010000, "rv32": 0x80100000}
RAM = {"armv7m": 0x20002000, "rv32": 0x80300000}

SOURCE = """
int counter = 7;
int zeros[10];
const char text[] = "hello";
void helper(void) { counter++; }
void start(void) { for (;;) { counter += text[zeros[0]]; helper(); } }
"""

SCRIPT = """
ENTRY(start)
MEMORY {{
    flash (rx) : ORIGIN = {binary:#x}, LENGTH = 0x1000000
    ram (rw) : ORIGIN = {ram:#x}, LENGTH = 0x100000
}}
_flash_start = ORIGIN(flash);
_ram_start = ORIGIN(ram);
SECTIONS {{
    .text : {{ *(.text*) *(.rodata*) . += {fill}; . = ALIGN(4); LONG(0x12345678) }} > flash
    .data : {{ *(.data*) *(.sdata*) }} > ram AT> flash
    .bss (NOLOAD) : {{ *(.bss*) *(.sbss*) *(COMMON) }} > ram
}}
"""


class Tool:
    """One of the programs. Whatever it is given, it ends with 0, or with 1 and one line."""

    def __init__(self, name):
        self.name = name
        self.path = TOOLS / name
        if not self.path.exists():
            pytest.fail(f"{self.path} is missing: run make test-tools")

    def run(self, *arguments, leaks=True, **options):
        """To look for leaks takes twice as long as all the rest: thousands of runs do without."""
        environment = dict(os.environ, ASAN_OPTIONS=f"detect_leaks={int(leaks)}:exitcode=99")
        done = subprocess.run(
            [self.path, *map(str, arguments)],
            capture_output=True,
            env=environment,
            timeout=60,
            **options,
        )
        shown = (arguments, done.returncode, done.stdout, done.stderr)
        assert done.returncode in (0, 1), shown
        if done.returncode == 0:
            assert done.stderr == b"", shown
        else:
            assert done.stderr.startswith(self.name.encode() + b": "), shown
            assert done.stderr.count(b"\n") == 1 and done.stderr.endswith(b"\n"), shown
        return done

    def ok(self, *arguments):
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    def refuses(self, *arguments, **options):
        """The line it says when it refuses."""
        done = self.run(*arguments, **options)
        assert done.returncode == 1
        return done.stderr.decode().rstrip("\n").split(": ", 1)[1]


@pytest.fixture(scope="session")
def tbf():
    return Tool("tbf-asan")


@pytest.fixture(scope="session")
def tab():
    return Tool("tab-asan")


@pytest.fixture(scope="session")
def image():
    return Tool("image-asan")


def compile_program(folder, arch, name="app.elf", slot=None, area=0x80, fill=0, script=None, source=SOURCE, flags=()):
    """An ELF executable linked for the slot at `slot` (default: the first of the arch's board)."""
    slot = FLASH[arch] if slot is None else slot
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "app.c").write_text(source)
    layout = SCRIPT if script is None else script
    (folder / "app.ld").write_text(layout.format(binary=slot + area, ram=RAM[arch], fill=fill))
    command = [*COMPILERS[arch], "-Os", "-ffreestanding", "-nostdlib", "-static", "-Wl,--no-check-sections"]
    command += [*flags, "-T", folder / "app.ld", folder / "app.c", "-o", folder / name]
    subprocess.run(command, check=True, capture_output=True)
    return folder / name


def binutil(arch, tool):
    return COMPILERS[arch][0].replace("gcc", tool)


def symbols(elf, arch):
    listing = subprocess.run([binutil(arch, "nm"), elf], check=True, capture_output=True, text=True)
    fields = (line.split() for line in listing.stdout.splitlines())
    return {each[2]: int(each[0], 16) for each in fields if len(each) == 3}


def load_image(elf, arch):
    """What is to lie in flash from the first byte of the program on, by another tool's opinion."""
    out = elf.with_suffix(".bin")
    subprocess.run([binutil(arch, "objcopy"), "-O", "binary", elf, out], check=True)
    return out.read_bytes()


@pytest.fixture(scope="session", params=["armv7m", "rv32"])
def arch(request):
    return request.param


@pytest.fixture(scope="session")
def sample(arch, tmp_path_factory):
    """A small program for `arch`, compiled once."""
    return compile_program(tmp_path_factory.mktemp(arch), arch)


@pytest.fixture(scope="session")
def kernels(tmp_path_factory):
    """A stand-in for a kernel on each board: text, and data that is copied to RAM."""
    script = """
ENTRY(start)
MEMORY {{ flash (rx) : ORIGIN = {binary:#x}, LENGTH = 1M  ram (rw) : ORIGIN = {ram:#x}, LENGTH = 1M }}
SECTIONS {{
    .text : {{ *(.text*) *(.rodata*) . += {fill}; }} > flash
    .data : {{ *(.data*) *(.sdata*) }} > ram AT> flash
    .bss (NOLOAD) : {{ *(.bss*) *(.sbss*) }} > ram
    /DISCARD/ : {{ *(.riscv.attributes) }}
}}
"""
    starts = {"armv7m": 0, "rv32": 0x80000000}
    return {
        arch: compile_program(
            tmp_path_factory.mktemp(f"kernel-{arch}"), arch, "kernel.elf", start, 0, 256, script
        )
        for arch, start in starts.items()
    }

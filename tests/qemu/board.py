"""A board as the build knows it, and flash images for it.

All files are made by make; here they are only asked for. Several test processes may ask at once,
so that make runs under a lock.
"""

import fcntl
import functools
import pathlib
import re
import subprocess

import tbf_format

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOCK = ROOT / "build" / "tests" / "make.lock"
PROGRAMS = pathlib.Path(__file__).parent / "programs"
ATTACKS = ROOT / "userland" / "apps" / "attack"

BOARD_NAMES = ("lm3s6965evb", "qemu_rv32_virt")

VARIABLES = (
    "ARCH QEMU TOOL_PREFIX CPU_FLAGS KERNEL_INCLUDE FLASH_START FLASH_SIZE APPS_START APPS_END "
    "APP_FLASH_START APP_FLASH_SLOT APP_RAM_START APP_RAM_SLOT USERLAND_ATTACKS"
).split()


def run(*command):
    """Runs a command in the repository; its output, or a RuntimeError with all it said."""
    done = subprocess.run(
        [str(word) for word in command], cwd=ROOT, text=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def make(*arguments):
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with open(LOCK, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return run("make", "--quiet", *arguments)


RESTARTS = 7  # how often a process that faults is started again: fault_rule in boards/*/board.c


class Board:
    def __init__(self, name):
        self.name = name
        values = make(f"BOARD={name}", *(f"print-{variable}" for variable in VARIABLES)).splitlines()
        self.variables = dict(zip(VARIABLES, values, strict=True))
        self.arch = self.variables["ARCH"]
        self.build = ROOT / "build" / name
        self.ready = set()  # of build/BOARD/apps, what make need not be asked for again

    def number(self, variable):
        return int(self.variables[variable], 0)

    @property
    def flash_start(self):
        return self.number("FLASH_START")

    @property
    def apps_start(self):
        return self.number("APPS_START")

    @property
    def apps_end(self):
        return self.number("APPS_END")

    @property
    def attacks(self):
        return [name.removeprefix("attack_") for name in self.variables["USERLAND_ATTACKS"].split()]

    @property
    def source(self):
        return ROOT / "boards" / self.name / "board.c"

    @property
    def kernel(self):
        return self.build / "kernel.elf"

    @functools.cached_property
    def symbols(self):
        """Address by name, of the kernel."""
        return symbols(self, self.kernel)

    def make(self, *targets):
        make(f"BOARD={self.name}", *targets)

    def variant(self, name, changes=(), sources=(), **variables):
        """The kernel of a board that differs: in its board.c, where each of `changes` replaces one text by
        another, by further files beside it, or by variables of make."""
        folder = ROOT / "build" / "tests" / "boards" / name / self.name
        text = self.source.read_text()
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        source = folder / "board.c"
        folder.mkdir(parents=True, exist_ok=True)
        if not source.exists() or source.read_text() != text:
            source.write_text(text)
        files = [str(source.relative_to(ROOT)), *sources]
        make(
            f"BOARD={self.name}", f"BUILD={folder.relative_to(ROOT)}", f"BOARD_SOURCES={' '.join(files)}",
            *(f"{key}={value}" for key, value in variables.items()), "kernel",
        )  # fmt: skip
        return folder / "kernel.elf"

    def prepare(self):
        """The kernel, the tools, and what most tests run: make need not be asked again for these."""
        self.make("kernel", "tools", "apps")
        self.ready = {path.name for path in (self.build / "apps").glob("*.tbf") if path.name.count(".") == 1}

    def _make_application(self, file_name):
        if file_name not in self.ready:
            self.make(f"build/{self.name}/apps/{file_name}")
            self.ready.add(file_name)
        return self.build / "apps" / file_name

    def relocatable(self, name):
        """The file of an application of the repository, for any address."""
        return self._make_application(f"{name}.tbf")

    def linked(self, name, slot):
        """The ELF file of an application that is linked for a slot."""
        return self._make_application(f"{name}.{slot}.elf")

    def application(self, name, slot):
        """The file of an application of the repository, placed in a slot: userland.mk does it alike."""
        path = self.build / "apps" / f"{name}.{slot}.tbf"
        if path.name not in self.ready:
            self.place(name, path, self.slot_flash(slot), self.slot_ram(slot), "--header-area", 0x80)
            self.ready.add(path.name)
        return path

    def place(self, name, path, flash, ram, *options):
        run("build/tools/tbf", "place", self.relocatable(name), "-o", path, "--flash", flash, "--ram", ram, *options)

    def slot_flash(self, slot):
        return self.number("APP_FLASH_START") + slot * self.number("APP_FLASH_SLOT")

    def slot_ram(self, slot):
        return self.number("APP_RAM_START") + slot * self.number("APP_RAM_SLOT")

    def image(self, directory, applications, kernel=None):
        """An image of the kernel and these application files. Places them as `make image` does."""
        path = pathlib.Path(directory) / "image.bin"
        v = self.variables
        run(
            "build/tools/image", "--arch", v["ARCH"], "--flash-start", v["FLASH_START"],
            "--flash-size", v["FLASH_SIZE"], "--apps-start", v["APPS_START"], "--apps-end", v["APPS_END"],
            "--kernel", kernel or self.kernel, "-o", path, *applications,
        )  # fmt: skip
        return path

    def raw_image(self, directory, flash, kernel=None):
        """An image of the kernel and an application flash that holds just these bytes."""
        assert len(flash) <= self.apps_end - self.apps_start
        path = self.image(directory, [], kernel=kernel)
        kernel = path.read_bytes()[: self.apps_start - self.flash_start]
        path.write_bytes(kernel.ljust(self.apps_start - self.flash_start, b"\xff") + flash)
        return path

    def program(self, directory, name, word):
        """A program of tests/qemu/programs as position-independent machine code."""
        elf, binary = pathlib.Path(directory) / "program.elf", pathlib.Path(directory) / "program.bin"
        prefix = self.variables["TOOL_PREFIX"]
        run(
            prefix + "gcc", *self.variables["CPU_FLAGS"].split(), "-nostdlib", "-static", "-Wl,-Ttext=0",
            "-Wl,--build-id=none", f"-DWORD={word:#x}", "-o", elf, PROGRAMS / f"{name}.{self.arch}.S",
        )  # fmt: skip
        run(prefix + "objcopy", "-O", "binary", "-j", ".text", elf, binary)
        return binary.read_bytes()


@functools.cache
def board(name):
    found = Board(name)
    found.prepare()
    return found


def offset_of(board_, header, structure, field):
    """Bytes from the start of a struct of the kernel's to one of its fields, by the compiler."""
    v = board_.variables
    source = f"#include <stddef.h>\n#include <{header}>\nconst int offset = offsetof(struct {structure}, {field});\n"
    done = subprocess.run(
        [v["TOOL_PREFIX"] + "gcc", *v["CPU_FLAGS"].split(), *v["KERNEL_INCLUDE"].split(), "-ffreestanding", "-w", "-S", "-O2", "-xc", "-", "-o-"],
        cwd=ROOT, text=True, capture_output=True, check=True, input=source,
    )  # fmt: skip
    match = re.search(r"^offset:\s+\.(word|zero|space)\s+(\d+)", done.stdout, re.M)
    return int(match[2]) if match[1] == "word" else 0


def symbols(board_, elf):
    """Address by name. On ARM without the Thumb bit."""
    table = {}
    for line in run(board_.variables["TOOL_PREFIX"] + "nm", elf).splitlines():
        address, kind, name = line.rsplit(" ", 2)
        if address.strip() and kind not in "Uw":
            table[name] = int(address, 16)
    return table


def attack_expectation(name, arch):
    """What the source of an attack says must happen: fault, survives or refused."""
    text = (ATTACKS / f"{name}.c").read_text()
    by_arch = dict(re.findall(r"EXPECT\((\w+)\): (\w+)", text))
    everywhere = re.search(r"EXPECT: (\w+)", text)
    expected = by_arch.get(arch) or (everywhere and everywhere[1])
    if expected not in ("fault", "survives", "refused"):
        raise ValueError(f"{name}.c does not say what to expect on {arch}")
    return expected


def attack_companions(name):
    """The applications that an attack needs beside it: slots 1, 2, ..."""
    return re.findall(r"WITH: (\w+)", (ATTACKS / f"{name}.c").read_text())


def small_application(program, name="small", total_size=1024, minimum_ram=1024, **more):
    """A program of a few bytes that runs anywhere, in as much flash as the MPU can protect."""
    return tbf_format.build(program, name=name, total_size=total_size, minimum_ram=minimum_ram, **more)

"""What the packer and the image tool say of programs that a linker or a hand has spoiled: one line, which says what to
change. Each is an ELF file of ours with a few bytes changed; what needs a whole program to be wrong is in the tests beside
this one."""

import io
import struct

import libtock_program
import pytest
from conftest import RAM, compile_program
from elftools.elf.elffile import ELFFile

SOURCE = """
int counter = 7;
int zeros[10];
const char text[] = "hello";
int *const where = &counter;
const char *texts = text;
__attribute__((noinline)) void helper(void) { counter++; }
void start(void) { for (;;) { counter += text[zeros[0]] + texts[0] + where[0]; helper(); } }
"""

# Numbers of relocations: "ELF for the Arm Architecture", 5.6; "RISC-V ELF Specification", table 3.
ARM_ABS32, ARM_ABS8, ARM_CALL, ARM_REL32, ARM_MOVW, ARM_MOVT, ARM_GOT = 2, 8, 10, 3, 47, 48, 26
RISCV_32, RISCV_HIGH, RISCV_LOW, RISCV_SUM, RISCV_PCREL, RISCV_GP, RISCV_LUI, RISCV_PCREL_LOW, RISCV_GOT = 1, 26, 27, 35, 57, 47, 46, 24, 20
RISCV_PCREL_HIGH, RISCV_CALL_PLT, RISCV_STORE = 23, 19, 28


class Linked:
    """An ELF file whose relocations can be changed."""

    def __init__(self, path):
        self.path, self.data, self.count = path, bytearray(path.read_bytes()), 0
        elf = ELFFile(io.BytesIO(self.data))
        table = elf.get_section_by_name(".symtab")
        self.sections = {section.name: section for section in elf.iter_sections()}
        self.symbols = {symbol.name: number for number, symbol in enumerate(table.iter_symbols())}
        self.symbols_at, self.headers_at = table["sh_offset"], elf["e_shoff"]
        self.numbers = {section.name: number for number, section in enumerate(elf.iter_sections())}
        # (section it is for, address, type, symbol's number): where it lies in the file
        self.entries = []
        for name, section in self.sections.items():
            if section["sh_type"] in ("SHT_REL", "SHT_RELA") and name.split(".", 2)[2] in ("text", "data", "rodata"):
                for number, each in enumerate(section.iter_relocations()):
                    at = section["sh_offset"] + number * section["sh_entsize"]
                    self.entries.append((name, at, each["r_offset"], each["r_info_type"], each["r_info_sym"]))

    def find(self, kind, symbol=None):
        """The first of this kind, for the symbol if one is named."""
        wanted = None if symbol is None else self.symbols[symbol]
        return next(each for each in self.entries if each[3] == kind and wanted in (None, each[4]))

    def changed(self, *changes):
        """A file with these words changed: (where, value)."""
        data = bytearray(self.data)
        for at, value in changes:
            struct.pack_into("<I", data, at, value & 0xFFFFFFFF)
        self.count += 1
        out = self.path.with_name(f"changed{self.count}.elf")
        out.write_bytes(data)
        return out

    def retyped(self, entry, kind, symbol=None):
        number = entry[4] if symbol is None else self.symbols.get(symbol, symbol)
        return self.changed((entry[1] + 4, number << 8 | kind))

    def without_symbols(self):
        """Relocations whose sh_link names no symbol table."""
        section = self.numbers[self.entries[0][0]]
        return self.changed((self.headers_at + 40 * section + 24, 0))

    def near(self, symbol, section):
        """What makes it a symbol of another section: (where, value)."""
        at = self.symbols_at + 16 * self.symbols[symbol] + 12
        return at, struct.unpack_from("<H", self.data, at)[0] | self.numbers[section] << 16

    def code(self, address):
        """Where the file has what runs at an address of .text."""
        return self.sections[".text"]["sh_offset"] + address - self.sections[".text"]["sh_addr"]


@pytest.fixture(scope="session")
def linked(arch, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"messages-{arch}")
    flags = ["-Wl,--emit-relocs", *(["-mslow-flash-data"] if arch == "armv7m" else [])]
    return Linked(compile_program(folder, arch, slot=0x10000000, source=SOURCE, flags=flags))


@pytest.fixture
def refuses(tbf, tmp_path):
    def check(words, elf, *options):
        before = set(tmp_path.iterdir())
        line = tbf.refuses(elf, "-o", tmp_path / "out.tbf", "--name", "x", *options)
        assert line.startswith(f"{elf}: ") and words in line, (words, line)
        assert set(tmp_path.iterdir()) == before
        return line

    return check


@pytest.mark.parametrize("arch", ["armv7m"], indirect=True)
def test_relocations_for_arm(linked, refuses):
    movw, call, word = linked.find(ARM_MOVW), linked.find(ARM_CALL, "helper"), linked.find(ARM_ABS32, "counter")
    for words, elf in (
        ("no MOVW for the same symbol and register is just before it", linked.retyped(movw, 0)),
        ("from flash to RAM or back; no code runs in RAM", linked.retyped(call, ARM_CALL, "counter")),
        ("an address does not fit there; use 32 bits", linked.retyped(word, ARM_ABS8)),
        ("not of a kind that is known; compile without -fPIC, -fPIE, -fropi and -frwpi", linked.retyped(word, ARM_GOT)),
        ("there is no instruction of its kind; link it again", linked.retyped(call, ARM_MOVW, "counter")),
        ("two relocations overlap, 0x0 bytes from the program's start; link it again", linked.changed((word[1], movw[2]))),
        ("it is outside the program; check the linker script", linked.changed((word[1], 0x10000040))),
    ):
        refuses(words, elf)


@pytest.mark.parametrize("arch", ["rv32"], indirect=True)
def test_relocations_for_riscv(linked, refuses):
    low, call, word = linked.find(RISCV_LOW), linked.find(RISCV_CALL_PLT, "helper"), linked.find(RISCV_32, "counter")
    high, constant = linked.find(RISCV_HIGH), linked.find(RISCV_LOW, ".LANCHOR1")
    second = [each for each in linked.entries if each[3] == RISCV_HIGH and each[4] == high[4]][1]
    code = struct.unpack_from("<I", linked.data, linked.code(low[2]))[0]
    changed = "the program does not hold what the relocation says; pack what the linker wrote, and link with --no-relax"
    for words, elf in (
        (changed, linked.retyped(word, RISCV_32, "text")),
        (changed, linked.retyped(high, RISCV_HIGH, "text")),
        (changed, linked.retyped(high, RISCV_PCREL_HIGH, "counter")),
        ("the address is near 0; link for addresses from", linked.changed((linked.code(low[2]), code & ~(31 << 15)))),
        ("no upper half belongs to it; link with --no-relax", linked.retyped(low, RISCV_PCREL_LOW)),
        ("it reaches from flash to RAM or back", linked.retyped(call, RISCV_CALL_PLT, "counter")),
        ("the difference of an address in flash and one in RAM", linked.retyped(word, RISCV_SUM)),
        ("it counts from gp and is not in RAM; link with --no-relax", linked.retyped(constant, RISCV_GP)),
        ("an address does not fit there; link with --no-relax", linked.retyped(low, RISCV_LUI)),
        ("not of a kind that is known; compile without -fPIC", linked.retyped(word, RISCV_GOT)),
        ("there is no instruction of its kind; link it again", linked.retyped(low, RISCV_STORE)),
        ("two relocations overlap, 0x0 bytes from the program's start", linked.changed((second[1], high[2]))),
    ):
        refuses(words, elf)


def test_relocations_of_any_kind(linked, arch, refuses):
    """In bytes that are not there, for symbols that are not there, by distances that do not exist."""
    word, distance = (ARM_ABS32, ARM_REL32) if arch == "armv7m" else (RISCV_32, RISCV_PCREL)
    pointer = next(each for each in linked.entries if each[0].endswith(".data"))
    counter = linked.find(word, "counter")
    info = counter[4] << 8 | distance
    for words, elf in (
        ("its symbol is in no section that is loaded; check the linker script", linked.changed(linked.near("counter", ".symtab"))),
        ("its relocations have no symbols; link it again and do not strip", linked.without_symbols()),
        ("it names a symbol that does not exist; link it again", linked.retyped(counter, word, 0xFFFF)),
        ("a distance from RAM to a number has no form here", linked.retyped(pointer, distance, 0)),
        ("it is in nothing that is loaded; check the linker script", linked.changed((counter[1], counter[2] + 0x10000), (counter[1] + 4, info))),
        ("it is at an odd address; do not pack that structure", linked.changed((counter[1], counter[2] + 1), (counter[1] + 4, info))),
    ):
        refuses(words, elf)


TABLES = """
int target;
int *const table[COUNT] = {[0 ... COUNT - 1] = &target};
void start(void) { for (int i = 0;; i++) { *table[i % COUNT] = i; } }
"""


def test_too_many_relocations(arch, refuses, tbf, tmp_path):
    """Each takes a byte at least. There is a little room for the rest of the header when there are fewer than 65536."""
    for count, words in (
        (70000, "bytes, an application's header has room for 65535; link it for fixed addresses, without --emit-relocs"),
        (65450, "bytes of relocations; link it for fixed addresses, without --emit-relocs"),
        (65000, None),
    ):
        folder = tmp_path / str(count)
        source = TABLES.replace("COUNT", str(count))
        elf = compile_program(folder, arch, slot=0x10000000, source=source, flags=["-Wl,--emit-relocs"])
        if words is None:
            tbf.ok(elf, "-o", folder / "out.tbf")
        else:
            refuses(words, elf)


def test_segments(arch, refuses, tbf, tmp_path):
    """32 of them, and one more; RAM without end."""
    for count in (32, 33):
        names = [f"s{number}" for number in range(count)]
        sections = "".join(f". = ALIGN(4); .{name} : {{{{ LONG(1) }}}} > flash :{name}\n" for name in names[1:])
        script = f"""
ENTRY(start)
PHDRS {{{{ {" ".join(f"{name} PT_LOAD;" for name in names)} }}}}
MEMORY {{{{ flash (rx) : ORIGIN = {{binary:#x}}, LENGTH = 1M  ram (rw) : ORIGIN = {{ram:#x}}, LENGTH = 1M }}}}
_flash_start = ORIGIN(flash);
_ram_start = ORIGIN(ram);
SECTIONS {{{{
    .text : {{{{ *(.text*) }}}} > flash :s0
    {sections}
    /DISCARD/ : {{{{ *(.riscv.attributes) *(.ARM.attributes) *(.comment) }}}}
}}}}
"""
        source = "void start(void) { for (;;) { } }"
        elf = compile_program(tmp_path / str(count), arch, script=script, source=source)
        if count == 32:
            tbf.ok(elf, "-o", tmp_path / "32" / "out.tbf")
        else:
            refuses("more than 32 segments to load; merge sections in the linker script", elf)


def test_headers(linked, sample, arch, refuses, tbf, tmp_path):
    """Of the ELF file, and of the application."""
    whole = sample.read_bytes()
    (tmp_path / "class.elf").write_bytes(whole[:4] + b"\3" + whole[5:])
    refuses("not an ELF file; give the linker's output", tmp_path / "class.elf")
    (tmp_path / "cut.elf").write_bytes(whole[:60])
    refuses("a damaged ELF file: it is cut off before the end of its program headers", tmp_path / "cut.elf")
    regions = [word for _ in range(8200) for word in ("--writeable-region", "0x80:4")]
    refuses("bytes is too large; give fewer permissions or a shorter name", sample, *regions)
    low = compile_program(tmp_path / "low", arch, slot=0, area=0x10, flags=["-Wl,--emit-relocs"])
    refuses("linked for 0x00000010, which leaves no room for its header before it; link for addresses from 0x", low)
    heaps = ["--stack=0x10000000", "--app-heap=0x10000000", "--kernel-heap=0x10000000"]
    at = ELFFile(io.BytesIO(whole))["e_phoff"] + 32 * (ELFFile(io.BytesIO(whole)).num_segments() - 1)
    (tmp_path / "huge.elf").write_bytes(whole[: at + 20] + struct.pack("<I", 0x100000000 - RAM[arch] - 0x1000) + whole[at + 24 :])
    if arch == "armv7m":
        refuses("bytes of RAM; give less with --stack, --app-heap and --kernel-heap", tmp_path / "huge.elf", *heaps)
    with open(tmp_path / "large.elf", "wb") as file:
        file.truncate((256 << 20) + 1)
    refuses("268435457 bytes are too many; the limit is 268435456", tmp_path / "large.elf")


def test_programs_of_libtock(arch, refuses, tmp_path):
    flash, ram = (0x10080, 0x20004000) if arch == "armv7m" else (0x80110080, 0x80310000)
    elf = libtock_program.link(tmp_path / "a.elf", arch, flash, ram, script=("_sram_origin =", "_other ="))
    refuses("has no symbol _flash_start; define it in the linker script and do not strip", elf)
    elf = libtock_program.link(tmp_path / "a.elf", arch, flash, ram)
    data = bytearray(elf.read_bytes())
    file = ELFFile(io.BytesIO(data))
    for number in range(file.num_segments()):
        at = file["e_phoff"] + 32 * number + 24
        struct.pack_into("<I", data, at, struct.unpack_from("<I", data, at)[0] & ~1)
    (tmp_path / "never.elf").write_bytes(data)
    refuses("has no executable section to load; put .text into flash in the linker script", tmp_path / "never.elf")
    if arch == "rv32":
        return  # whose RAM lies so high that no two segments add up to too much
    for number in range(file.num_segments()):
        at = file["e_phoff"] + 32 * number
        if file.get_segment(number)["p_flags"] & 2:
            struct.pack_into("<I", data, at + 20, 0xD0000000)
        struct.pack_into("<I", data, at + 24, file.get_segment(number)["p_flags"])
    (tmp_path / "huge.elf").write_bytes(data)
    refuses("bytes of RAM; look for a stray section in the linker script", tmp_path / "huge.elf")

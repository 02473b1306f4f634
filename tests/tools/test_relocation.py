"""One binary, any address: what `tbf place` makes of a relocatable application is, to the byte, what
packing the same program linked for that place gives; and no damaged table gets that far."""

import hashlib
import random
import struct
import zlib

import pytest
import tbf_format
from conftest import SCRIPT, compile_program

RELOCATIONS = 0xD701
LINKED_FLASH, LINKED_RAM = 0x10000080, 0x30000000

# Addresses in words, in code, with odd low halves, in tables, in RAM and of functions.
SOURCE = """
struct node { struct node *next; const char *text; int (*call)(int); } __attribute__((aligned(8)));
extern char _flash_start[], _ram_start[], data_end[];
static int twice(int x) { return 2 * x; }
static int thrice(int x) { return 3 * x; }
static struct node second = {0, "second", thrice};
struct node first = {&second, "first", twice};
int (*const calls[])(int) = {twice, thrice, twice};
const char *const texts[] = {"one", "two", "three", "four"};
char room[3000];
volatile int choice;
static const unsigned char wide[3000] = {1, 2, 3};
__attribute__((noinline)) int pick(int x)
{
    switch (x) {
    case 0: return calls[1](4); case 1: return texts[x][0]; case 2: return room[2047 + x];
    case 3: room[2500] = 1; return wide[2100]; case 4: second.next = &first; return 9;
    case 5: return data_end - _ram_start; default: return _flash_start[x];
    }
}
void start(void) { for (;;) { choice += pick(choice) + first.next->call(choice); } }
"""
LAYOUT = SCRIPT.replace(". = ALIGN(4); LONG(0x12345678)", ". = ALIGN(4);").replace("> ram AT> flash", "> ram AT> flash\n    data_end = .;")

FLAGS = {
    "armv7m": [["-Os"], ["-O2", "-mslow-flash-data"], ["-O0"]],
    "rv32": [["-Os"], ["-O2", "-mcmodel=medany"], ["-O0"]],
}  # not -mrelax: what the linker makes shorter depends on where it links
VARIANTS = [(arch, flags) for arch in FLAGS for flags in FLAGS[arch]]


def build(folder, arch, flags, flash=LINKED_FLASH, ram=LINKED_RAM, more=()):
    script = LAYOUT.replace("{binary:#x}", hex(flash)).replace("{ram:#x}", hex(ram))
    return compile_program(folder, arch, slot=0, script=script, source=SOURCE, flags=[*flags, *more])


@pytest.fixture(params=VARIANTS, ids=lambda each: f"{each[0]} {' '.join(each[1])}")
def variant(request):
    return request.param


@pytest.fixture(scope="session")
def relocatable(arch, tbf, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"relocatable-{arch}")
    elf = build(folder, arch, ["-Os"], more=["-Wl,--emit-relocs"])
    tbf.ok(elf, "-o", folder / "app.tbf", "--name", "app", "--sha256")
    return folder / "app.tbf"


PLACES = [(0x00010000, 0x20002000), (0x80100000, 0x80300000), (0x00018000, 0x2000AB10), (0x7FFFC000, 0x0FFFFFF0)]


def test_as_if_linked_there(variant, tbf, tmp_path):
    arch, flags = variant
    movable = build(tmp_path / "movable", arch, flags, more=["-Wl,--emit-relocs"])
    options = ["--name", "app", "--sha256", "--permission", "1:1"]
    tbf.ok(movable, "-o", tmp_path / "movable.tbf", *options)
    for flash, ram in PLACES:
        fixed = build(tmp_path / "fixed", arch, flags, flash + 0x80, ram)
        tbf.ok(fixed, "-o", tmp_path / "fixed.tbf", *options)
        tbf.ok("place", tmp_path / "movable.tbf", "--flash", flash, "--ram", ram, "--header-area", 0x80, "-o", tmp_path / "placed.tbf")
        assert (tmp_path / "placed.tbf").read_bytes() == (tmp_path / "fixed.tbf").read_bytes(), (flash, ram)


def test_header_says_it_all(relocatable, tbf, tmp_path):
    packed = tbf_format.parse(relocatable.read_bytes())
    assert [kind for kind, _ in packed.elements].count(RELOCATIONS) == 1
    assert (packed.fixed_flash, packed.fixed_ram) == (LINKED_FLASH, LINKED_RAM)
    out = tmp_path / "placed.tbf"
    tbf.ok("place", relocatable, "--flash", 0x10000, "--ram", 0x20002000, "-o", out)
    placed = tbf_format.parse(out.read_bytes())
    assert RELOCATIONS not in [kind for kind, _ in placed.elements]
    assert placed.fixed_flash == 0x10000 + placed.program_offset
    assert placed.fixed_ram == 0x20002000
    assert placed.program_offset - placed.header_size < 8, "the program follows the header"
    assert "SHA-256, 32 bytes: matches" in tbf.ok("show", out)


def with_table(data, change, crc=False):
    """The application with another relocation table, and everything else about it right: its header's
    checksum, its digest, and `crc`: the table's own checksum."""
    at = 16
    while True:
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == RELOCATIONS:
            break
        at += 4 + (length + 3) // 4 * 4
    table = bytearray(data[at + 4 : at + 4 + length])
    change(table)
    if crc:
        table[16:20] = struct.pack("<I", zlib.crc32(table[:16] + table[20:]))
    changed = bytearray(data)
    changed[at + 4 : at + 4 + length] = table
    return repaired(changed)


def repaired(data):
    size = struct.unpack_from("<H", data, 2)[0]
    data[12:16] = bytes(4)
    words = struct.unpack(f"<{size // 4}I", data[:size])
    total = 0
    for word in words:
        total ^= word
    data[12:16] = struct.pack("<I", total)
    end = tbf_format.parse(bytes(data)).program[3]
    data[end + 8 : end + 40] = hashlib.sha256(data[:end]).digest()
    return bytes(data)


def refused(tbf, folder, data):
    (folder / "bad.tbf").write_bytes(data)
    line = tbf.refuses("place", folder / "bad.tbf", "--flash", 0x10000, "--ram", 0x20002000, "-o", folder / "out.tbf")
    assert not (folder / "out.tbf").exists()
    return line


def test_every_byte_of_the_table_counts(relocatable, tbf, tmp_path):
    data = relocatable.read_bytes()
    chance = random.Random(5)
    length = next(len(value) for kind, value in tbf_format.parse(data).elements if kind == RELOCATIONS)
    assert length > 30
    for at in range(length):

        def flip(table, at=at):
            table[at] ^= 1 << chance.randrange(8)

        assert "relocation table" in refused(tbf, tmp_path, with_table(data, flip))


def test_a_right_checksum_is_not_enough(relocatable, tbf, tmp_path):
    """A table of the right checksum that no packer writes."""
    data = relocatable.read_bytes()

    def put(at, value):
        return lambda table: table.__setitem__(at, value)

    def kinds_twice(table):
        table[22] = table[21]

    def unaligned_end(table):
        table[-1] |= 0x80

    def longer(table):
        struct.pack_into("<I", table, 12, struct.unpack_from("<I", table, 12)[0] + 4)

    cases = [
        (put(0, 2), "another version"),
        (put(1, 3), "unknown processor"),
        (put(2, 1), "alignment"),
        (put(3, 13), "alignment"),
        (put(4, 0), "disagree about where it was linked"),
        (put(11, 0), "disagree about where it was linked"),
        (put(12, 4), "an entry that cannot be"),
        (put(20, 255), "too many kinds"),
        (kinds_twice, "a kind that does not exist"),
        (put(21, 0x0F), "a kind that does not exist"),
        (unaligned_end, "an entry that cannot be"),
        (longer, "is for a program of another length"),
    ]
    for change, told in cases:
        assert told in refused(tbf, tmp_path, with_table(data, change, crc=True))


def test_a_damaged_program_is_noticed(relocatable, tbf, tmp_path):
    data = bytearray(relocatable.read_bytes())
    data[tbf_format.parse(bytes(data)).program_offset + 40] ^= 4
    assert "its SHA-256 credential does not match" in refused(tbf, tmp_path, bytes(data))


def element_at(data, wanted):
    """Where the header has its first element of a kind."""
    at = 16
    while struct.unpack_from("<H", data, at)[0] != wanted:
        at += 4 + (struct.unpack_from("<H", data, at + 2)[0] + 3) // 4 * 4
    return at


def add(data, at, count, form="<I"):
    struct.pack_into(form, data, at, struct.unpack_from(form, data, at)[0] + count)


def test_nothing_else_may_be_wrong_either(relocatable, arch, tbf, tmp_path):
    """Header, program and footers of an application whose checksums are right."""
    whole = relocatable.read_bytes()
    end = tbf_format.parse(whole).program[3]
    main, program, table = (element_at(whole, kind) for kind in (tbf_format.MAIN, tbf_format.PROGRAM, RELOCATIONS))

    def signed_otherwise(data):
        data[end + 4 : end + 8] = struct.pack("<I", 6)

    def signed_twice(data):
        add(data, 4, 40)
        data += data[end : end + 40]
        return repaired(data)[:-40] + repaired(data)[end : end + 40]

    def entry_before(data):
        for at in (main, program):
            struct.pack_into("<I", data, at + 4, 0)
            add(data, at + 8, 4)

    def odd_length(data):
        del data[end:]
        add(data, program + 16, -2)
        struct.pack_into("<I", data, 4, end)
        return tbf_format.with_checksum(bytes(data))

    def two_tables(data):
        element = data[table : table + 4 + (struct.unpack_from("<H", data, table + 2)[0] + 3) // 4 * 4]
        add(data, 2, len(element), "<H")
        add(data, 4, len(element))
        add(data, program + 16, len(element))
        data[table:table] = element

    def another_program(data):
        start = tbf_format.parse(whole).program_offset
        data[start:end] = bytes(end - start)

    def large_footers(data):
        struct.pack_into("<I", data, 4, 17 << 20)
        return repaired(data + bytes((17 << 20) - len(data)))

    cases = [
        (signed_otherwise, "it has a credential for the bytes it has before it is placed; place it, then sign it"),
        (signed_twice, "it has two SHA-256 credentials"),
        (entry_before, "its entry point lies before the program"),
        (odd_length, "its program's size is not a multiple of 4 up to 16 MiB"),
        (two_tables, "it has two relocation tables"),
        (large_footers, "its footers are too large"),
        (lambda data: whole + b"\0", "it is not as long as its header says"),
    ]
    if arch == "rv32":  # on ARM all that this one has are words, which may be anything
        cases.append((another_program, "its relocation table is for another program"))
    for change, told in cases:
        data = bytearray(whole)
        changed = change(data)
        line = refused(tbf, tmp_path, repaired(data) if changed is None else changed)
        assert told in line, (told, line)


def test_places_that_cannot_be(relocatable, tbf, tmp_path, arch):
    out = tmp_path / "out.tbf"

    def line(flash, ram):
        return tbf.refuses("place", relocatable, "--flash", flash, "--ram", ram, "-o", out)

    assert "its RAM cannot begin at this address" in line(0x10000, 0x20002004)
    assert "does not fit there" in line(0xFFFFFF00, 0x20002000)
    assert "does not fit there" in line(0x10002, 0x20002000)
    if arch == "armv7m":
        assert "no MPU region covers its" in line(0x10008, 0x20002000)
    area = ("place", relocatable, "--flash", 0x10000, "--ram", 0x20002000, "--header-area", 0x1002, "-o", out)
    assert "its program cannot begin at this address of flash, its alignment is wrong" in tbf.refuses(*area)
    for missing in (1, 2, 4, 8):
        arguments = [*area[:missing], *area[missing + (1 if missing == 1 else 2) :]]
        assert "place: give one application, --flash, --ram and -o; see --help" in tbf.refuses(*arguments)
    assert not out.exists()


def test_fixed_applications_stay_where_they_are(sample, tbf, tmp_path):
    tbf.ok(sample, "-o", tmp_path / "fixed.tbf")
    line = tbf.refuses("place", tmp_path / "fixed.tbf", "--flash", 0x10000, "--ram", 0x20002000, "-o", tmp_path / "o.tbf")
    assert "it has no relocation table; link it with --emit-relocs" in line


REFUSED = {
    "packed": ("struct __attribute__((packed)) { char c; const char *p; } x = {1, \"a\"};", [], "odd address"),
    "pic": ("extern int y; int y; int get(void) { return y; }", ["-fPIC", "-O0"], "compile without -fPIC"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_moved(case, arch, tbf, tmp_path):
    source, flags, told = REFUSED[case]
    script = LAYOUT.replace("{binary:#x}", hex(LINKED_FLASH)).replace("{ram:#x}", hex(LINKED_RAM))
    source += " void start(void) { for (;;) { } } int data_at = 1;"
    elf = compile_program(tmp_path, arch, slot=0, script=script, source=source, flags=[*flags, "-Wl,--emit-relocs"])
    line = tbf.refuses(elf, "-o", tmp_path / "x.tbf")
    assert told in line or "GOT" in line


def test_numbers_and_addresses_are_told_apart(arch, tbf, tmp_path):
    """A symbol in no section is an address if it lies in the program's memory; linked near 0, a program
    could mean a number as well."""
    source = "extern char some[]; char *where = some; void start(void) { for (;;) { where++; } }"
    for flash, some in ((0x10000080, 0x10000090), (0x10000080, 0x90), (0x10080, 0x10090)):
        script = LAYOUT.replace("{binary:#x}", hex(flash)).replace("{ram:#x}", hex(LINKED_RAM))
        flags = ["-Wl,--emit-relocs", f"-Wl,--defsym=some={some:#x}"]
        elf = compile_program(tmp_path, arch, slot=0, script=script, source=source, flags=flags)
        if flash < 0x100000:
            told = tbf.refuses(elf, "-o", tmp_path / "x.tbf")
            assert "an address or a number; link for addresses from 0x100000 up" in told
            continue
        tbf.ok(elf, "-o", tmp_path / "x.tbf")
        tbf.ok("place", tmp_path / "x.tbf", "--flash", 0x20000, "--ram", 0x20002000, "-o", tmp_path / "y.tbf")
        placed = tbf_format.parse((tmp_path / "y.tbf").read_bytes())
        moved = placed.fixed_flash + 0x10 if some > flash else some
        assert struct.pack("<I", moved) in (tmp_path / "y.tbf").read_bytes()

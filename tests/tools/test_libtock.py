"""tbf on programs linked as libtock-c links them. What elf2tab (0.13, src/convert.rs) makes of each is worked out
here once more, from the ELF file; tests/qemu/test_libtock.py runs them."""

import struct

import libtock_program
import tbf_format
from conftest import load_image

FIXED = {"armv7m": (0x10080, 0x20004000), "rv32": (0x80110080, 0x80310000)}


class Elf:
    def __init__(self, path):
        data = path.read_bytes()
        self.entry, headers, sections = struct.unpack_from("<III", data, 24)
        header_count, _, section_count, names = struct.unpack_from("<HHHH", data, 44)
        self.segments = [struct.unpack_from("<8I", data, headers + 32 * each) for each in range(header_count)]
        fields = [struct.unpack_from("<10I", data, sections + 40 * each) for each in range(section_count)]
        self.sections = {}
        for field in fields:
            at = fields[names][4] + field[0]
            name = data[at : data.index(b"\0", at)].decode()
            self.sections[name] = (field, b"" if field[1] == 8 else data[field[4] : field[4] + field[5]])

    def ram(self, stack=None, app_heap=1024, kernel_heap=1024):
        """Writable segments whose bytes are loaded from elsewhere, stack and heaps."""
        loads = [each for each in self.segments if each[0] == 1 and each[6] & 2 and each[2] != each[3]]
        stack = self.sections[".stack"][0][5] if stack is None else stack
        return sum(each[5] for each in loads) + (stack + 7) // 8 * 8 + app_heap + kernel_heap

    def relocations(self):
        """Of the writable sections, as they are in the file, behind their length."""
        writable = [name for name, (field, _) in self.sections.items() if field[2] & 1]
        found = b"".join(self.sections[f".rel{name}"][1] for name in writable if f".rel{name}" in self.sections)
        return struct.pack("<I", len(found)) + found


def pack(tbf, elf, *options):
    out = elf.with_suffix(".tbf")
    tbf.ok(elf, "-o", out, "--name", "libtock", *options)
    return out.read_bytes(), tbf_format.parse(out.read_bytes())


def check_contents(data, app, elf, arch):
    expected = load_image(elf, arch) + Elf(elf).relocations()
    program = data[app.program_offset : app.binary_end]
    assert program == expected.ljust(len(program), b"\0") and len(program) - len(expected) < 4


def test_position_independent(tbf, tmp_path):
    path = libtock_program.link(tmp_path / "a.elf", "armv7m")
    elf = Elf(path)
    assert len(elf.relocations()) == 4 + 8 * 4  # the four pointers in .data
    data, app = pack(tbf, path)
    assert (app.fixed_flash, app.fixed_ram) == (None, None)
    assert app.program_offset == app.header_size
    assert app.entry == app.header_size + (elf.entry & ~1) - 0x80000000
    assert app.minimum_ram == elf.ram()
    assert app.regions == [(app.header_size + 0x28, 4)]
    assert data[app.header_size + 0x28 :][:4] == bytes.fromhex("44332211")
    assert app.total_size % (2 ** (app.total_size - 1).bit_length() // 8) == 0
    check_contents(data, app, path, "armv7m")
    _, app = pack(tbf, path, "--stack", "2001", "--app-heap", "100", "--kernel-heap", "64", "--writeable-region", "0x100:4")
    assert app.minimum_ram == -(-elf.ram(2008, 100, 0) // 512) * 512 + 64  # steps of the MPU
    assert app.regions == [(0x100, 4), (app.header_size + 0x28, 4)]


def test_fixed_addresses(tbf, arch, tmp_path):
    flash, ram = FIXED[arch]
    path = libtock_program.link(tmp_path / "a.elf", arch, flash, ram)
    data, app = pack(tbf, path)
    assert (app.fixed_flash, app.fixed_ram) == (flash, ram)
    assert app.program_offset == 0x80 and app.entry == 0x80 + (Elf(path).entry & ~1) - flash
    assert app.minimum_ram == Elf(path).ram()
    check_contents(data, app, path, arch)


def test_protected_region(tbf, arch, tmp_path):
    flash, ram = FIXED[arch]
    symbol = ["-Wl,--defsym=tbf_protected_region_size=0x180"]
    path = libtock_program.link(tmp_path / "a.elf", arch, flash, ram, flags=symbol)
    slot = flash - 0x180
    if arch == "armv7m":
        line = tbf.refuses(path, "-o", tmp_path / "a.tbf")
        assert "must begin at a multiple of 0x800 for the MPU; link for 0x00010180" in line
        path = libtock_program.link(tmp_path / "a.elf", arch, 0x10180, ram, flags=symbol)
        slot = 0x10000
    _, app = pack(tbf, path)
    assert app.fixed_flash - app.program_offset == slot and app.program_offset == 0x180
    anywhere = libtock_program.link(tmp_path / "b.elf", "armv7m", flags=["-Wl,--defsym=tbf_protected_region_size=0x100"])
    assert pack(tbf, anywhere)[1].program_offset == 0x100


def test_more_ram_than_elf2tab_counts(tbf, arch, tmp_path):
    """Variables linked for RAM alone, which its sum leaves out."""
    flash, ram = FIXED[arch]
    aside = (".endflash :", ".more (NOLOAD) : { . += 0x2000; } >ram AT>ram\n\t.endflash :")
    path = libtock_program.link(tmp_path / "a.elf", arch, flash, ram, script=aside)
    used = max(each[2] + each[5] for each in Elf(path).segments if each[0] == 1 and each[2] >= ram)
    assert used - ram + 2048 > Elf(path).ram()
    own = used - ram + 1024
    assert pack(tbf, path)[1].minimum_ram == (own if arch == "rv32" else -(-own // 2048) * 2048) + 1024


def test_refusals(tbf, arch, tmp_path):
    flash, ram = FIXED[arch]

    def refuses(words, *arguments, options=(), **more):
        path = libtock_program.link(tmp_path / "a.elf", arch, *arguments, **more)
        before = set(tmp_path.iterdir())
        line = tbf.refuses(path, "-o", tmp_path / "a.tbf", "--name", "x", *options)
        assert line.startswith(f"{path}: ") and words in line, line
        assert set(tmp_path.iterdir()) == before

    refuses("has no symbol _flash_start", flash, ram, script=("_sram_origin =", "_other ="))
    refuses("bytes, but has 16 before the program", flash - 0x70, ram)
    refuses("bytes, but has 128 before", flash, ram, options=["--writeable-region", "0x100:4", "--name", "x" * 60])
    refuses("bytes, but has 4 before", flash, ram, flags=["-Wl,--defsym=tbf_protected_region_size=4"])
    refuses("the writeable region 0x0:4 lies outside", flash, ram, options=["--writeable-region", "0:4"])


def test_relocations_must_be_where_they_are_looked_for(tbf, tmp_path):
    late = ("/DISCARD/", ".late : { LONG(1) } >flash\n\t/DISCARD/")
    path = libtock_program.link(tmp_path / "a.elf", "armv7m", script=late)
    line = tbf.refuses(path, "-o", tmp_path / "a.tbf")
    assert "expects its relocations at 0x800" in line and "place .endflash behind all sections in flash" in line

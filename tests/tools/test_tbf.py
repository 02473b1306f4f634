"""tbf on real programs: every field of what it writes."""

import struct

import pytest
import tbf_format
from conftest import FLASH, RAM, compile_program, load_image, symbols

# Of the program that conftest compiles: an int of data and ten of bss.
SAMPLE_RAM = 44


def pack(tbf, elf, *options):
    out = elf.with_name("out.tbf")
    tbf.ok(elf, "-o", out, *options)
    data = out.read_bytes()
    out.unlink()
    return data, tbf_format.parse(data)


def region_covers(start, size):
    """Whether one ARMv7-M MPU region with its eight subregions can be just that."""
    region = 256
    while region < size:
        region *= 2
    return start % region == 0 and size % (region // 8) == 0


def test_header_of_a_plain_program(tbf, sample, arch):
    data, app = pack(tbf, sample)
    assert len(data) == app.total_size
    assert app.header_size % 4 == 0 and app.header_size <= 0x80
    assert app.flags == 1
    assert app.name == "app"
    assert app.kernel_version == (2, 0)
    assert app.version == 0
    assert app.permissions is None and app.regions == []
    assert app.fixed_flash == FLASH[arch] + 0x80
    assert app.fixed_ram == RAM[arch]
    assert app.main == app.program[:3]
    assert app.program_offset == 0x80
    assert app.minimum_ram == SAMPLE_RAM + 2048 + 512
    assert data[app.header_size : 0x80] == bytes(0x80 - app.header_size)


def test_each_element_comes_once(tbf, sample):
    _, app = pack(tbf, sample, "--permission", "1:1", "--writeable-region", "0x80:4")
    kinds = [kind for kind, _ in app.elements]
    assert sorted(kinds) == [1, 2, 3, 5, 6, 8, 9]


def test_program_is_what_objcopy_makes(tbf, sample, arch):
    data, app = pack(tbf, sample)
    expected = load_image(sample, arch)
    program = data[0x80 : app.binary_end]
    assert program[: len(expected)] == expected
    assert program[len(expected) :] == bytes(-len(expected) % 4)


def test_entry_counts_from_the_end_of_the_header(tbf, sample, arch):
    _, app = pack(tbf, sample)
    assert FLASH[arch] + app.entry == symbols(sample, arch)["start"] & ~1
    assert app.main[0] == app.entry - app.header_size


def test_options(tbf, sample):
    options = "--name räder --stack 1001 --app-heap 13 --kernel-heap 0x101 --kernel-version 2.5"
    _, app = pack(tbf, sample, *options.split(), "--version", "4294967295", "--disabled")
    assert app.name == "räder"
    assert app.minimum_ram == SAMPLE_RAM + 1008 + 16 + 260
    assert app.kernel_version == (2, 5)
    assert app.version == 0xFFFFFFFF
    assert not app.enabled


def test_minimum_ram_override(tbf, sample):
    _, app = pack(tbf, sample, "--minimum-ram", "4097", "--stack", "1000")
    assert app.minimum_ram == 4097


def test_permissions(tbf, tmp_path, arch):
    elf = compile_program(tmp_path, arch, area=0x100)
    wanted = ["1:1", "1:63", "1:64", "0x90001:0", "1:1", "4294967295:4294967295"]
    _, app = pack(tbf, elf, *(text for each in wanted for text in ("--permission", each)))
    assert app.permissions == {1: {1, 63, 64}, 0x90001: {0}, 0xFFFFFFFF: {0xFFFFFFFF}}
    assert app.program_offset == 0x100
    assert app.fixed_flash == FLASH[arch] + 0x100


def test_writeable_regions(tbf, sample):
    _, app = pack(tbf, sample, "--writeable-region", "0x80:4", "--writeable-region", "132:8")
    assert app.regions == [(0x80, 4), (132, 8)]


def test_header_larger_than_its_area_says_where_to_link(tbf, sample, arch, tmp_path):
    line = tbf.refuses(sample, "-o", tmp_path / "x", "--name", "n" * 60)
    assert f"link for 0x{FLASH[arch] + 0x100:08x} instead of 0x{FLASH[arch] + 0x80:08x}" in line
    moved = compile_program(tmp_path, arch, area=0x100)
    _, app = pack(tbf, moved, "--name", "n" * 60)
    assert app.program_offset == 0x100 and app.header_size > 0x80


@pytest.mark.parametrize("fill", [0, 1, 60, 100, 128, 700, 3000, 16000, 70001, 200000])
def test_size_can_be_protected(tbf, tmp_path, arch, fill):
    slot = 0x100000 if arch == "armv7m" else FLASH[arch]
    data, app = pack(tbf, compile_program(tmp_path, arch, slot=slot, fill=fill))
    assert len(data) == app.total_size and app.total_size % 4 == 0
    if arch == "rv32":
        assert app.total_size == app.binary_end
        return
    assert region_covers(slot, app.total_size)
    step = 32
    while step * 8 < app.total_size:
        step *= 2
    assert app.total_size - app.binary_end < step


def fill_for_rest(tbf, folder, rest):
    """A program of just the size that leaves `rest` bytes of 640 KiB for footers."""
    _, app = pack(tbf, compile_program(folder, "armv7m", slot=0x100000))
    return 0xA0000 - rest - app.binary_end


@pytest.mark.parametrize("rest", [0, 4, 8, 12, 65528, 65532, 65536, 65540, 65544, 131068])
def test_footers_fill_what_is_left(tbf, tmp_path, rest):
    fill = fill_for_rest(tbf, tmp_path, rest)
    data, app = pack(tbf, compile_program(tmp_path, "armv7m", slot=0x100000, fill=fill))
    assert (app.total_size, app.total_size - app.binary_end) == (0xA0000, rest)
    found, left = tbf_format.footers(data)
    assert left == (bytes(4) if rest == 4 else b"")
    assert all(format_ == tbf_format.FORMAT_RESERVED for _, format_, _ in found)
    assert all(set(value) <= {0} for _, _, value in found)
    assert sum(8 + len(value) for _, _, value in found) == (0 if rest == 4 else rest)


def test_elf_headers_in_the_first_segment_are_left_out(tbf, tmp_path):
    """GNU ld puts them before a program for ARM; if it did not, this would test nothing."""
    elf = compile_program(tmp_path, "armv7m")
    load, offset = struct.unpack_from("<II", elf.read_bytes(), 52)
    assert (load, offset) == (1, 0)
    packed, _ = pack(tbf, elf)
    assert b"\x7fELF" not in packed


def test_packing_twice_gives_the_same(tbf, sample):
    assert pack(tbf, sample)[0] == pack(tbf, sample)[0]


def test_default_name_without_elf_ending(tbf, tmp_path, arch):
    _, app = pack(tbf, compile_program(tmp_path, arch, name="a.b.3.elf"))
    assert app.name == "a.b.3"


def test_output_has_ordinary_mode(tbf, sample, tmp_path):
    tbf.ok(sample, "-o", tmp_path / "x")
    (tmp_path / "y").write_bytes(b"")
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "y").stat().st_mode


def test_help(tbf):
    text = tbf.ok("--help")
    for option in "-o --name --stack --app-heap --kernel-heap --kernel-version --version".split():
        assert f"{option} " in text
    for option in "--permission --writeable-region --disabled --minimum-ram".split():
        assert option in text

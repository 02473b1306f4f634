"""tbf on real programs: every field of what it writes."""

import hashlib
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


def test_options(tbf, sample, arch):
    options = "--name räder --stack 1001 --app-heap 13 --kernel-heap 0x101 --kernel-version 2.5"
    _, app = pack(tbf, sample, *options.split(), "--version", "4294967295", "--disabled")
    assert app.name == "räder"
    own = SAMPLE_RAM + 1008 + 16
    assert app.minimum_ram == (own if arch == "rv32" else -(-own // 256) * 256) + 260
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


def test_identity(tbf, sample):
    options = "--short-id 0x12345678 --storage-write 9 --storage-read 1 --storage-read 0xFFFFFFFF --storage-modify 2"
    _, app = pack(tbf, sample, *options.split())
    assert app.short_id == 0x12345678
    assert app.storage == (9, [1, 0xFFFFFFFF], [2])
    assert app.permissions is None


def test_storage_lists_may_be_empty(tbf, sample):
    _, app = pack(tbf, sample, "--storage-read", "7")
    assert app.storage == (0, [7], [])
    reads = [text for i in range(8) for text in ("--storage-read", str(i + 1))]
    _, app = pack(tbf, sample, *reads)
    assert app.storage == (0, list(range(1, 9)), [])


@pytest.mark.parametrize("space", [0, 1, 72, 1000])
def test_digest_and_space_behind_it(tbf, sample, space):
    data, app = pack(tbf, sample, "--sha256", "--footer-space", str(space))
    found, _ = tbf_format.footers(data)
    assert found[0] == (tbf_format.CREDENTIAL, 3, hashlib.sha256(data[: app.binary_end]).digest())
    assert all(format_ == tbf_format.FORMAT_RESERVED for _, format_, _ in found[1:])
    assert app.total_size - app.binary_end - 40 >= space
    plain, _ = pack(tbf, sample, "--footer-space", str(space))
    assert all(format_ == tbf_format.FORMAT_RESERVED for _, format_, _ in tbf_format.footers(plain)[0])


def shown(tbf, data, tmp_path):
    (tmp_path / "shown.tbf").write_bytes(data)
    lines = tbf.ok("show", tmp_path / "shown.tbf").splitlines()
    return [" ".join(line.split()) for line in lines]


def test_show_packed(tbf, tmp_path, arch):
    elf = compile_program(tmp_path, arch, area=0x100)
    options = "--name räder --version 7 --permission 1:1 --permission 1:63 --permission 2:64 --short-id 77"
    options += " --storage-write 1 --storage-read 77 --storage-modify 3 --storage-modify 4 --sha256"
    data, app = pack(tbf, elf, *options.split(), "--writeable-region", "0x100:8")
    lines = shown(tbf, data, tmp_path)
    for line in (
        f"header {app.header_size} bytes, checksum right",
        f"total size {app.total_size} bytes",
        "enabled yes",
        "version 7",
        f"program 0x100..{app.binary_end:#x}, entry at {app.entry:#x}",
        f"minimum RAM {app.minimum_ram} bytes",
        "name räder",
        f"linked for flash {FLASH[arch] + 0x100:#010x}, RAM {RAM[arch]:#010x}",
        "kernel 2.0 or a later 2",
        "permission driver 0x1: commands 1 63",
        "permission driver 0x2: commands 64",
        "short id 0x4d",
        "storage write yes, under its short id (write id 0x1)",
        "storage read 0x4d",
        "storage modify 0x3 0x4",
        "writeable region 0x100..0x108",
        "credential SHA-256, 32 bytes: matches",
    ):
        assert line in lines, lines


def test_show_anything(tbf, tmp_path):
    anywhere = [tbf_format.permissions(), (99, b"12345"), (tbf_format.STORAGE, bytes(8))]
    built = tbf_format.build(total_size=1024, extra=anywhere, flags=0, name="a\x1b[2J", ram=0x20000000)
    data = tbf_format.with_footers(
        built,
        tbf_format.sha_256(b"something else"),
        tbf_format.credential(tbf_format.FORMAT_SHA_256, b"short"),
        tbf_format.credential(6, bytes(64)),
        tbf_format.credential(99, b""),
    )
    lines = shown(tbf, data, tmp_path)
    for line in (
        "enabled no",
        "name a?[2J",
        "linked for flash anywhere, RAM 0x20000000",
        "permission none",
        "element 99 5 bytes",
        "storage write no (write id 0x0)",
        "storage read nothing",
        "storage modify nothing",
        "credential SHA-256, 32 bytes: does not match",
        "credential SHA-256, 5 bytes: wrong length",
        "credential ECDSA P-256, 64 bytes",
        "credential of unknown format, 0 bytes",
    ):
        assert line in lines, lines
    cut = tbf_format.parse(data).binary_end + 39
    assert shown(tbf, data[:cut], tmp_path) == [line for line in lines if not line.startswith("credential")]
    assert shown(tbf, tbf_format.padding(64), tmp_path)[1] == "total size 64 bytes"


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
    for option in "--short-id --storage-read --sha256 --footer-space".split():
        assert option in text
    for option in "--permission --writeable-region --disabled --minimum-ram".split():
        assert option in text


def placed_ram(start, size):
    """Where the kernel gives `size` bytes of RAM from `start` up (ARMv7-M): start, end, step of the MPU."""
    step = 32
    while True:
        at = -(-start // step) * step
        if size <= (16 - at // step % 8) * step:
            return at, at + -(-size // step) * step, step
        step *= 2


def left_for_grants(start, minimum_ram, own):
    """What the kernel has of a process that uses all that is its own, and how much less would do."""
    at, end, step = placed_ram(start, minimum_ram)
    return end - at - -(-own // step) * step, step


def test_the_steps_of_the_mpu_leave_ram_for_grants(tbf, tmp_path):
    elf = compile_program(tmp_path, "armv7m", flags=["-Wl,--emit-relocs"])
    worst = set()
    for own, kernels in ((600, 512), (4000, 512), (4200, 512), (4700, 512), (7000, 100), (9000, 1000), (9208, 1024), (12000, 4),
                         (40048, 512), (70000, 0), (100000, 4096)):  # fmt: skip
        options = ["--stack", "0", "--app-heap", str(own - SAMPLE_RAM), "--kernel-heap", str(kernels)]
        _, app = pack(tbf, elf, *options)
        starts = range(0, 1 << 18, 256)
        found = [left_for_grants(start, app.minimum_ram, own) for start in starts]
        assert min(left for left, _ in found) >= kernels, (own, kernels)
        # No step is there in vain where the steps are largest.
        step = max(step for _, step in found)
        assert all(left < kernels + step for left, each in found if each == step), (own, kernels)
        worst |= {left_for_grants(start, own + kernels, own)[0] < kernels for start in starts}
    assert worst == {False, True}  # there is something to round up


def test_ram_that_was_asked_for_is_not_rounded(tbf, tmp_path, arch):
    elf = compile_program(tmp_path, arch)
    _, app = pack(tbf, elf, "--minimum-ram", "9004")
    assert app.minimum_ram == 9004
    if arch == "rv32":
        assert pack(tbf, elf, "--stack", "9000")[1].minimum_ram == SAMPLE_RAM + 9000 + 512

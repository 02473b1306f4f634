"""Damaged inputs by the thousand against the programs built with sanitizers. Always exit 0, or exit
1 with one line; an output only with exit 0, and then one that holds together."""

import os
import random
import struct
from concurrent.futures import ThreadPoolExecutor

import pytest
import tbf_format
from conftest import compile_program
from test_image import Board

# Starting a program takes most of the time. Many more inputs go through packer, relocation and archives in one process:
# tests/fuzz.
TBF_COUNT = int(os.environ.get("FUZZ_TBF_COUNT", 600))
ELF_COUNT = int(os.environ.get("FUZZ_ELF_COUNT", 600))
KERNEL_COUNT = ELF_COUNT // 4


def run_all(case, count):
    """Runs case(number) for each number; returns how many were accepted."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return sum(pool.map(case, range(count)))


def check_output(out, accepted):
    """The bytes written, if there should be any."""
    assert out.exists() == accepted
    if not accepted:
        return None
    data = out.read_bytes()
    out.unlink()
    return data


@pytest.fixture(scope="module")
def seeds(arch, tmp_path_factory, tbf, sample):
    """Applications worth damaging: a packed one, one with all elements, one that can go anywhere."""
    out = tmp_path_factory.mktemp("seeds") / "app.tbf"
    tbf.ok(sample, "-o", out, "--writeable-region", "0x80:4")
    rich = tbf_format.build(
        name="r",
        extra=[
            (tbf_format.PERMISSIONS, struct.pack("<HIIQ", 1, 1, 0, 2)),
            tbf_format.short_id(5),
            (tbf_format.STORAGE, struct.pack("<IHIHI", 1, 1, 5, 1, 6)),
            (tbf_format.REGIONS, struct.pack("<II", 0x100, 8)),
        ],
        area=0x100,
        total_size=0x200,
    )
    return [out.read_bytes(), rich, tbf_format.build(total_size=0x400)]


def test_damaged_applications(image, arch, kernels, seeds, tmp_path):
    def case(number):
        chance = random.Random(number)
        folder = tmp_path / str(number)
        folder.mkdir()
        board = Board(image, arch, kernels[arch], folder)
        damaged = tbf_format.mutate(chance.choice(seeds), chance)
        options = [*board.options, "--map", board.file("damaged.tbf", damaged)]
        done = image.run(*options, board.app("good", 0x400), leaks=False)
        written = check_output(board.out, done.returncode == 0)
        if written is None:
            return 0
        found = tbf_format.walk(written, board.apps - board.flash)
        assert [app.name for _, app in found].count("good") == 1, number
        done = image.run(*options, "--raw", leaks=False)
        assert (done.returncode == 0) == board.out.exists()
        return 1

    accepted = run_all(case, TBF_COUNT // 2)
    assert 0 < accepted < TBF_COUNT // 2


def test_damaged_applications_are_shown(tbf, seeds, tmp_path):
    """tbf and tbf_format.py agree on what an application is."""

    def case(number):
        chance = random.Random(number)
        path = tmp_path / f"{number}.tbf"
        damaged = tbf_format.mutate(chance.choice(seeds), chance, repair=0.9)
        path.write_bytes(damaged)
        try:
            is_good = tbf_format.parse(damaged) is not None
        except tbf_format.TbfError:
            is_good = False
        assert (tbf.run("show", path, leaks=False).returncode == 0) == is_good, number
        return is_good

    accepted = run_all(case, TBF_COUNT // 2)
    assert 0 < accepted < TBF_COUNT // 2


def damage_elf(data, chance):
    """Mostly where it matters: ELF header, program headers, and the tables at the end."""
    damaged = bytearray(data)
    headers = struct.unpack_from("<I", data, 28)[0]
    sections = struct.unpack_from("<I", data, 32)[0]
    places = [(16, 52), (headers, headers + 96), (sections, len(data)), (0, len(data))]
    for _ in range(chance.randrange(1, 4)):
        low, high = chance.choice(places)
        at = chance.randrange(low, high)
        if chance.random() < 0.5:
            damaged[at] ^= 1 << chance.randrange(8)
        else:
            at = min(at & ~3, len(damaged) - 4)
            struct.pack_into("<I", damaged, at, chance.choice(tbf_format.INTERESTING_32))
    if chance.random() < 0.1:
        del damaged[chance.randrange(len(damaged)) :]
    return bytes(damaged)


def test_damaged_programs(tbf, sample, tmp_path):
    seed = sample.read_bytes()

    def case(number):
        elf, out = tmp_path / f"{number}.elf", tmp_path / f"{number}.tbf"
        elf.write_bytes(damage_elf(seed, random.Random(number)))
        done = tbf.run(elf, "-o", out, leaks=False)
        written = check_output(out, done.returncode == 0)
        if written is None:
            return 0
        assert tbf_format.parse(written).total_size == len(written)
        return 1

    accepted = run_all(case, ELF_COUNT // 2)
    assert 0 < accepted < ELF_COUNT // 2
    assert not list(tmp_path.glob("*.tbf*"))


def test_damaged_kernels(image, arch, kernels, tmp_path):
    seed = kernels[arch].read_bytes()

    def case(number):
        folder = tmp_path / str(number)
        folder.mkdir()
        board = Board(image, arch, kernels[arch], folder)
        kernel = board.file("kernel.elf", damage_elf(seed, random.Random(number)))
        done = image.run(*board.options, "--kernel", kernel, "--map", leaks=False)
        return check_output(board.out, done.returncode == 0) is not None

    accepted = run_all(case, KERNEL_COUNT // 2)
    assert 0 < accepted < KERNEL_COUNT // 2

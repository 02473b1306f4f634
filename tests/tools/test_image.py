"""image: what lies where, byte for byte, and every way it refuses. The images are walked as a
loader would walk them."""

import random
import re
import struct

import pytest
import tbf_format
from conftest import RAM, compile_program, load_image

BOARDS = {
    "armv7m": {"flash-start": 0, "flash-size": 0x40000, "apps-start": 0x10000},
    "rv32": {"flash-start": 0x80000000, "flash-size": 0x200000, "apps-start": 0x80100000},
}


class Board:
    """Runs image with one board's numbers and knows how to look at the outcome."""

    def __init__(self, tool, arch, kernel, folder):
        self.tool, self.arch, self.kernel, self.folder = tool, arch, kernel, folder
        numbers = BOARDS[arch]
        self.flash, self.apps = numbers["flash-start"], numbers["apps-start"]
        self.end = self.flash + numbers["flash-size"]
        self.out = folder / "image.bin"
        self.options = [f"--{name}={value:#x}" for name, value in numbers.items()]
        self.options += ["--kernel", kernel, "-o", self.out]

    def file(self, name, data):
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def app(self, name, size=0x400, at=None, **fields):
        """A file with an application of `size` bytes; `at` is where it is linked to begin."""
        fields.setdefault("program", bytes([len(name)]) * (size - 0x90))
        data = tbf_format.build(name=name, total_size=size, flash=at, **fields)
        return self.file(f"{name}.tbf", data)

    def build(self, *arguments):
        """The flash for applications as [(address, application)], padding left out."""
        self.tool.ok(*self.options, *arguments)
        image = self.out.read_bytes()
        found = tbf_format.walk(image, self.apps - self.flash)
        assert all(isinstance(app, tbf_format.Tbf) for _, app in found)
        self.check_end(image, found)
        return [(self.flash + at, app.name) for at, app in found if not app.is_padding]

    def check_end(self, image, found):
        """The list reaches to the end of the image, and a word of erased flash ends it."""
        at = found[-1][0] + found[-1][1].total_size if found else self.apps - self.flash
        full = self.flash + at == self.end
        assert image[at:] == (b"" if full else b"\xff" * 4)

    def refuses(self, *arguments):
        """The line said; nothing was written."""
        self.out.unlink(missing_ok=True)
        before = set(self.folder.iterdir())
        line = self.tool.refuses(*self.options, *arguments)
        assert set(self.folder.iterdir()) == before
        return line


@pytest.fixture
def board(image, arch, kernels, tmp_path):
    return Board(image, arch, kernels[arch], tmp_path)


@pytest.fixture
def arm(image, kernels, tmp_path):
    return Board(image, "armv7m", kernels["armv7m"], tmp_path)


@pytest.fixture
def riscv(image, kernels, tmp_path):
    return Board(image, "rv32", kernels["rv32"], tmp_path)


def test_kernel_lies_at_the_start(board):
    assert board.build() == []
    expected = load_image(board.kernel, board.arch)
    image = board.out.read_bytes()
    size = board.apps - board.flash
    assert len(expected) > 256
    assert image == expected + b"\xff" * (size - len(expected)) + b"\xff" * 4


def test_applications_are_unchanged(board):
    files = [board.app("a", 0x400), board.app("b", 0x800, board.apps + 0x4000)]
    placed = dict((name, at) for at, name in board.build(*files))
    image = board.out.read_bytes()
    for file in files:
        at = placed[file.stem] - board.flash
        assert image[at : at + file.stat().st_size] == file.read_bytes()


def test_real_applications(board, tbf, arch):
    files = []
    for index in range(3):
        slot = board.apps + index * 0x4000
        elf = compile_program(board.folder / str(index), arch, f"app{index}.elf", slot)
        tbf.ok(elf, "-o", board.folder / f"{index}.tbf")
        files.append(board.folder / f"{index}.tbf")
    expected = [(board.apps + index * 0x4000, f"app{index}") for index in range(3)]
    assert board.build(*files[::-1]) == expected


def test_gap_between_fixed_applications_is_one_padding(board):
    board.build(board.app("a", 0x400, board.apps + 0x400), board.app("b", 0x400, board.apps + 0x2000))
    found = tbf_format.walk(board.out.read_bytes(), board.apps - board.flash)
    sizes = [(app.total_size, app.is_padding, app.flags) for _, app in found]
    assert sizes == [(0x400, True, 0), (0x400, False, 1), (0x1800, True, 0), (0x400, False, 1)]
    padding = board.out.read_bytes()[board.apps - board.flash :][:0x400]
    assert padding == tbf_format.padding(0x400)


def test_movable_applications_in_the_order_given(board):
    files = [board.app(name, 0x1000) for name in "cab"]
    expected = [(board.apps + index * 0x1000, name) for index, name in enumerate("cab")]
    assert board.build(*files) == expected


def test_movable_applications_fill_holes(arm):
    files = [arm.app("fixed", 0x1000, arm.apps + 0x2000), arm.app("big", 0x4000), arm.app("small", 0x800)]
    expected = [(arm.apps, "small"), (arm.apps + 0x2000, "fixed"), (arm.apps + 0x4000, "big")]
    assert arm.build(*files) == expected


def test_arm_alignment(arm):
    files = [arm.app("a", 0x200), arm.app("b", 0x8000), arm.app("c", 0x200), arm.app("d", 0x1400)]
    placed = {name: at - arm.apps for at, name in arm.build(*files)}
    assert placed == {"a": 0, "b": 0x8000, "c": 0x200, "d": 0x2000}


def test_riscv_prefers_pages_but_takes_words(riscv):
    files = [riscv.app("a", 0xFF000 + 0x104), riscv.app("b", 0x300)]
    assert riscv.build(*files) == [(riscv.apps, "a"), (riscv.apps + 0xFF104, "b")]
    assert [at for at, _ in riscv.build(riscv.app("c", 0x104), files[1])] == [riscv.apps, riscv.apps + 0x1000]


def test_largest_first_when_the_order_given_does_not_fit(board):
    """In holes of 0x4000 and 0x2000 bytes the small one, placed first, is in the large one's way."""
    fixed = board.app("fixed", 0x4000, board.apps + 0x4000)
    files = [board.app("small", 0x2000), fixed, board.app("large", 0x4000)]
    limit = f"--apps-end={board.apps + 0xA000:#x}"
    board.tool.ok(*board.options, limit, *files)
    found = tbf_format.walk(board.out.read_bytes(), board.apps - board.flash)
    assert [app.name for _, app in found] == ["large", "fixed", "small"]


def test_flash_filled_to_the_last_byte(arm):
    arm.build(arm.app("a", 0x10000), arm.app("b", 0x20000, arm.apps + 0x10000))
    assert len(arm.out.read_bytes()) == arm.end


def test_no_gap_too_small_for_padding(riscv):
    """A hole of 0x408 bytes takes 0x408 or at most 0x3f8, never 0x400."""
    fixed = riscv.app("fixed", 0x100000 - 0x408, riscv.apps + 0x408)
    assert riscv.build(fixed, riscv.app("fits", 0x408))[0] == (riscv.apps, "fits")
    assert riscv.build(fixed, riscv.app("fits", 0x3F8))[0] == (riscv.apps, "fits")
    line = riscv.refuses(fixed, riscv.app("no", 0x400))
    assert "needs 1024 bytes of flash; the largest free place has 1032, at" in line
    assert "with no gap below 16 bytes; without fixed.tbf (fixed) all would fit" in line


def test_what_stays_free_at_the_end_may_be_any_size(riscv):
    assert riscv.build(riscv.app("a", 0x100000 - 8)) == [(riscv.apps, "a")]


def test_shorter_file_is_filled_with_erased_flash(board):
    whole = board.app("a", 0x1000).read_bytes()
    board.build(board.file("short.tbf", whole[:0x200]))
    image = board.out.read_bytes()[board.apps - board.flash :]
    assert image[:0x1000] == whole[:0x200] + b"\xff" * 0xE00


def test_padding_given_as_an_application(board):
    assert board.build(board.file("p.tbf", tbf_format.padding(0x1000)), board.app("a", 0x1000)) == [
        (board.apps + 0x1000, "a")
    ]


def test_address_on_the_command_line(board):
    at = board.apps + 0x8000
    assert board.build(f"{board.app('a')}@{at:#x}") == [(at, "a")]
    assert board.build(f"{board.app('a', at=at)}@{at}") == [(at, "a")]
    line = board.refuses(f"{board.app('a', at=at)}@{at + 0x400:#x}")
    assert f"linked to begin at 0x{at:08x}, so it cannot be placed at 0x{at + 0x400:08x}" in line


def test_random_layouts_can_be_walked(board):
    """Whatever is asked for, it is refused or placed whole, in order and without overlap."""
    chance = random.Random(11)
    built = 0
    for _ in range(60):
        files = []
        for name in "abcdefg"[: chance.randrange(1, 8)]:
            size = chance.choice((0x200, 0x400, 0x800, 0x1000, 0x4000))
            at = board.apps + chance.randrange(8) * 0x4000 if chance.random() < 0.4 else None
            files.append(board.app(name, size, at))
        done = board.tool.run(*board.options, *files)
        if done.returncode == 0:
            built += 1
            assert {name for _, name in board.build(*files)} == {file.stem for file in files}
    assert built > 10


def rows_of(text):
    """The rows of the tables --map prints: what -> (address, size, lost, why)."""
    found = re.findall(r"^(0x.{8}) +(\d+) +(\d+)  ([^;\n]*)(?:; lost: (.*))?$", text, re.M)
    assert all(int(lost) == sum(map(int, re.findall(r"(?:^|, )(\d+)", why))) for _, _, lost, _, why in found)
    return {what: (int(address, 16), int(size), int(lost), why) for address, size, lost, what, why in found}


def test_map(board):
    files = [board.app("a", 0x400, board.apps + 0x400, ram=0x20002000), board.app("b", 0x1000, flags=0)]
    text = board.tool.ok(*board.options, "--map", "--board", "some_board", *files)
    assert text.startswith(f"some_board ({board.arch})\nflash           size      lost  what\n")
    rows = rows_of(text)
    kernel = len(load_image(board.kernel, board.arch))
    area = 0x80 - tbf_format.parse(files[0].read_bytes()).header_size
    area_b = 0x80 - tbf_format.parse(files[1].read_bytes()).header_size
    left = "as it ends with a subregion of the MPU" if board.arch == "armv7m" else "that it was packed with"
    assert rows["kernel"] == (board.flash, kernel, 0, "")
    assert rows["padding before a.tbf (a)"] == (board.apps, 0x400, 0x400, "1024 as it is linked for its address")
    address, size, lost, why = rows["a.tbf (a)"]
    assert (address, size, lost) == (board.apps + 0x400, 1024, 16 + area)
    assert why.startswith(f"{area} between header and program, 16 {left}")
    gap = "so that one MPU region covers it" if board.arch == "armv7m" else "as it begins at a multiple of 4"
    assert rows["padding before b.tbf (b)"] == (board.apps + 0x800, 0x800, 0x800, f"2048 {gap}")
    assert rows["b.tbf (b), disabled"][:3] == (board.apps + 0x1000, 4096, 16 + area_b)
    assert rows["free for applications"] == (board.apps + 0x2000, board.end - board.apps - 0x2000, 0, "")
    size, lost = board.out.stat().st_size, 0x400 + 0x800 + 32 + area + area_b
    assert f"image: {size} bytes; lost to gaps and rounding: {lost} bytes of flash, 0 of RAM" in text


KERNEL_SOURCE = """
struct group { void *const *drivers; unsigned count; };
static int things[3];
static void *const basic[] = {&things[0], 0, &things[1]};
static void *const more[] = {0, &things[2]};
static const struct group groups[] = {{basic, 3}, {more, 2}};
extern char _process_ram_start[], _process_ram_end[];
__attribute__((used)) static const int private_layout_1 = 1, private_layout_2 = 1;
const unsigned process_bytes = 100;
const struct { const struct group *groups; unsigned group_count; void *table; unsigned slots, flash[2]; char *ram[2]; }
    board = {groups, 2, 0, SLOTS, {0, 0}, {_process_ram_start, _process_ram_end + BOARD_IS_ANOTHER}};
const void *volatile seen;
void start(void) { seen = &board; seen = &process_bytes; for (;;) { } }
"""
KERNEL_PART = 112  # 100 bytes, and 2 for each of three drivers and the end, rounded to 8


@pytest.fixture(scope="module")
def telling_kernels(arch, tmp_path_factory):
    """Kernels that tell the tool their RAM, 0x4000 bytes, and a board with three slots; in the second, a thing
    called `board` is something else."""
    script = """
ENTRY(start)
MEMORY {{ flash (rx) : ORIGIN = {binary:#x}, LENGTH = 1M  ram (rw) : ORIGIN = {ram:#x}, LENGTH = 1M }}
_process_ram_start = ORIGIN(ram) + 0x1000;
_process_ram_end = ORIGIN(ram) + 0x5000;
SECTIONS {{
    .text : {{ *(.text*) *(.rodata*) }} > flash
    .data : {{ *(.data*) *(.sdata*) }} > ram AT> flash
    .bss (NOLOAD) : {{ *(.bss*) *(.sbss*) }} > ram
    /DISCARD/ : {{ *(.riscv.attributes) }}
}}
"""
    folder = tmp_path_factory.mktemp("telling")
    start = BOARDS[arch]["flash-start"]
    return [
        compile_program(
            folder / str(other), arch, "kernel.elf", start, 0, 0, script, KERNEL_SOURCE,
            flags=("-DSLOTS=3", f"-DBOARD_IS_ANOTHER={other}"),
        )  # fmt: skip
        for other in (0, 4)
    ]


@pytest.fixture
def telling(image, arch, telling_kernels, tmp_path):
    return Board(image, arch, telling_kernels[0], tmp_path)


def test_map_of_ram(telling):
    ram = RAM[telling.arch] + 0x1000
    files = [telling.app("a", 0x400, minimum_ram=1001), telling.app("b", 0x400, ram=ram + 0x800, minimum_ram=512)]
    files.append(telling.app("off", 0x400, flags=0))
    text = telling.tool.ok(*telling.options, "--map", *files)
    rows = rows_of(text)
    part, arm = KERNEL_PART, telling.arch == "armv7m"
    size = (1024 if arm else 1008) + part  # in steps of 128 or of 4, then 8
    what = f"1 a.tbf (a): 1001, the kernel {part}"
    assert rows[what][:3] == (ram, size, size - 1001 - part)
    gap = 0x800 - size
    assert rows[f"2 b.tbf (b): 512, the kernel {part}"] == (ram + 0x800, 512 + part, gap, f"{gap} before it, as it is linked for its address")
    assert rows["free for processes"] == (ram + 0x800 + 512 + part, 0x4000 - 0x800 - 512 - part, 0, "")
    assert "processes: 2; the board has room for 3\n" in text
    told = telling.folder / "placement"
    telling.tool.ok(*telling.options, "--placement", told, *files)
    lines = [line.split() for line in told.read_text().splitlines()]
    assert [int(each[1], 0) if each[1] != "-" else None for each in lines] == [ram, ram + 0x800, None]
    assert [each[2].rpartition("/")[2] for each in lines] == ["a.tbf", "b.tbf", "off.tbf"]
    assert f"bytes of flash, {size - 1001 - part + gap} of RAM" in text


def test_ram_that_cannot_be_protected_where_it_was_linked(telling):
    ram = RAM[telling.arch] + 0x1000
    size, off, start = (8000, 0x200, 0x400) if telling.arch == "armv7m" else (64, 2, 4)
    line = telling.refuses(telling.app("a", 0x400, ram=ram + off, minimum_ram=size))
    assert line == f"a.tbf (a): its RAM cannot be protected at {ram + off:#010x}, but {size} bytes can at {ram + start:#010x}; link it for RAM there"
    line = telling.refuses(telling.app("a", 0x400, minimum_ram=64), telling.app("b", 0x400, ram=ram, minimum_ram=64))
    assert f"b.tbf (b): its RAM at {ram:#010x} is taken, applications before it in flash have all below" in line


def test_too_many_processes(telling, telling_kernels):
    files = [telling.app(name, 0x400) for name in "abcd"]
    line = telling.refuses(*files)
    assert "4 applications would run, the board has room for 3 processes; leave out 1, or give the board more" in line
    assert len(telling.build(*files[:3], telling.app("off", 0x400, flags=0))) == 4
    assert len(telling.build("--raw", *files)) == 4
    text = telling.tool.ok(*telling.options, "--kernel", telling_kernels[1], "--map", *files)
    assert "processes: 4\n" in text and f"the kernel {KERNEL_PART}" in text  # 2 for each of four layouts, and the end


def test_what_would_fit(telling):
    """Who could be left out is tried out, with flash and with RAM."""
    big, small, other = (telling.app(name, 0x400, minimum_ram=ram) for name, ram in (("big", 9000), ("small", 400), ("other", 8000)))
    line = telling.refuses(big, small, other)
    assert f"other.tbf (other): needs {8000 + KERNEL_PART} bytes of RAM, 8000 of its own and {KERNEL_PART} for the kernel; " in line
    assert line.endswith("; without big.tbf (big) all would fit")
    assert len(telling.build(small, other)) == 2
    lone = telling.app("lone", 0x400, minimum_ram=20000)
    assert telling.refuses(lone).endswith("; make it smaller")
    assert telling.refuses(big, lone).endswith("; make it smaller, or leave out more than one application")
    limit = f"--apps-end={telling.apps + 0x3000:#x}"
    files = [telling.app(name, 0x1000, minimum_ram=64) for name in ("x", "y")]
    line = telling.refuses(limit, *files, telling.app("z", 0x2000, minimum_ram=64))
    assert line == "y.tbf (y): needs 4096 bytes of flash; none is left; without z.tbf (z) or x.tbf (x) all would fit"


def test_program_counts_whichever_comes_first(board):
    """Program says more than Main, and is right also when Main comes behind it."""
    program = (tbf_format.PROGRAM, struct.pack("<IIIII", 0, 0, 64, 0x200, 0))
    main = (tbf_format.MAIN, struct.pack("<III", 0xFFFFFF, 0xFFFFFF, 64))
    for elements in ([program, main], [main, program]):
        data = tbf_format.header([*elements, (tbf_format.NAME, b"x")], 0x400).ljust(0x400, b"\0")
        assert board.build(board.file("x.tbf", data)) == [(board.apps, "x")]


def test_help(image):
    text = image.ok("--help")
    for option in "-o --kernel --flash-start --flash-size --apps-start --apps-end --arch --board --map --placement --raw".split():
        assert f"  {option} " in text


# Raw


def test_raw_places_damaged_applications(board):
    damaged = bytearray(board.app("a", 0x1000).read_bytes())
    damaged[12] ^= 1
    files = [board.file("bad.tbf", bytes(damaged)), board.app("b", 0x1000)]
    assert "checksum is wrong" in board.refuses(*files)
    board.tool.ok(*board.options, "--raw", *files)
    found = tbf_format.walk(board.out.read_bytes(), board.apps - board.flash)
    assert isinstance(found[0][1], tbf_format.TbfError) and found[1][1].name == "b"
    assert board.out.read_bytes()[board.apps - board.flash :][:0x1000] == damaged


def test_raw_takes_any_bytes_at_an_address(board):
    at = board.apps + 0x2000
    for content in (b"x", b"\xff" * 100, struct.pack("<HHIII", 2, 16, 0xFFFFFFFC, 1, 0)):
        file = board.file("noise", content)
        board.tool.ok(*board.options, "--raw", f"{file}@{at:#x}")
        image = board.out.read_bytes()
        assert image[at - board.flash :].startswith(content)
        assert image[board.apps - board.flash :].startswith(tbf_format.padding(0x2000))


def test_raw_makes_room_for_more_than_the_header_says(board):
    short = tbf_format.header([], 0x100) + bytes(0xFF0)
    board.tool.ok(*board.options, "--raw", board.file("long", short), board.app("b", 0x1000))
    image = board.out.read_bytes()[board.apps - board.flash :]
    assert image[:0x1000] == short
    assert tbf_format.parse(image[0x1000:]).name == "b"


def test_raw_ignores_what_the_mpu_can_do(arm):
    odd = arm.app("odd", 0x1004)
    assert "no MPU region covers" in arm.refuses(odd)
    assert arm.build("--raw", odd) == [(arm.apps, "odd")]


# Refusals


def test_overlap_names_both_and_says_what_is_free(board):
    first = board.app("first", 0x1000, board.apps)
    second = board.app("second", 0x400, board.apps + 0x800)
    third = board.app("third", 0x400, board.apps + 0x1000)
    line = board.refuses(first, second, third)
    assert f"second.tbf (second): its place 0x{board.apps + 0x800:08x}..0x{board.apps + 0xC00:08x}" in line
    assert f"overlaps first.tbf (first) at 0x{board.apps:08x}..0x{board.apps + 0x1000:08x}" in line
    free = board.apps + 0x1400
    found = int(re.search(r"there is room at (0x\w+)", line)[1], 16)
    assert found >= free and f"link it for 0x{found + 0x80:08x}" in line
    moved = board.app("second", 0x400, found)
    assert (found, "second") in board.build(first, moved, third)


def test_same_application_twice(board):
    file = board.app("a", 0x400, board.apps)
    assert "overlaps a.tbf (a)" in board.refuses(file, file)


def test_neighbours_with_a_gap_too_small(board):
    files = [board.app("a", 0x400, board.apps), board.app("b", 0x400, board.apps + 0x408)]
    assert "leaves a gap too small for padding" in board.refuses(*files)
    line = board.refuses(board.app("c", 0x400, board.apps + 8))
    assert "leaves a gap below 16 bytes behind" in line


def test_outside_of_the_flash(board):
    for at in (board.apps - 0x400, board.end - 0x200, board.end):
        line = board.refuses(board.app("a", 0x400, at))
        assert f"its place 0x{at:08x}..0x{at + 0x400:08x} lies outside the flash" in line
        assert f"0x{board.apps:08x}..0x{board.end:08x}" in line
    assert "not a multiple of 4" in board.refuses(board.app("a", 0x400, board.apps + 0x401))


def test_too_big(board):
    size = (board.end - board.apps) * 2
    line = board.refuses(board.app("a", size))
    assert f"a.tbf (a): needs {size} bytes of flash; the largest free place has {size // 2}, at" in line
    assert line.endswith(f", {size // 2} too few; make it smaller")


def test_header_before_address_zero(riscv):
    flash = tbf_format.build(extra=[(tbf_format.FIXED, struct.pack("<II", 0, 0x40))])
    assert "link it for a higher address" in riscv.refuses(riscv.file("a.tbf", flash))


def test_riscv_application_on_arm(arm):
    assert "no MPU region covers its place" in arm.refuses(arm.app("a", 0x10C))
    assert "pack it for ARM: a multiple of 64 bytes" in arm.refuses(arm.app("a", 0x10C))


def test_smallest_steps_of_the_mpu(arm):
    """Sub-regions of 32 bytes are the smallest there are."""
    small = {"area": 0x40, "name": None, "kernel": None}
    assert "no MPU region covers" in arm.refuses(arm.file("a.tbf", tbf_format.build(bytes(36), **small)))
    for size in (32, 64, 128):
        arm.build(arm.file("a.tbf", tbf_format.build(bytes(size), **small)))


def test_names_of_archive_members_are_hints(board):
    other = "rv32imac.0x1.tbf" if board.arch == "armv7m" else "cortex-m4.tbf"
    same = "cortex-m3.tbf" if board.arch == "armv7m" else "rv32imac.tbf"
    data = board.app("a", 0x1000).read_bytes()
    assert f"the board is {board.arch}" in board.refuses(board.file(other, data))
    assert board.build(board.file(same, data)) == [(board.apps, "a")]


def test_damaged_headers(board):
    good = board.app("a", 0x1000).read_bytes()

    def with_elements(*elements):
        return tbf_format.header(elements, 0x1000).ljust(0x1000, b"\0")

    cases = {
        "shorter than a header": b"\2\0",
        "does not begin as a TBF": b"\3" + good[1:],
        "header's size": tbf_format.with_checksum(good[:2] + b"\x12\0" + good[4:]),
        "header is longer": tbf_format.with_checksum(good[:2] + b"\0\x20" + good[4:]),
        "checksum is wrong": good[:8] + b"\0" + good[9:],
        "reaches past its end": tbf_format.with_checksum(good[:18] + b"\xff\xff" + good[20:]),
        "wrong length": with_elements((1, bytes(8))),
        "more permissions than it holds": with_elements((6, b"\2\0" + bytes(16))),
        "has more than 128 permissions": with_elements(tbf_format.permissions(*[(1, 0, 1)] * 129)),
        "storage permissions are cut short": with_elements((7, bytes(4) + b"\1\0" + bytes(4))),
        "or list more than 8 ids": with_elements((7, bytes(4) + b"\x09\0" + bytes(40))),
        "short id is 0": with_elements((10, bytes(4))),
        "decides its rights comes twice": with_elements(tbf_format.short_id(1), tbf_format.short_id(1)),
        "more than 128 elements": with_elements(*[(99, b"")] * 129),
        "writeable region lies outside": with_elements(
            (2, struct.pack("<II", 0xFFF, 2)), (9, struct.pack("<IIIII", 0, 0, 0, 0x1000, 0))
        ),
        "region lies outside the program": with_elements(
            (2, struct.pack("<II", 0x1C, 4)), (9, struct.pack("<IIIII", 0, 0, 0, 0x1000, 0))
        ),
        "ends behind its end": with_elements((9, struct.pack("<IIIII", 0, 0, 0, 0x1001, 0))),
        "protected bytes reach past": with_elements((9, struct.pack("<IIIII", 0, 0x1000, 0, 0x1000, 0))),
        "entry point lies behind": with_elements((9, struct.pack("<IIIII", 0x1000 - 40, 0, 0, 0x1000, 0))),
        "the file has 4097 bytes": good + b"\0",
        "not a multiple of 4 up to": tbf_format.with_checksum(good[:4] + struct.pack("<I", 0x1001) + good[8:]),
    }
    for words, data in cases.items():
        line = board.refuses(board.file("bad.tbf", data))
        assert words in line and line.startswith("bad.tbf"), line


def test_unprintable_names_are_made_printable(board):
    line = board.refuses(board.file("a.tbf", tbf_format.build(name="\x1b[31m\n", flash=0x100)))
    assert "a.tbf (?[31m?)" in line


def test_kernel_too_large(image, arch, tmp_path, kernels):
    script = "ENTRY(start) SECTIONS {{ . = {binary:#x}; .text : {{ *(.text*) *(.rodata*) *(.data*) . += {fill}; }} }}"
    board = Board(image, arch, kernels[arch], tmp_path)
    size = board.apps - board.flash
    big = compile_program(tmp_path / "k", arch, "big.elf", board.flash, 0, size, script)
    line = board.refuses("--kernel", big)
    assert f"lies outside the kernel's flash 0x{board.flash:08x}..0x{board.apps:08x}" in line
    low = compile_program(tmp_path / "k", arch, "low.elf", board.apps, 0, 0, script)
    assert "lies outside the kernel's flash" in board.refuses("--kernel", low)


def test_kernel_segments_overlap(board, kernels):
    data = bytearray(kernels[board.arch].read_bytes())
    start, count = struct.unpack_from("<I", data, 28)[0], struct.unpack_from("<H", data, 44)[0]
    loads = [at for at in range(start, start + 32 * count, 32) if data[at : at + 4] == b"\1\0\0\0"]
    struct.pack_into("<I", data, loads[1] + 12, board.flash + 2)
    line = board.refuses("--kernel", board.file("k.elf", data))
    assert "two segments are loaded over each other" in line


def test_kernel_of_the_other_board(board, kernels):
    other = {"armv7m": "rv32", "rv32": "armv7m"}[board.arch]
    line = board.refuses("--arch", board.arch, "--kernel", kernels[other])
    assert f"compiled for {other}, the board is {board.arch}" in line
    assert "give armv7m or rv32" in board.refuses("--arch", "z80")
    assert "not an ELF file" in board.refuses("--kernel", board.file("x", b"x"))


def test_bad_options(board):
    for option in ("--flash-start", "--flash-size", "--apps-start"):
        texts = [each for each in board.options if not str(each).startswith(option)]
        assert f"{option} is missing" in board.tool.refuses(*texts)
    assert "-o is missing" in board.tool.refuses("--kernel", "k")
    assert "--kernel is missing" in board.tool.refuses("-o", "k")
    assert "not inside the flash" in board.refuses(f"--apps-end={board.end + 4}")
    assert "not inside the flash" in board.refuses(f"--apps-end={board.apps - 4}")
    assert "multiples of 4" in board.refuses(f"--apps-end={board.end - 2}")
    assert "limit is 268435456" in board.refuses("--flash-size=0x10000001")
    assert "No such file" in board.refuses("missing.tbf")
    assert "@ADDRESS" in board.refuses("a.tbf@0x1x")
    assert "--frob is not an option" in board.refuses("--frob")
    assert "--arch needs a value" in board.refuses("--arch")


def test_apps_end_limits_the_place(board):
    file = board.app("a", 0x1000)
    assert board.tool.ok(*board.options, f"--apps-end={board.apps + 0x1000:#x}", file) == ""
    assert board.out.stat().st_size == board.apps - board.flash + 0x1000
    assert "4 too few" in board.refuses(f"--apps-end={board.apps + 0xFFC:#x}", file)

"""tab, and image given an archive. Python's own tarfile and tomllib read what tab writes, and write what
it reads."""

import io
import random
import struct
import subprocess
import tarfile
import tomllib

import libtock_program
import pytest
import tbf_format
from conftest import compile_program
from test_image import Board

METADATA = b'tab-version = 1\nname = "hello"\nonly-for-boards = ""\n'
# As elf2tab 0.12 and later leaves it.
METADATA_ELF2TAB = METADATA + b'minimum-tock-kernel-version = "2.0"\nbuild-date = 2024-03-01T10:20:30Z\n'


def member(name, data, kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname, info.mode = len(data), kind, link, 0o644
    return info, data


def archive(*members, form=tarfile.GNU_FORMAT):
    """The format of Rust's tar library, which elf2tab uses, unless told otherwise."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as tar:
        for info, data in members:
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def application(size=0x400, name="hello", at=None, ram=None, mark=b"\1", area=0x80):
    return tbf_format.build(
        mark * (size - 0x90), name=name, total_size=size, area=area, flash=at, ram=ram, kernel=(2, 1)
    )


def unpack(path):
    with tarfile.open(path) as tar:
        return {info.name: (info, tar.extractfile(info).read()) for info in tar.getmembers()}


class Archives:
    def __init__(self, tool, folder):
        self.tool, self.folder, self.out = tool, folder, folder / "out.tab"

    def file(self, name, data):
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def refuses(self, *arguments):
        before = {path: path.stat().st_mtime_ns for path in self.folder.iterdir()}
        line = self.tool.refuses(*arguments)
        assert {path: path.stat().st_mtime_ns for path in self.folder.iterdir()} == before
        return line


@pytest.fixture
def archives(tab, tmp_path):
    return Archives(tab, tmp_path)


def test_round_trip(archives):
    arm, riscv = application(mark=b"a"), application(0x300, mark=b"r")
    fixed = application(at=0x80100000, ram=0x80300000)
    files = [f"cortex-m3={archives.file('a=b.tbf', arm)}", archives.file("rv32imac.tbf", riscv)]
    files.append(f"rv32imac={archives.file('c.tbf', fixed)}")
    options = ["--only-for-boards", "one,two", "--build-date", "2024-03-01T10:20:30Z"]
    archives.tool.ok(*options, *files, "-o", archives.out)
    found = unpack(archives.out)
    assert {name: data for name, (_, data) in found.items() if name != "metadata.toml"} == {
        "cortex-m3.tbf": arm,
        "rv32imac.tbf": riscv,
        "rv32imac.0x80100080.0x80300000.tbf": fixed,
    }
    assert all((info.isreg(), info.mode, info.uid, info.mtime) == (True, 0o644, 0, 0) for info, _ in found.values())
    metadata = tomllib.loads(found["metadata.toml"][1].decode())
    date = metadata.pop("build-date")
    assert date.isoformat() == "2024-03-01T10:20:30+00:00"
    assert metadata == {
        "tab-version": 1,
        "name": "hello",
        "only-for-boards": "one,two",
        "minimum-tock-kernel-version": "2.1",
    }
    shown = archives.tool.ok("show", archives.out)
    assert "name              hello\nonly for boards   one,two\nkernel, at least  2.1\n" in shown
    assert "0x80300000.tbf           1024 bytes, only for flash 0x80100080 and RAM 0x80300000, RAM 1024\n" in shown
    archives.tool.ok("extract", archives.out, archives.folder / "unpacked")
    assert {path.name: path.read_bytes() for path in (archives.folder / "unpacked").iterdir()} == {
        name: data for name, (_, data) in found.items() if name != "metadata.toml"
    }
    first = archives.out.read_bytes()
    archives.tool.ok(*options, *files, "-o", archives.out)
    assert archives.out.read_bytes() == first


def test_names_need_quoting(archives):
    name = 'a "b" \\ # é'
    archives.tool.ok("--name", name, f"cortex-m3={archives.file('a.tbf', application())}", "-o", archives.out)
    assert tomllib.loads(unpack(archives.out)["metadata.toml"][1].decode())["name"] == name
    assert f"name              {name}\n" in archives.tool.ok("show", archives.out)


def test_reads_what_others_write(archives):
    """All formats of tar, elf2tab's metadata, and some that people write."""
    members = [member("cortex-m4.tbf", application()), member("README", b"not ours")]
    for form in (tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT):
        path = archives.file("x.tab", archive(member("metadata.toml", METADATA_ELF2TAB), *members, form=form))
        assert "built             2024-03-01T10:20:30Z\ncortex-m4.tbf" in archives.tool.ok("show", path)
    for text in (
        b"# comment\n\ntab-version=1 # one\r\n  name = 'hel\\lo'\nother = [1, 2] \n[table]\nname = 3\n",
        b'tab-version = 1\nname = "hel\\\\lo"',
    ):
        path = archives.file("x.tab", archive(*members, member("metadata.toml", text)))
        assert "name              hel\\lo\n" in archives.tool.ok("show", path)


def bad_archives():
    good = [member("metadata.toml", METADATA), member("cortex-m3.tbf", application())]
    whole = archive(*good)
    huge = member("cortex-m3.tbf", b"")
    huge[0].size = 1 << 40
    lying = member("cortex-m3.tbf", b"")
    lying[0].size = 1 << 20
    header = whole[:512]
    yield "is no tar archive", b"hello"
    yield "is no tar archive", b""
    yield "is no tar archive", bytes(20)
    yield "is no tar archive", whole[:100]
    yield "is no tar archive", header[:100] + b"7" + whole[101:]
    yield "is cut off, its end is missing", whole[:1024]
    yield "is cut off, its end is missing", whole[: 1024 + 512 + 0x400]
    yield "is cut off in member cortex-m3.tbf", whole[: 1024 + 512 + 0x100]
    yield "is cut off in member metadata.toml", whole[:530]
    yield "has no metadata.toml", archive(good[1])
    yield "has no application (*.tbf)", archive(good[0])
    yield "has no application (*.tbf)", archive(good[0], member("cortex-m3.bin", b"x"))
    yield "member cortex-m3.tbf comes twice", archive(*good, good[1])
    yield "member metadata.toml comes twice", archive(*good, good[0])
    yield "has more than 64 applications", archive(*(member(f"rv32.{i}.tbf", b"x") for i in range(65)))
    yield "member cortex-m3.tbf has 1099511627776 bytes, the limit", archive(good[0]) [:1024] + huge[0].tobuf()
    yield "is cut off in member cortex-m3.tbf", archive(good[0])[:1024] + lying[0].tobuf() + bytes(1024)
    for name in ("../x.tbf", "/tmp/x.tbf", "a/b.tbf", "..", ".x.tbf", "a b.tbf", "\x1b[2J.tbf", "x\\y.tbf", "x" * 150):
        yield "has a folder or odd letters in its name", archive(*good, member(name, application()))
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        yield "member rv32.tbf is no ordinary file", archive(*good, member("rv32.tbf", b"", kind, "cortex-m3.tbf"))
    for text, words in {
        b'name = "x"\n': "does not say tab-version = 1",
        b"tab-version = 2\n": "does not say tab-version = 1",
        METADATA + b"name = 'b'\n": "gives a value twice",
        METADATA + b"nonsense\n": "not of the form key = value",
        b'name = "x\n': "string that does not end",
        b'name = "x" y\n': "string that does not end, or something behind it",
        b'name = "x\\q"\n': "escape other than",
        b'name = "' + b"x" * 256 + b'"\n': "too long",
        b"name = \n": "key without a value",
        b"name = a\0b\n": "key without a value, or one",
        b"\0" * 70000: "member metadata.toml has 70000 bytes",
    }.items():
        yield words, archive(member("metadata.toml", text), good[1])


def test_bad_archives(archives, image, kernels, tmp_path):
    """Whoever reads one says so, and writes nothing."""
    board = Board(image, "armv7m", kernels["armv7m"], tmp_path)
    for number, (words, data) in enumerate(bad_archives()):
        path = archives.file("bad.tab", data)
        line = archives.refuses(*(("extract", path, tmp_path / "unpacked") if number % 2 else ("show", path)))
        assert words in line and line.startswith(f"{path}: "), (words, line)
        if number % 5 == 0 and "no tar" not in words:
            line = board.refuses(path)
            assert words in line and line.startswith("bad.tab: "), (words, line)


def test_bad_members(archives):
    good = member("metadata.toml", METADATA)
    for words, data in {
        "shorter than a header": b"x",
        "checksum is wrong": application()[:8] + b"\0" + application()[9:],
        "longer than its header says": application() + b"\0",
    }.items():
        path = archives.file("bad.tab", archive(good, member("cortex-m3.tbf", application()), member("rv32.tbf", data)))
        for arguments in (("show", path), ("extract", path, archives.folder / "unpacked")):
            line = archives.refuses(*arguments)
            assert f"{path}: member rv32.tbf: " in line and words in line, line


def test_bad_inputs(archives, tbf, tmp_path):
    good = archives.file("cortex-m3.tbf", application())
    elf = compile_program(tmp_path / "any", "rv32", slot=0x10000000, flags=("-Wl,--emit-relocs",))
    riscv = tmp_path / "rv32imac.any.tbf"
    tbf.ok(elf, "-o", riscv)
    out = ("-o", archives.out)
    cases = [
        ("-o app.tab", [good]),
        ("give at least one application", out),
        ("say which processor it is for, as in cortex-m3=", [archives.file("x.tbf", application()), *out]),
        ("say which processor it is for", [f"x86={good}", *out]),
        ("is no processor", [f"cortex-m{'3' * 40}={good}", *out]),
        ("No such file", ["rv32imac=missing.tbf", *out]),
        ("No such file", ["show", "missing.tab"]),
        ("there is a cortex-m3.tbf already", [good, f"cortex-m3={good}", *out]),
        ("is called other, those before it hello", [good, archives.file("rv32.tbf", application(name="other")), *out]),
        ("packed for RISC-V, so it cannot be for cortex-m3", [f"cortex-m3={riscv}", *out]),
        ("is padding", [f"rv32={archives.file('p.tbf', tbf_format.padding(64))}", *out]),
        ("pack it again", [f"rv32={archives.file('b.tbf', application()[:-1] + bytes(2))}", *out]),
        ("does not begin as a TBF", [f"rv32={archives.file('n.tbf', bytes(64))}", *out]),
        ("control characters", ["--name", "a\nb", good, *out]),
        ("--build-date soon: give a date", ["--build-date", "soon", good, *out]),
        ("the limit is 255", ["--name", "x" * 256, good, *out]),
        ("--only-for-boards: 256 bytes are too many, the limit is 255", ["--only-for-boards", "x" * 256, good, *out]),
        ("--only-for-boards: control characters cannot be part of it", ["--only-for-boards", "a\nb", good, *out]),
        ("control characters cannot be part of it", [archives.file("rv32.c.tbf", application(name="a\nb")), *out]),
        ("--build-date needs a value; see --help", [good, *out, "--build-date"]),
        ("exists and is not a regular file", [good, "-o", tmp_path / "any"]),
        ("is not an option", ["--frob", good, *out]),
    ]
    for words, arguments in cases:
        line = archives.refuses(*arguments)
        assert words in line, (words, line)


def test_extracts_to_a_folder_that_can_be_made(archives):
    archives.tool.ok(archives.file("cortex-m3.tbf", application()), "-o", archives.out)
    line = archives.refuses("extract", archives.out, archives.folder / "missing" / "folder")
    assert "missing/folder: cannot be made: No such file or directory" in line


def test_image_takes_the_file_for_the_board(board_archives, arch):
    board, put = board_archives
    names = {"armv7m": "cortex-m3", "rv32": "rv32imac"}
    others = ("cortex-m4", "rv32imafc", "x86")
    for other in ("cortex-m0", "rv32imc"):
        path = put(*(member(f"{name}.tbf", application(name=name)) for name in (other, *others, *names.values())))
        assert board.build(path) == [(board.apps, names[arch])]
    path = put(member("cortex-m0.tbf", application(name="m0")), member("rv32imc.x.tbf", application(name="imc")))
    assert board.build(path) == [(board.apps, {"armv7m": "m0", "rv32": "imc"}[arch])]
    line = board.refuses(put(*(member(f"{name}.tbf", application()) for name in others)))
    assert "has no file for this board's processor (" in line and "it has cortex-m4.tbf, rv32imafc.tbf, x86.tbf" in line
    damaged = put(member(f"{names[arch]}.tbf", b"\2\0" * 30))
    assert f"x.tab/{names[arch]}.tbf (damaged): " in board.refuses(damaged)


@pytest.fixture
def board_archives(image, arch, kernels, tmp_path):
    board = Board(image, arch, kernels[arch], tmp_path)

    def put(*members, name="x.tab", metadata=METADATA):
        return board.file(name, archive(member("metadata.toml", metadata), *members))

    return board, put


def fixed(board, *starts, name="hello", size=0x1000):
    """Members linked for these offsets into the flash for applications."""
    processor = {"armv7m": "cortex-m3", "rv32": "rv32imac"}[board.arch]
    for start in starts:
        at = board.apps + start
        yield member(f"{processor}.0x{at + 0x80:08X}.0x1.tbf", application(size, name, at))


def test_image_takes_the_file_that_fits(board_archives):
    """As elf2tab makes them for RISC-V: the same, linked for several places."""
    board, put = board_archives
    outside = board.end - board.apps
    first = put(*fixed(board, outside, 0, 0x4000, name="one"), name="one.tab")
    second = put(*fixed(board, 0, 0x8000, 0x4000, name="two"), name="two.tab")
    in_the_way = board.app("way", 0x400, board.apps + 0x800)
    movable = board.app("move", 0x400)
    assert board.build(first) == [(board.apps, "one")]
    assert board.build(f"{first}@{board.apps + 0x4000:#x}") == [(board.apps + 0x4000, "one")]
    assert board.build(first, second) == [(board.apps, "one"), (board.apps + 0x8000, "two")]
    assert dict((name, at - board.apps) for at, name in board.build(second, first, movable, in_the_way))["one"] == 0x4000
    # The first choice of `first` leaves nothing for `only`, so that it is given up.
    only = put(*fixed(board, 0, name="only"), name="only.tab")
    assert board.build(first, only) == [(board.apps, "only"), (board.apps + 0x4000, "one")]
    third = put(*fixed(board, 0, 0x4000, name="three"), name="three.tab")
    line = board.refuses(first, third, second, put(*fixed(board, 0, 0x8000, name="four"), name="four.tab"))
    assert "one.tab: none of its 3 files for this board fits" in line
    assert "has no file" in board.refuses(f"{first}@{board.apps + 0x8000:#x}") and "the address given" in board.refuses(
        f"{first}@{board.apps + 0x8000:#x}"
    )


def test_image_prefers_what_can_go_anywhere(board_archives):
    board, put = board_archives
    processor = {"armv7m": "cortex-m3", "rv32": "rv32imac"}[board.arch]
    path = put(*fixed(board, 0x4000), member(f"{processor}.tbf", application(name="any")))
    assert board.build(path) == [(board.apps, "any")]


def test_only_for_boards(board_archives):
    board, put = board_archives
    members = (member("cortex-m3.tbf", application()), member("rv32imac.tbf", application()))
    path = put(*members, metadata=METADATA.replace(b'""', b'"other, some_board"'))
    assert board.build("--board", "some_board", path) and board.build(path)
    line = board.refuses("--board", "some", path)
    assert "x.tab: is only for other, some_board, the board is some" in line


def program(folder, arch, processor):
    """A linked program that runs anywhere, PROCESSOR.elf."""
    return compile_program(folder, arch, f"{processor}.elf", slot=0x10000000, flags=("-Wl,--emit-relocs",))


def test_tab_of_programs(archives, tbf, image, kernels, tmp_path):
    """From linked programs to an image for two processors, with one archive between: what tbf would have packed."""
    elves = [program(tmp_path, "armv7m", "cortex-m3"), program(tmp_path, "rv32", "rv32imac")]
    fixed = compile_program(tmp_path, "rv32", "fixed.elf")
    libtock = libtock_program.link(tmp_path / "lib.elf", "armv7m")
    options = "--stack 100 --app-heap 8 --permission 1:1 --version 3 --kernel-version 2.1 --sha256".split()
    inputs = [*elves, f"rv32imac={fixed}", f"cortex-m0={libtock}"]
    archives.tool.ok(*options, *inputs, "-o", tmp_path / "weather.tab")
    found = {name: data for name, (_, data) in unpack(tmp_path / "weather.tab").items()}
    assert tomllib.loads(found.pop("metadata.toml").decode())["name"] == "weather"
    members = ["cortex-m3.tbf", "rv32imac.tbf", "rv32imac.0x80100080.0x80300000.tbf", "cortex-m0.tbf"]
    for member_name, elf in zip(members, [*elves, fixed, libtock], strict=True):
        tbf.ok(elf, "-o", tmp_path / "one.tbf", "--name", "weather", *options)
        assert found.pop(member_name) == (tmp_path / "one.tbf").read_bytes(), member_name
    assert found == {}
    # With one that is packed already, in either order; all have one name.
    packed = archives.file("rv32imac.tbf", application())
    for order in ([elves[0], packed], [packed, elves[0]]):
        archives.tool.ok(*order, "-o", tmp_path / "hello.tab")
        assert sorted(unpack(tmp_path / "hello.tab")) == ["cortex-m3.tbf", "metadata.toml", "rv32imac.tbf"]
        assert "hello" in archives.refuses(*order, "-o", archives.out) 
        archives.tool.ok("--name", "other", *order, "-o", archives.out)
        assert tomllib.loads(unpack(archives.out)["metadata.toml"][1].decode())["name"] == "other"
        archives.out.unlink()
    for arch in ("armv7m", "rv32"):
        line = Board(image, arch, kernels[arch], tmp_path).refuses(tmp_path / "weather.tab")
        assert "has no symbols _process_ram_start" in line and "weather.tab/" in line


def test_bad_programs(archives, tmp_path):
    """Each with a line of its own, and nothing written, whichever of them it is."""
    good, riscv = program(tmp_path, "armv7m", "cortex-m3"), program(tmp_path, "rv32", "rv32imac")
    whole = good.read_bytes()
    stripped = archives.file("stripped.elf", whole)
    subprocess.run(["arm-none-eabi-strip", stripped], check=True)
    packed = archives.file("packed.tbf", application())
    cases = [
        ("compiled for RISC-V, so it cannot be for cortex-m3; give the file that is", [f"cortex-m3={riscv}"]),
        ("compiled for ARM, so it cannot be for rv32imac; give the file that is", [f"rv32imac={good}"]),
        ("say which processor it is for, as in cortex-m3=", [stripped]),
        ("has no symbol _flash_start; define it", [f"cortex-m3={stripped}"]),
        ("a damaged ELF file: it is cut off before", [f"cortex-m0={archives.file('cut.elf', whole[:60])}"]),
        ("a 64-bit ELF file", [f"cortex-m0={archives.file('wide.elf', whole[:4] + bytes([2]) + whole[5:])}"]),
        ("an object file, not linked", [f"cortex-m0={archives.file('object.elf', whole[:16] + bytes([1]) + whole[17:])}"]),
        ("there is a cortex-m3.tbf already", [good]),
        ("is packed already, --stack comes too late; give its ELF file, or no such option", [f"rv32imac={packed}", "--stack=8"]),
        ("is packed already, --disabled comes too late", [f"rv32imac={packed}", "--disabled"]),
        ("--stack x: give a number", ["--stack", "x"]),
        ("--name: give at least one character", ["--name", ""]),
        ("bytes are too many, the limit is 255", ["--name", "x" * 256]),
    ]
    for words, arguments in cases:
        for given in ([good, *arguments], [*arguments, good]):
            line = archives.refuses(*given, "-o", archives.out)
            assert words in line, (words, line)
            assert line.startswith((f"{str(arguments[0]).rpartition('=')[2]}: ", "--")), line


def test_damaged_archives(tab, tmp_path):
    """Always one line or an archive that Python reads as well; tests/fuzz does it by the thousand."""
    seed = archive(member("metadata.toml", METADATA), member("cortex-m3.tbf", application()))
    accepted = 0
    for number in range(30):
        chance = random.Random(number)
        data = bytearray(seed)
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data) if number % 2 else 1100)] = chance.randrange(256)
        if number % 3 == 0:
            # The header's checksum is right again.
            at = chance.choice((0, 1024))
            struct.pack_into("8s", data, at + 148, b" " * 8)
            struct.pack_into("8s", data, at + 148, b"%06o\0 " % sum(data[at : at + 512]))
        path = tmp_path / "damaged.tab"
        path.write_bytes(data)
        if tab.run("show", path).returncode == 0:
            accepted += 1
            assert "metadata.toml" in unpack(path)
    assert 0 < accepted < 30

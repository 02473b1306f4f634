"""tools/size.py and lines.py: counting lines, and dividing a section by the linker's map."""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import lines  # noqa: E402
import size  # noqa: E402

BUILT = [path.parent.name for path in ROOT.glob("build/*/kernel.elf")]


@pytest.mark.parametrize(
    "source, count",
    [
        ("", 0),
        ("\n\t\n  \n", 0),
        ("int a;\n\nint b;\n", 2),
        ("/* one\n two */\n// three\n", 0),
        ("int a; /* one\n two */\n", 1),
        ("/* one\n two */ int a;\n", 1),
        ('char *a = "/*";\nint b;\nchar *c = "*/";\n', 3),
        ("char a = '\"'; /* \n */\nint b;\n", 2),
        ('char *a = "\\"//";\nint b; // "\nint c;\n', 3),
    ],
)
def test_lines_that_count(source, count):
    assert len(lines.code_lines(source)) == count


@pytest.mark.parametrize(
    "layout, taken",
    [
        ((0, 0, 0, 0, 0), 8),  # a distance is never 0
        ((0, 0, 0, 0, 1), 8),
        ((1, 0, 0, 0, 8), 16),
        ((1, 0, 0, 0, 9), 24),
        ((3, 2, 1, 1, 16), 72),
        ((255, 255, 255, 255, 1024), (4 * 255 + 128) * 8),
    ],
)
def test_bytes_of_a_grant(layout, taken):
    assert size.grant_bytes(size.GRANT_LAYOUT.pack(*layout) + b"\xff") == taken


def test_ram_of_a_process():
    """What is in an ELF file as the build makes it, where there is one: each driver with a grant, and struct process."""
    for board in BUILT:
        fixed, drivers = size.process_ram(ROOT / "build" / board)
        assert fixed % 8 == 0 and 128 < fixed < 512
        assert {"capsules/alarm.c", "capsules/console.c", "capsules/ipc.c"} <= set(drivers)
        assert all(taken % 8 == 0 and taken > 0 for taken in drivers.values())


def test_lines_of_assembly_that_count():
    assert len(lines.code_lines("@ words\n\tnop @ words\n\n/* words */\n\tnop\n", is_assembly=True)) == 2


# --- Inline code in public headers ---


@pytest.mark.parametrize(
    "header, inline",
    [
        ("#pragma once\n#include <a.h>\n", 0),
        ("struct a;\nuint32_t f(struct a *self, int (*g)(void));\nextern int x;\n", 0),
        ("struct a {\n\tint b;\n\tvoid (*f)(int);\n};\n", 0),
        ("struct a {\n\tint b;\n} __attribute__((annotate(\"pinned\")));\n", 0),
        ("enum e {\n\tA = (1 << 2),\n\tB\n};\n", 0),
        ("static const struct a a = {\n\t.b = f(1)};\n", 0),
        ("static int const table[] = {sizeof(int)};\n", 0),
        ("_Static_assert(sizeof(int) == 4, \"{\");\n", 0),
        ("static inline int f(int a)\n{\n\treturn a;\n}\n", 4),
        ("static inline int f(int a,\n\t\tint b)\n{\n\tif (a) {\n\t\treturn b;\n\t}\n\n\treturn a; /* } */\n}\n", 8),
        ("/* words\n */\nKEEP static inline struct a *f(void)\n{\n\treturn (struct a){\"}\"};\n}\nint g(void);\n", 4),
        ("int g(void);\nstatic inline void f(void) {}\nint h(void);\n", 1),
        ("#define A\n#define B 1\n#define C(x)\n#define D(x) (x)\n#define E (1)\n", 3),
        ("#define A(x) \\\n\tdo { \\\n\t} while (x)\nint f(void);\n", 3),
        ("#define A {\nstatic inline int f(void)\n{\n}\n", 4),
    ],
)
def test_inline_code(header, inline):
    assert lines.count_inline(header) == (inline, len(lines.code_lines(header)) - inline)


def test_files_belong_to_parts(tmp_path):
    files = {
        "kernel/a.c": "int a;\n",
        "kernel/a.h": "int a;\nint b;\n",
        "kernel/include/kernel/a.h": "#define A 1\nint a(void);\nint b(void);\n",
        "hil/include/hil/a.h": "#define A 1\n#define B 2\n",
        "arch/x/entry.S": "@ words\n\tnop\n",
        "arch/x/include/arch/a.h": "int a(void);\n",
        "boards/x/board.c": "int a;\n",
        "capsules/a.c": "int a;\nint b;\nint c;\n",
        "chips/x/a.h": "int a;\n",
        "build/x/table.c": "int a;\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    counts = lines.count_files(tmp_path, files)
    assert counts == {
        "kernel": 3, "arch": 2, "boards": 1, "inline code": 3, "declarations": 2, "capsules": 3, "chips": 1
    }  # fmt: skip
    assert (lines.trusted(counts), lines.checked(counts)) == (9, 4)


@pytest.mark.parametrize("board", ["lm3s6965evb", "qemu_rv32_virt"])
def test_only_what_is_in_the_image_counts(board):
    subprocess.run(["make", "--quiet", f"BOARD={board}", "kernel"], cwd=ROOT, check=True, capture_output=True)
    sources = size.sources_of(board, size.read_sizes(ROOT / "build" / board))
    chip, other = ("lm3s", "qemu_virt") if board == "lm3s6965evb" else ("qemu_virt", "lm3s")
    assert f"boards/{board}/board.c" in sources
    assert "kernel/kernel.c" in sources and "kernel/kernel.h" in sources and "hil/include/hil/uart.h" in sources
    assert any(path.startswith(f"chips/{chip}/") for path in sources)
    assert not any(path.startswith((f"chips/{other}/", "arch/host/", "tests/", "build/")) for path in sources)
    assert any(path.startswith("arch/") and path.endswith("entry.S") for path in sources)
    assert "kernel/trap_places_none.c" not in sources  # of the first link only
    assert ("capsules/led.c" in sources) == (board == "lm3s6965evb")


MAP = """
Discarded input sections

 .text.gone     0x00000000       0x40 build/x/kernel/kernel/a.c.o

Linker script and memory map

LOAD build/x/kernel/kernel/a.c.o

.text           0x00001000       0x50
 *(.text .text.*)
 .text.short    0x00001000       0x10 build/x/kernel/kernel/a.c.o
                0x00001000                short
 *fill*         0x00001010        0x4 
 .text.a_name_too_long_for_its_column
                0x00001014       0x1c build/x/kernel/arch/rv32/b.c.o
 .rodata.str1.1
                0x00001030       0x20 build/x/kernel/capsules/c.c.o
                                 0x22 (size before relaxing)
 .rodata.more.str1.1
                0x00001040        0x8 build/x/kernel/capsules/d.c.o
 .text          0x00001048        0x8 /usr/lib/gcc/x/libgcc.a(_udivdi3.o)

.bss            0x20000000        0x8
 .bss.a         0x20000000        0x8 build/x/kernel/kernel/a.c.o

/DISCARD/
 .eh_frame      0x00000000       0x30 build/x/kernel/kernel/a.c.o
"""


def read(text):
    sections = {".text": size.Section(0x1000, 0x50, True, False), ".bss": size.Section(0x20000000, 8, False, True)}
    size.read_map(text, sections)
    return {name: [piece for piece in size.divide(name, each) if piece[1]] for name, each in sections.items()}


def test_map_is_divided():
    assert read(MAP) == {
        ".text": [
            ("kernel/a.c", 0x10),
            ("alignment", 4),
            ("arch/rv32/b.c", 0x1C),
            ("capsules/c.c", 0x10),
            ("capsules/d.c", 8),
            ("libgcc", 8),
        ],
        ".bss": [("kernel/a.c", 8)],
    }


@pytest.mark.parametrize(
    "old, new",
    [
        (" .bss.a         0x20000000        0x8 build/x/kernel/kernel/a.c.o\n", ""),
        ("0x20000000        0x8 build", "0x20000010        0x8 build"),
        ("0x00001014       0x1c", "0x00001014        0x2"),
        ("0x00001048        0x8 /usr", "0x00001038        0x8 /usr"),
        ("/usr/lib/gcc/x/libgcc.a(_udivdi3.o)", "/usr/lib/libc.a(puts.o)"),
        ("Linker script and memory map", ""),
    ],
)
def test_map_that_does_not_add_up_is_refused(old, new):
    assert old in MAP
    # A section without any piece may be alignment up to 15 bytes: make it larger than that.
    text = MAP.replace(old, new)
    sections = {".text": size.Section(0x1000, 0x50, True, False), ".bss": size.Section(0x20000000, 24, False, True)}
    with pytest.raises(size.SizeError):
        size.read_map(text, sections)
        for name, section in sections.items():
            list(size.divide(name, section))


# --- The record ---

MODULES = {"kernel/a.c": {"flash": 100, "ram": 8}, "stack": {"flash": 0, "ram": 1000}}


def test_record_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "size.txt"
    path.write_text(size.format_record("x", MODULES))
    assert size.read_record(path) == {**MODULES, "in all": {"flash": 100, "ram": 1008}}
    assert size.differences(size.read_record(path), MODULES) == []


def test_differences_to_the_record(tmp_path):
    path = tmp_path / "size.txt"
    path.write_text(size.format_record("x", MODULES))
    now = {"kernel/a.c": {"flash": 90, "ram": 8}, "capsules/b.c": {"flash": 50, "ram": 0}, "stack": MODULES["stack"]}
    assert size.differences(size.read_record(path), now) == [
        ("capsules/b.c", 50, 0),
        ("kernel/a.c", -10, 0),
        ("in all", 40, 0),
    ]


def test_a_module_that_is_gone_is_a_difference():
    assert size.differences({"kernel/a.c": {"flash": 5, "ram": 6}}, {}) == [("kernel/a.c", -5, -6)]


def test_no_record_is_an_empty_one(tmp_path):
    assert size.read_record(tmp_path / "size.txt") == {}


def test_a_damaged_record_is_refused(tmp_path):
    path = tmp_path / "size.txt"
    path.write_text(size.format_record("x", MODULES) + "<<<<<<< ours\n")
    with pytest.raises(size.SizeError, match="size.txt:6"):
        size.read_record(path)


# --- The budget ---


@pytest.mark.parametrize(
    "text, message",
    [
        ("flash 1\n", "no budget for ram"),
        ("flash 1\nram 1\n", "no budget for process"),
        ("flash 1\nram 1\nflash 2\n", ":3: not a line"),
        ("flash 0x10\nram 1\n", ":1: not a line"),
        ("flash 10 KiB\nram 1\n", ":1: not a line"),
    ],
)
def test_a_damaged_budget_is_refused(tmp_path, text, message):
    path = tmp_path / "budget.txt"
    path.write_text(text)
    with pytest.raises(size.SizeError, match=message):
        size.read_budget(path)


def make_kernel(*arguments):
    return subprocess.run(["make", "--quiet", "kernel", *arguments], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("board", ["lm3s6965evb", "qemu_rv32_virt"])
@pytest.mark.parametrize("kind", [*size.KINDS, size.PROCESS])
def test_a_kernel_over_its_budget_fails_the_build(tmp_path, board, kind):
    assert make_kernel(f"BOARD={board}").returncode == 0
    taken = size.taken_by(ROOT / "build" / board)

    def build(allowed):
        budget = tmp_path / "budget.txt"
        kinds = {**taken, kind: allowed}
        budget.write_text("# words\n\n" + "".join(f"{each} {bytes}\n" for each, bytes in kinds.items()))
        return make_kernel(f"BOARD={board}", f"BUDGET={budget}")

    over = build(taken[kind] - 1)
    assert over.returncode != 0
    line = f"takes {taken[kind]} bytes of {kind}, 1 more than {tmp_path}/budget.txt allows"
    assert [row for row in over.stderr.splitlines() if line in row]
    assert (ROOT / "build" / board / "kernel.elf").exists()
    assert build(taken[kind]).returncode == 0

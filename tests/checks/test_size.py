"""tools/size.py: counting lines, and dividing a section by the linker's map."""

import importlib.util
import pathlib

import pytest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools" / "size.py"
specification = importlib.util.spec_from_file_location("size", TOOL)
size = importlib.util.module_from_spec(specification)
specification.loader.exec_module(size)


@pytest.mark.parametrize(
    "source, lines",
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
def test_count_lines(source, lines):
    assert size.count_lines(source) == lines


def test_count_lines_of_assembly():
    assert size.count_lines("@ words\n\tnop @ words\n\n/* words */\n\tnop\n", is_assembly=True) == 2


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

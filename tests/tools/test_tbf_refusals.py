"""tbf refusing: one line that says what to change, and nothing left behind."""

import resource
import struct
import subprocess

import pytest
from conftest import COMPILERS, FLASH, RAM, SCRIPT, binutil, compile_program


def patched(elf, offset, format_, value):
    """The ELF file with one field changed."""
    data = bytearray(elf.read_bytes())
    struct.pack_into(format_, data, offset, value)
    out = elf.with_name("patched.elf")
    out.write_bytes(data)
    return out


@pytest.fixture
def refuses(tbf, tmp_path):
    """Runs tbf on a file, which must fail, leave nothing behind and say `words`."""
    folder = tmp_path / "out"
    folder.mkdir()

    def check(words, elf, *options):
        line = tbf.refuses(elf, "-o", folder / "app.tbf", *options)
        assert words in line, line
        assert list(folder.iterdir()) == []
        return line

    return check


def test_not_an_elf(refuses, tmp_path):
    for content in (b"", b"hello", b"\x7fELF", b"!<arch>\n" + bytes(100)):
        (tmp_path / "x").write_bytes(content)
        refuses("x: not an ELF file", tmp_path / "x")
    refuses("No such file", tmp_path / "missing")
    refuses("not a regular file", tmp_path)


def test_64_bit(refuses):
    refuses("64-bit ELF file; compile for a 32-bit processor", "/bin/true")


def test_other_byte_order(refuses, sample):
    refuses("big-endian", patched(sample, 5, "<B", 2))


def test_wrong_machine(refuses, sample):
    refuses("another processor (ELF machine 3)", patched(sample, 18, "<H", 3))


def test_object_file(refuses, sample, arch):
    elf = sample.with_name("object.o")
    command = [*COMPILERS[arch], "-c", sample.with_name("app.c"), "-o", elf]
    subprocess.run(command, check=True)
    refuses("object file, not linked; link it", elf)


def test_dynamic(refuses, sample):
    refuses("link with -static", patched(sample, 16, "<H", 3))
    headers = struct.unpack_from("<I", sample.read_bytes(), 28)[0]
    refuses("linked dynamically", patched(sample, headers, "<I", 2))


def test_core_file(refuses, sample):
    refuses("not an executable (ELF type 4)", patched(sample, 16, "<H", 4))


def test_no_entry(refuses, sample):
    refuses("no entry point; name one with ENTRY()", patched(sample, 24, "<I", 0))


@pytest.mark.parametrize("where", ["before", "behind", "ram"])
def test_entry_outside(refuses, sample, arch, where):
    entry = {"before": FLASH[arch] + 0x7E, "behind": FLASH[arch] + 0x10000, "ram": RAM[arch]}[where]
    line = refuses("lies outside the program at", patched(sample, 24, "<I", entry))
    assert f"0x{entry:08x}" in line


def test_nothing_to_load(refuses, sample):
    refuses("nothing to load", patched(sample, 44, "<H", 0))


def test_no_symbols(refuses, sample, arch):
    stripped = sample.with_name("stripped.elf")
    subprocess.run([binutil(arch, "strip"), sample, "-o", stripped], check=True)
    refuses("no symbol _flash_start; define it in the linker script and do not strip", stripped)


def test_no_ram_symbol(refuses, tmp_path, arch):
    script = SCRIPT.replace("_ram_start", "_other")
    refuses("no symbol _ram_start", compile_program(tmp_path, arch, script=script))


def symbol_entry(elf, wanted):
    """File offset of a symbol's entry in the symbol table."""
    data = elf.read_bytes()
    start, count = struct.unpack_from("<I", data, 32)[0], struct.unpack_from("<H", data, 48)[0]
    sections = [struct.unpack_from("<10I", data, start + 40 * each) for each in range(count)]
    table = next(each for each in sections if each[1] == 2)
    names = sections[table[6]][4]
    for at in range(table[4], table[4] + table[5], 16):
        name = names + struct.unpack_from("<I", data, at)[0]
        if data[name : name + len(wanted) + 1] == wanted.encode() + b"\0":
            return at
    raise KeyError(wanted)


def test_undefined_symbol_does_not_count(refuses, sample):
    elf = patched(sample, symbol_entry(sample, "_ram_start") + 14, "<H", 0)
    refuses("no symbol _ram_start", elf)


def test_program_before_its_start(refuses, tmp_path, arch):
    """What lies where the header goes is left out if it is the ELF file's own headers, only then."""
    script = SCRIPT.replace("_flash_start = ORIGIN(flash)", "_flash_start = ORIGIN(flash) + 4")
    line = refuses("outside the flash", compile_program(tmp_path, arch, script=script, flags=["-Wl,-n"]))
    assert f"0x{FLASH[arch] + 0x84:08x}" in line


def test_symbols_are_the_same(refuses, tmp_path, arch):
    script = SCRIPT.replace("_ram_start = ORIGIN(ram)", "_ram_start = _flash_start")
    refuses("both begin at 0x", compile_program(tmp_path, arch, script=script))


def test_data_without_load_address(refuses, tmp_path, arch):
    script = SCRIPT.replace("AT> flash", "")
    line = refuses("outside the flash that begins at", compile_program(tmp_path, arch, script=script))
    assert f"0x{RAM[arch]:08x}" in line and "(AT>)" in line


def test_segment_in_no_memory(refuses, tmp_path, arch):
    script = SCRIPT.replace(".bss (NOLOAD)", ".bss 0x1000 (NOLOAD)").replace("(COMMON) }} > ram", "(COMMON) }}")
    refuses("0x00001000..0x00001028 is neither in the RAM", compile_program(tmp_path, arch, script=script))


def program_header(elf, wanted):
    """File offset of the header of the load segment number `wanted`."""
    data = elf.read_bytes()
    start, count = struct.unpack_from("<I", data, 28)[0], struct.unpack_from("<H", data, 44)[0]
    found = [at for at in range(start, start + 32 * count, 32) if data[at : at + 4] == b"\1\0\0\0"]
    return found[wanted]


def test_segments_loaded_over_each_other(refuses, sample, arch):
    second = program_header(sample, 1)
    elf = patched(sample, second + 12, "<I", FLASH[arch] + 0x84)
    refuses("two segments are loaded over each other", elf)


def test_segments_overlap_in_memory(refuses, tmp_path, arch):
    script = SCRIPT.replace("SECTIONS {{", "SECTIONS {{ .x 0x%x (NOLOAD) : {{ . += 8; }} " % (RAM[arch] + 2))
    script = script.replace(".bss (NOLOAD)", ".y 0x%x (NOLOAD) : {{ . += 8; }}\n.bss (NOLOAD)" % (RAM[arch] + 0x100))
    elf = compile_program(tmp_path, arch, script=script)
    refuses("two segments overlap in memory", patched(elf, program_header(elf, -1) + 8, "<I", RAM[arch] + 1))


def test_runs_in_flash_but_not_loaded_there(refuses, tmp_path, arch):
    script = SCRIPT.replace(".bss (NOLOAD)", ".bss 0x%x (NOLOAD)" % (FLASH[arch] + 0x4000))
    script = script.replace("(COMMON) }} > ram", "(COMMON) }}")
    refuses("runs in flash but is not loaded there", compile_program(tmp_path, arch, script=script))


def test_segment_past_the_end_of_the_file(refuses, sample):
    header = program_header(sample, 1)
    for field, value in ((16, 0x10000), (4, 0xFFFFFFFF), (8, 0xFFFFFFF0), (12, 0xFFFFFFFF), (20, 3)):
        refuses("damaged ELF file", patched(sample, header + field, "<I", value))


def test_too_large(refuses, tmp_path, sample, arch):
    second = program_header(sample, 1)
    elf = patched(sample, second + 12, "<I", FLASH[arch] + 0x2000000)
    if arch == "armv7m":
        refuses("the limit is 16777216; look for a stray load address", elf)
    else:  # that far up is RAM on this board
        refuses("outside the flash", elf)


def test_misaligned_for_the_mpu(refuses, tmp_path):
    elf = compile_program(tmp_path, "armv7m", slot=0x10400, fill=0x700)
    line = refuses("must begin at a multiple of 0x800", elf)
    assert "link for 0x00010880 instead of 0x00010480" in line


def test_misplaced_header_area(refuses, tmp_path, arch):
    for area in (0, 4, 0x90, 0x180):
        line = refuses("begins at a multiple of 0x400", compile_program(tmp_path, arch, area=area))
        assert f"link for 0x{FLASH[arch] + 0x80:08x}" in line


def test_writeable_region_outside(refuses, sample):
    for region in ("0:4", "0x80:0x100000", "0xffffffff:0xffffffff"):
        refuses("lies outside the program; it may use 0x80..", sample, "--writeable-region", region)


def test_too_much_ram(refuses, sample):
    refuses("268435456", sample, "--stack", "268435457")


def test_too_many_permissions(refuses, sample):
    options = [text for i in range(129) for text in ("--permission", f"{i}:0")]
    refuses("more than 128 drivers and groups", sample, *options)


def test_short_id_0(refuses, sample):
    refuses("0 is no id", sample, "--short-id", "0")


def test_too_many_storage_ids(refuses, sample):
    for option in ("--storage-read", "--storage-modify"):
        options = [text for i in range(9) for text in (option, str(i + 1))]
        refuses(f"{option}: more than 8 ids", sample, *options)


def test_show_refuses(tbf, tmp_path, sample):
    """What is no application is refused, whatever it is."""
    (tmp_path / "x").write_bytes(b"hello")
    assert "it is shorter than a header" in tbf.refuses("show", tmp_path / "x")
    assert "not begin as a TBF" in tbf.refuses("show", sample)
    assert "No such file" in tbf.refuses("show", tmp_path / "missing")


def test_bad_options(tbf, sample, tmp_path):
    out = ("-o", tmp_path / "x")
    for value in ("", "x", "-1", "+1", " 1", "1x", "0x", "0x0x1", "1.5", "4294967296", "9" * 40):
        assert "give a number" in tbf.refuses(sample, *out, "--version", value)
        assert "give two numbers" in tbf.refuses(sample, *out, "--permission", f"1:{value}")
        assert "give two numbers" in tbf.refuses(sample, *out, "--kernel-version", f"{value}.1")
    assert "--frob is not an option" in tbf.refuses("--frob")
    assert "-x is not an option" in tbf.refuses("-x")
    assert "--disabled=1 is not" in tbf.refuses("--disabled=1")
    assert "--name needs a value" in tbf.refuses("--name")
    assert "give one ELF file" in tbf.refuses(*out)
    assert "give one ELF file" in tbf.refuses(*out, sample, sample)
    assert "-o app.tbf" in tbf.refuses(sample)
    assert "at least one character" in tbf.refuses(sample, *out, "--name", "")
    assert "control characters" in tbf.refuses(sample, *out, "--name", "a\nb")
    assert "too many" in tbf.refuses(sample, *out, "--name", "a" * 256)
    assert list(tmp_path.iterdir()) == []


def test_unwritable_output(tbf, sample, tmp_path):
    assert "cannot be written" in tbf.refuses(sample, "-o", tmp_path / "none/x")
    assert "not a regular file" in tbf.refuses(sample, "-o", tmp_path)
    assert "not a regular file" in tbf.refuses(sample, "-o", "/dev/null")
    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_the_old_output(tbf, sample, tmp_path):
    (tmp_path / "x").write_bytes(b"old")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    line = tbf.refuses(sample, "-o", tmp_path / "x", preexec_fn=limit, restore_signals=False)
    assert "cannot be written: File too large" in line
    assert (tmp_path / "x").read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


def test_line_breaks_in_names_stay_one_line(tbf, tmp_path):
    (tmp_path / "a\nb").write_bytes(b"")
    assert "a?b: not an ELF file" in tbf.refuses(tmp_path / "a\nb", "-o", tmp_path / "x", "--name", "x")

"""tools/object_check at the edges of what it knows: each instruction, section and name beside one that
is treated the other way. Found by taking checks out of the tool (tests/mutation)."""

import re
import subprocess

import pytest

import test_object_check as base
from test_object_check import COMPILERS, FRAMES, SYSTEM

ENDS = {"armv7m": "bx lr", "rv32": "ret"}
HEADS = {arch: f"\t{FRAMES[arch]['head']}\n\t.text\n\t.global mine_f\n\t.type mine_f, %function\nmine_f:\n" for arch in FRAMES}


def assemble(folder, arch, lines, end=True, size=True):
    text = HEADS[arch] + "".join(f"\t{line}\n" for line in lines)
    text += (f"\t{ENDS[arch]}\n" if end else "") + ("\t.size mine_f, . - mine_f\n" if size else "")
    return base.check(folder, arch, text, suffix="S")


def assert_refused(done, message):
    assert done.returncode == 1, done.stderr
    assert any(re.fullmatch(f"object_check-asan: mine.o: {message}", line) for line in done.stderr.splitlines()), done.stderr


# --- Calls ---

OTHER_THAN = ".*: uses text_add other than by calling it"
CALLS = [("armv7m", "bl text_add"), ("armv7m", "b.w text_add"), ("rv32", "call text_add"), ("rv32", "jal text_add"), ("rv32", "tail text_add")]
MIDDLES = [
    ("armv7m", "bl text_add + 6"), ("armv7m", "b.w text_add + 2"), ("armv7m", "bl text_add - 0x800"), ("armv7m", "bl text_add + 0x1000"),
    ("armv7m", "beq.w text_add"), ("armv7m", "movw r0, #:lower16:text_add"),
    ("rv32", "call text_add + 4"), ("rv32", "jal text_add + 2"), ("rv32", "lui a0, %hi(text_add)"),
]  # fmt: skip


@pytest.mark.parametrize("arch, line", CALLS)
def test_call(arch, line, tmp_path):
    done = assemble(tmp_path, arch, [line])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arch, line", MIDDLES)
def test_not_a_call_of_its_start(arch, line, tmp_path):
    assert_refused(assemble(tmp_path, arch, [line]), OTHER_THAN)


HELPERS = (
    "memcpy memmove memset memcmp __aeabi_idiv __aeabi_uidiv __aeabi_idivmod __aeabi_uidivmod __aeabi_ldivmod __aeabi_uldivmod "
    "__aeabi_lmul __aeabi_llsl __aeabi_llsr __aeabi_lasr __divsi3 __udivsi3 __modsi3 __umodsi3 __divdi3 __udivdi3 __moddi3 "
    "__umoddi3 __muldi3 __ashldi3 __lshrdi3 __ashrdi3 __riscv_save_0 __riscv_save_12 __riscv_restore_3"
).split()


@pytest.mark.parametrize("name", HELPERS)
def test_helper_of_the_compiler(name, tmp_path):
    done = assemble(tmp_path, "armv7m", [f"bl {name}"])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ("__riscv_save_", "__riscv_save_3x", "__riscv_save_x", "__riscv_restore", "x__riscv_save_3"))
def test_almost_a_helper_of_the_compiler(name, tmp_path):
    assert_refused(assemble(tmp_path, "rv32", [f"call t0, {name}"]), f"uses {name}, which no header that it may include declares")


def test_debugger_may_know_the_api(arch, tmp_path):
    text = HEADS[arch] + f"\t{ENDS[arch]}\n\t.section .debug_mine,\"\",%progbits\n\t.word text_add\n\t.section .note.GNU-stack,\"\",%progbits\n"
    done = base.check(tmp_path, arch, text, suffix="S")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(params=COMPILERS)
def arch(request):
    return request.param


# --- Instructions ---

REFUSED = [
    ("armv7m", ".inst.n 0xba80", "halts.*"), ("armv7m", ".inst.w 0xf3808000", SYSTEM), ("armv7m", ".inst.w 0xf3af8001", SYSTEM),
    ("armv7m", ".inst.w 0xe8c00f2f", "is an exclusive access.*"),
    ("rv32", ".insn 0x2108", "is for floating point"), ("rv32", ".insn 0xa108", "is for floating point"),
    ("rv32", ".insn 0xe108", "is for floating point"), ("rv32", ".insn 0x6102", "is for floating point"),
    ("rv32", ".insn 0x00200073", SYSTEM), ("rv32", ".insn 0x00000073", SYSTEM), ("rv32", ".insn 0x00100173", SYSTEM),
]  # fmt: skip
ACCEPTED = [
    ("armv7m", "tbh [pc, r0, lsl #1]\n\t.short 2, 2\n\t"), ("armv7m", ".inst.n 0xba40"), ("armv7m", "revsh r0, r1"), ("armv7m", "rev16 r0, r1"),
    ("rv32", ".option norvc\n\tebreak"), ("rv32", ".option norvc\n\tjal x0, 1f\n1:"), ("rv32", ".insn 0x2101"), ("rv32", ".insn 0xa001"),
]  # fmt: skip


@pytest.mark.parametrize("arch, line, message", REFUSED)
def test_instruction_refused(arch, line, message, tmp_path):
    assert_refused(assemble(tmp_path, arch, [line]), rf"mine_f\+0x0: the instruction 0x[0-9a-f]+ {message}")


@pytest.mark.parametrize("arch, line", ACCEPTED)
def test_instruction_accepted(arch, line, tmp_path):
    done = assemble(tmp_path, arch, [line])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arch, line", [("armv7m", ".inst.n 0xf000"), ("rv32", ".2byte 0x0013")])
def test_instruction_cut_off(arch, line, tmp_path):
    text = HEADS[arch] + (f"\t{line}\n" if arch == "armv7m" else "\t.insn 0x0001\n\t.insn 0x0001\n")
    if arch == "rv32":  # the assembler makes no half of an instruction; damage does
        done = base.check(tmp_path, arch, text + "\t.section .rodata\n\t.word 0x12345678\n", suffix="S")
        assert done.returncode == 0
        whole = (tmp_path / "mine.o").read_bytes()
        at = whole.index(bytes.fromhex("01000100"))
        (tmp_path / "mine.o").write_bytes(whole[: at + 2] + bytes.fromhex("1300") + whole[at + 4 :])
        done = base.subprocess.run(
            [base.TOOL, "--api", "api.txt", "--prefix", "mine", "mine.o"], cwd=tmp_path, text=True, capture_output=True, env=base.ENVIRONMENT
        )
        (tmp_path / "mine.o").write_bytes(whole)
    else:
        done = base.check(tmp_path, arch, text, suffix="S")
    assert_refused(done, ".*is cut off by the end of its section")


# --- Data behind instructions: ARM ---

LAST = [  # what may stand before data
    "bx lr", "b mine_f", "b.w mine_f", "pop {r4, pc}", "pop {pc}", "udf #255", "bl mine_f", "ldr.w pc, [pc, #-4]", "ldr.w pc, [pc, #4]",
    "ldmia.w r0!, {r4, pc}", "ldmdb r0, {r4, pc}", "bx lr\n\tnop", "bx lr\n\t.inst.n 0x0000", "tbb [pc, r0]", "tbh [pc, r0, lsl #1]",
]  # fmt: skip
NOT_LAST = [
    "adds r0, #1", "beq mine_f", "beq.w mine_f", "pop {r4}", "push {r4, lr}", "ldr.w r0, [r1]", "ldr.w r0, [pc, #4]", "ldmia.w r0!, {r4, r5}",
    "stmdb r0!, {r4, r5}", "nop", "adds r0, #1\n\tnop", ".inst.n 0x0000", "udiv r0, r1, r2", "mul r0, r1, r0", "ldrd r0, r1, [r2]", "movw r0, #0xf000",
    "str.w r0, [r1]", "mov r0, pc", "add.w r0, r0, #0x9000", "ldrh.w r12, [r0]", "cbz r0, mine_f_end\nmine_f_end:", "ldr.w r7, [pc, #-4]",
]  # fmt: skip


@pytest.mark.parametrize("line", LAST)
def test_data_behind_an_end(line, tmp_path):
    done = assemble(tmp_path, "armv7m", [line, ".align 2", ".word 0xdf00df00"], end=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("line", NOT_LAST)
def test_data_that_is_run_into(line, tmp_path):
    done = assemble(tmp_path, "armv7m", [*line.split("\n\t"), ".short 0xdf00"], end=False)
    assert_refused(done, r"mine_f\+0x\w+: data that the instruction before it runs into")


def test_data_behind_a_function_that_does_nothing(tmp_path):
    """What fills up to data begins no function."""
    done = assemble(tmp_path, "armv7m", ["adds r0, #1", "bx lr", "adds r0, #1", "bx lr", "bx lr", ".type mine_g, %function", "mine_g: nop", ".short 0xdf00"], end=False)
    assert_refused(done, r".*: data that the instruction before it runs into")


def test_second_data_of_a_function(tmp_path):
    done = assemble(tmp_path, "armv7m", ["b 1f", ".short 1", "1: adds r0, #1", ".short 0xdf00"], end=False)
    assert_refused(done, r"mine_f\+0x6: data that the instruction before it runs into")


def test_data_at_the_start(tmp_path):
    done = assemble(tmp_path, "armv7m", [".short 0xdf00", "adds r0, #1"])
    assert (done.returncode, done.stderr) == (0, "")


# --- Places ---


def test_place_in_the_right_function(arch, tmp_path):
    bad = {"armv7m": "svc 1", "rv32": "ecall"}[arch]
    text = HEADS[arch] + f"\t{ENDS[arch]}\n\t.size mine_f, . - mine_f\n\t.type mine_g, %function\nmine_g:\n\t{bad}\n\t.size mine_g, . - mine_g\n\t{bad}\n"
    done = base.check(tmp_path, arch, text, suffix="S")
    assert done.returncode == 1
    assert re.match(r"object_check-asan: mine\.o: mine_g\+0x0: .*\nobject_check-asan: mine\.o: \.text\+0x[0-9a-f]+: .*\n$", done.stderr)


# --- Sections and symbols ---

SECTIONS = [
    ('__attribute__((section(".rodatax"))) const int mine_v = 1;', r"\.rodatax is not a section of code or constants; .*"),
    ('__asm__(".section .textual,\\"ax\\",%progbits\\n.2byte 1\\n.previous");', r"\.textual is not a section of code or constants; .*"),
    ('__asm__(".section .rodata.mine,\\"a\\",%nobits\\n.zero 4\\n.previous");', r"\.rodata\.mine is not what its name says"),
    ("__thread int mine_state;", "mine_state is a variable; .*"),
]  # fmt: skip


@pytest.mark.parametrize("text, message", SECTIONS)
def test_section(text, message, arch, tmp_path):
    assert_refused(base.check(tmp_path, arch, text), message)


def test_small_constants(arch, tmp_path):
    done = base.check(tmp_path, arch, '__attribute__((section(".srodata.mine"))) const int mine_v = 1; __attribute__((section(".rodata"))) const int mine_w = 1;')
    assert (done.returncode, done.stderr) == (0, "")


# --- What it cannot look at ---


def look(folder, *words):
    return base.subprocess.run([base.TOOL, *words], cwd=folder, text=True, capture_output=True, env=base.ENVIRONMENT)


def compile_with(folder, *command):
    (folder / "other.c").write_text("int mine_f(int x) { return x; }\n")
    (folder / "api.txt").write_text("")
    base.subprocess.run([*command, "-o", "other.o", "other.c"], cwd=folder, check=True)
    return look(folder, "--api", "api.txt", "--prefix", "mine", "other.o")


FOREIGN = {
    "64 bits": ["gcc", "-c"],
    "other end first": ["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb", "-mbig-endian", "-c"],
    "other 64 bits": ["riscv64-unknown-elf-gcc", "-march=rv64imac", "-mabi=lp64", "-c"],
    "other processor": ["clang-19", "--target=i386-none-elf", "-c"],
}


@pytest.mark.parametrize("command", FOREIGN.values(), ids=FOREIGN)
def test_processor(command, tmp_path):
    done = compile_with(tmp_path, *command)
    assert (done.returncode, done.stderr) == (1, "object_check-asan: other.o: not for a 32-bit ARM or RISC-V processor\n")


def test_program_for_an_object(tmp_path):
    done = compile_with(tmp_path, *COMPILERS["armv7m"], "-nostdlib", "-Wl,-e,0")
    assert (done.returncode, done.stderr) == (1, "object_check-asan: other.o: not an object file\n")


def test_object_for_a_program(tmp_path):
    compile_with(tmp_path, *COMPILERS["armv7m"], "-c")
    done = look(tmp_path, "--traps", "other.o")
    assert (done.returncode, done.stderr) == (1, "object_check-asan: other.o: not a linked program\n")


def test_no_symbols(tmp_path):
    done = compile_with(tmp_path, *COMPILERS["armv7m"], "-nostdlib", "-Wl,-e,0", "-s")
    done = look(tmp_path, "--traps", "other.o")
    assert (done.returncode, done.stderr) == (1, "object_check-asan: other.o: has no symbols\n")


def test_traps_of_a_program(tmp_path):
    (tmp_path / "other.c").write_text("void mine_f(void) { __builtin_trap(); }\n")
    base.subprocess.run([*COMPILERS["armv7m"], "-nostdlib", "-Wl,-e,0", "-Wl,-Ttext=0x1000", "-o", "other.o", "other.c"], cwd=tmp_path, check=True)
    done = look(tmp_path, "--traps", "other.o")
    assert (done.returncode, done.stderr) == (0, "") and re.fullmatch("0x0000100[0-9a-f]\n", done.stdout)


NEEDS = "object_check-asan: needs --api, --prefix and one object, or --traps and a program; see --help\n"


@pytest.mark.parametrize("words", [[], ["--api", "a", "--prefix", "b"], ["--api", "a", "x.o"], ["--prefix", "b", "x.o"], ["--traps"], ["--traps", "a", "b"]])
def test_command_line(words, tmp_path):
    done = look(tmp_path, *words)
    assert (done.returncode, done.stderr) == (1, NEEDS)


def test_help(tmp_path):
    done = look(tmp_path, "--help")
    assert done.returncode == 0 and done.stdout.startswith("usage: object_check")


def test_no_list_of_the_api(tmp_path):
    compile_with(tmp_path, *COMPILERS["armv7m"], "-c")
    done = look(tmp_path, "--api", "missing.txt", "--prefix", "mine", "other.o")
    assert (done.returncode, done.stderr) == (1, "object_check-asan: missing.txt: No such file or directory\n")


def test_unknown_option(tmp_path):
    assert look(tmp_path, "--what").returncode == 1

"""tools/object_check on small objects, for both architectures: each thing that a capsule's object may
not hold is refused in words, whatever the source looked like."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = ROOT / "build" / "tests" / "tools" / "object_check-asan"

# The tool ends without giving memory back.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}

FLAGS = ["-std=gnu17", "-Os", "-g", "-ffreestanding", "-ffunction-sections", "-fdata-sections", "-fno-common", "-w"]
COMPILERS = {
    "armv7m": ["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb"],
    "rv32": ["riscv64-unknown-elf-gcc", "-march=rv32imac_zicsr", "-mabi=ilp32", "-msmall-data-limit=0"],
}

API = "text_add\nprocess_slots\n"


def check(folder, arch, text, suffix="c", prefix="mine"):
    source = folder / f"mine.{suffix}"
    source.write_text(text)
    subprocess.run([*COMPILERS[arch], *FLAGS, "-c", source.name, "-o", "mine.o"], cwd=folder, check=True)
    (folder / "api.txt").write_text(API)
    return subprocess.run(
        [TOOL, "--api", "api.txt", "--prefix", prefix, "mine.o"], cwd=folder, text=True, capture_output=True, env=ENVIRONMENT
    )


@pytest.fixture(params=COMPILERS)
def arch(request):
    return request.param


GOOD = [
    "int mine_f(int x) { return x; }",
    "unsigned process_slots(void); unsigned mine_f(void) { return process_slots(); }",
    "unsigned process_slots(void); unsigned mine_f(void) { return process_slots() + 1; }",
    "static const int table[] = {1, 2, 3}; int mine_f(unsigned i) { return table[i % 3]; }",
    'const char *mine_f(void) { return "text"; }',
    "static int one(void) { return 1; } static int two(void) { return 2; }\n"
    "static int (*const table[])(void) = {one, two}; int mine_f(unsigned i) { return table[i & 1](); }",
    "struct big { int x[30]; }; void mine_f(struct big *a, struct big *b) { *a = *b; }",
    "long long mine_f(long long a, long long b) { return a / b; }",
    "void mine_f(int i) { if (i > 3) __builtin_trap(); }",
    "int mine_f(int i) { switch (i) { case 0: return 7; case 1: return 2; case 2: return 91; case 3: return 4;\n"
    "case 4: return 65; case 5: return -7; case 6: return 12; default: return 0; } }",
    "int process_slots(void); int text_add(int);\n"
    "int mine_f(int i) { switch (i) { case 0: text_add(1); break; case 1: process_slots(); break; case 2: text_add(i); "
    "break; case 3: text_add(77); break; case 4: return text_add(i * 3); case 5: text_add(4); } return 0; }",
    "int mine_f(volatile int *register_) { return *register_ + 0x12345678; }",
]


@pytest.mark.parametrize("text", GOOD)
def test_accepted(text, arch, tmp_path):
    done = check(tmp_path, arch, text)
    assert (done.returncode, done.stderr) == (0, "")


# What a source does, and what is said of its object.
BAD = {
    "foreign function": ("void kernel_panic(void); void mine_f(void) { kernel_panic(); }", "uses kernel_panic, which no header that it may include declares"),
    "foreign variable": ("extern int kernel; int mine_f(void) { return kernel; }", "uses kernel, which no header that it may include declares"),
    "linker's symbol": ("extern char _kernel_stack_end[]; void mine_f(void) { _kernel_stack_end[-4] = 1; }", "uses _kernel_stack_end, which no header .*"),
    "alias of a name": ('void f(void) __asm__("kernel_panic"); void mine_f(void) { f(); }', "uses kernel_panic, which no header .*"),
    "address of the API": ("void text_add(void); void *mine_f(void) { return text_add; }", r".*: uses text_add other than by calling it"),
    "middle of the API": ("void text_add(void); void mine_f(void) { ((void (*)(void))((char *)text_add + 6))(); }", r".*: uses text_add other than by calling it"),
    "table of the API": ("void text_add(void); void (*const mine_table[])(void) = {text_add};", r".*: uses text_add other than by calling it"),
    "variable": ("static int state; int mine_f(void) { return state++; }", r"\.bss\S* holds 4 bytes of variables; keep state in the instance's struct"),
    "variable with a value": ("static int state = 7; int mine_f(void) { return state++; }", r"\.data\S* holds 4 bytes of variables; .*"),
    "variable for all": ("int mine_state = 7;", r"\.data\S* holds 4 bytes of variables; .*"),
    "common variable": ("int mine_state __attribute__((common));", "mine_state is a variable; .*"),
    "thread's variable": ("__thread int mine_state = 1;", r"\.tdata\S* holds 4 bytes of variables; .*"),
    "constructor": ("__attribute__((constructor)) static void f(void) { __asm__ volatile(\"\"); }", r"\.(init_array|ctors)\S* holds 4 bytes of variables; .*"),
    "name of another": ("void kernel_panic(void) {}", "defines kernel_panic for all; make it static, or begin its name with mine"),
    "name of the compiler's": ("void memset(void) {}", "defines memset for all; .*"),
    "local name of the compiler's, with a number": ("static __attribute__((used)) void __riscv_save_3(void) {}", "__riscv_save_3 is the compiler's to call; choose another name"),
    "local name of the compiler's": ("static __attribute__((used)) void memcpy(void) {}", "memcpy is the compiler's to call; choose another name"),
    "weak function": ("__attribute__((weak)) void mine_f(void) {}", "mine_f is a weak symbol, which another could replace"),
    "weak reference": ("__attribute__((weak)) void text_add(void); void mine_f(void) { if (text_add) text_add(); }", "text_add is a weak symbol, .*"),
    "section of the vectors": ('__attribute__((section(".vectors"))) const int mine_v = 1;', r"\.vectors is not a section of code or constants; take the attribute away"),
    "section of the start": ('__attribute__((section(".start"))) void mine_f(void) {}', r"\.start is not a section of code or constants; .*"),
    "code among constants": ('__attribute__((section(".rodata.f"))) void mine_f(void) {}', r"\.rodata\.f is not what its name says"),
    "constants among code": ('__attribute__((section(".text.v"))) const int mine_v = 1;', "mine_v is data among code; take the attribute away"),
    "note of its own": ('__asm__(".section .mine_note\\n.word 1\\n.previous");', r"\.mine_note is a section that no driver needs"),
    "absolute symbol": ('__asm__(".global mine_uart\\n.set mine_uart, 0x4000c000");', "mine_uart is an address made up from a number"),
}  # fmt: skip


@pytest.mark.parametrize("text, message", BAD.values(), ids=BAD)
def test_refused(text, message, arch, tmp_path):
    done = check(tmp_path, arch, text)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert any(re.fullmatch(f"object_check-asan: mine.o: {message}", line) for line in lines), done.stderr


def test_function_chosen_when_linked(tmp_path):
    """GCC for bare metal knows no ifunc, the assembler does."""
    text = '__asm__(".global mine_f\\n.type mine_f, %gnu_indirect_function\\nmine_f: bx lr");'
    done = check(tmp_path, "armv7m", text)
    assert done.returncode == 1
    assert "object_check-asan: mine.o: mine_f is chosen when it is linked (ifunc)\n" in done.stderr


SYSTEM = "is a system instruction.*"
INSTRUCTIONS = {
    "armv7m": {
        "svc 0": "is a system call.*", "svc 255": "is a system call.*",
        "cpsid i": "changes the interrupt mask.*", "cpsie f": "changes the interrupt mask.*",
        "bkpt 0": "is a breakpoint.*", "bkpt 0xab": "is a breakpoint.*",
        "wfi": "is a hint.*", "wfe": "is a hint.*", "sev": "is a hint.*", "yield": "is a hint.*",
        "wfi.w": SYSTEM, "wfe.w": SYSTEM, "sev.w": SYSTEM,
        "msr control, r0": SYSTEM, "msr msp, r3": SYSTEM, "msr psp, r12": SYSTEM, "msr basepri, r1": SYSTEM, "msr primask, r7": SYSTEM,
        "msr apsr_nzcvq, r2": SYSTEM,
        "mrs r0, control": SYSTEM, "mrs r11, psp": SYSTEM, "mrs r1, ipsr": SYSTEM,
        "dsb": SYSTEM, "dmb": SYSTEM, "isb": SYSTEM, "clrex": SYSTEM, "udf.w #0": SYSTEM,
        "udf #0": "is an undefined instruction.*", "udf #254": "is an undefined instruction.*",
        "ldrex r0, [r1]": "is an exclusive access.*", "strex r0, r1, [r2]": "is an exclusive access.*",
        "ldrexb r0, [r1]": "is an exclusive access.*", "strexh r0, r1, [r2]": "is an exclusive access.*",
        "mcr p15, 0, r0, c1, c0, 0": "is for a coprocessor.*", "mrc p15, 0, r0, c1, c0, 0": "is for a coprocessor.*",
        "ldc p1, c0, [r0]": "is for a coprocessor.*", "cdp p1, 0, c0, c0, c0, 0": "is for a coprocessor.*",
    },
    "rv32": {
        "ecall": SYSTEM, "mret": SYSTEM, "sret": SYSTEM, "wfi": SYSTEM, "sfence.vma": SYSTEM,
        "csrw mstatus, a0": SYSTEM, "csrr a0, mepc": SYSTEM, "csrrci a0, mie, 8": SYSTEM, "csrsi mie, 1": SYSTEM,
        "csrr a0, cycle": SYSTEM,
        "fence": "orders memory.*", ".insn 0x0000100f": "orders memory.*",
        "lr.w a0, (a1)": "is an atomic access.*", "sc.w a0, a1, (a2)": "is an atomic access.*",
        "amoadd.w a0, a1, (a2)": "is an atomic access.*",
        ".insn 0x00052507": "is none of RV32IM", ".insn 0x0000": "is the illegal instruction.*",
        ".insn 0x6108": "is for floating point",
    },
}  # fmt: skip

ALL_INSTRUCTIONS = [(arch, text, message) for arch, table in INSTRUCTIONS.items() for text, message in table.items()]

# Between others of both lengths, so that a decoder out of step would be seen.
ASSEMBLY = """
	{head}
	.text
	.global mine_f
	.type mine_f, %function
mine_f:
	{before}
	{instruction}
	{after}
	.size mine_f, . - mine_f
"""
FRAMES = {
    "armv7m": {"head": ".syntax unified\n\t.thumb", "before": "push {r4, lr}\n\tadd.w r8, r8, #1", "after": "pop {r4, pc}"},
    "rv32": {"head": ".option norelax", "before": "addi sp, sp, -16\n\tlui a5, 0x12345", "after": "ret"},
}  # fmt: skip


@pytest.mark.parametrize("arch, text, message", ALL_INSTRUCTIONS)
def test_instruction_refused(arch, text, message, tmp_path):
    done = check(tmp_path, arch, ASSEMBLY.format(instruction=text, **FRAMES[arch]), suffix="S")
    assert done.returncode == 1
    assert re.fullmatch(rf"object_check-asan: mine\.o: mine_f\+0x[0-9a-f]+: the instruction 0x[0-9a-f]+ {message}\n", done.stderr)


HARMLESS = {
    "armv7m": ["nop", "nop.w", "udf #255", "it ne\n\tmovne r0, #1", "cbz r0, 1f\n1:", "blx r3", "bx lr", "tbb [pc, r0]\n\t.byte 1, 1\n\t",
               "ldrd r0, r1, [r2]", "strd r0, r1, [r2, #8]", "ldrd r0, r1, [r2], #8", "stmdb r0!, {r4-r11}", "ldmia.w r0, {r4-r11}",
               "rev r0, r1", "sxtb r0, r1", "umull r0, r1, r2, r3", "sdiv r0, r1, r2", "bne.w 1f\n1:", "b.w 1f\n1:", "bl mine_f",
               "ldr.w r0, [r1, #0xfff]", "bfi r0, r1, #3, #5", "ubfx r0, r1, #1, #31", "orr.w r0, r0, #0xff000000", "ssat r0, #8, r1"],
    "rv32": ["nop", "ebreak", "c.ebreak", "c.nop", "mul a0, a1, a2", "divu a0, a1, a2", "auipc a0, 1", "jalr a1", "beqz a0, 1f\n1:",
             "lw a0, 8(sp)", "c.swsp a0, 12(sp)", "sltiu a0, a1, 3", "c.jr a0", "j 1f\n1:", "lbu a0, 3(a1)"],
}  # fmt: skip


@pytest.mark.parametrize("arch, text", [(arch, text) for arch, texts in HARMLESS.items() for text in texts])
def test_instruction_accepted(arch, text, tmp_path):
    done = check(tmp_path, arch, ASSEMBLY.format(instruction=text, **FRAMES[arch]), suffix="S")
    assert (done.returncode, done.stderr) == (0, "")


def test_data_between_instructions_is_no_instruction(tmp_path):
    """A literal that reads like svc."""
    done = check(tmp_path, "armv7m", "unsigned mine_f(void) { return 0xdf00df00; }")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("hidden", [".word 0xdf00", ".short 0xb672"])
def test_instruction_dressed_up_as_data_arm(hidden, tmp_path):
    done = check(tmp_path, "armv7m", ASSEMBLY.format(instruction=hidden, **FRAMES["armv7m"]), suffix="S")
    assert done.returncode == 1
    assert re.fullmatch(r"object_check-asan: mine\.o: mine_f\+0x6: data that the instruction before it runs into\n", done.stderr)


def test_instruction_dressed_up_as_data_riscv(tmp_path):
    done = check(tmp_path, "rv32", ASSEMBLY.format(instruction=".word 0x30200073", **FRAMES["rv32"]), suffix="S")
    assert done.returncode == 1
    assert re.fullmatch(r"object_check-asan: mine\.o: mine_f\+0x[0-9a-f]+: data among code\n", done.stderr)


def test_instruction_set_that_no_cortex_m_has(tmp_path):
    text = ".syntax unified\n\t.arch armv7-a\n\t.arm\n\t.global mine_f\nmine_f:\n\tbx lr\n"
    done = check(tmp_path, "armv7m", text, suffix="S")
    assert done.returncode == 1 and "is of the ARM instruction set" in done.stderr


def test_all_complaints_are_made_at_once(arch, tmp_path):
    done = check(tmp_path, arch, BAD["variable"][0] + "\n" + BAD["foreign function"][0].replace("mine_f", "mine_g"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2


def test_not_an_object(tmp_path):
    (tmp_path / "api.txt").write_text(API)
    (tmp_path / "mine.o").write_text("no object")
    done = subprocess.run([TOOL, "--api", "api.txt", "--prefix", "x", "mine.o"], cwd=tmp_path, text=True, capture_output=True, env=ENVIRONMENT)
    assert (done.returncode, done.stderr) == (1, "object_check-asan: mine.o: not an ELF file\n")


# --- The real ones ---

BOARDS = {"lm3s6965evb": "arm-none-eabi-", "qemu_rv32_virt": "riscv64-unknown-elf-"}


@pytest.mark.parametrize("board", BOARDS)
def test_traps_found_are_those_that_binutils_finds(board):
    program = ROOT / "build" / board / "kernel.elf"
    ours = subprocess.run([TOOL, "--traps", program], text=True, capture_output=True, env=ENVIRONMENT, check=True).stdout.split()
    listing = subprocess.run([BOARDS[board] + "objdump", "-d", program], text=True, capture_output=True, env=ENVIRONMENT, check=True).stdout
    theirs = re.findall(r"^\s*([0-9a-f]+):\s.*\b(?:udf\s+#255|ebreak)\b", listing, re.M)
    assert [int(each, 16) for each in ours] == [int(each, 16) for each in theirs] and ours


@pytest.mark.parametrize("board", BOARDS)
def test_api_holds_no_more_than_a_capsule_needs(board):
    names = (ROOT / "build" / board / "api_capsules.txt").read_text().split()
    assert "upcall_schedule" in names and "deferred_call_set" in names
    assert not {"kernel_panic", "kernel_start", "kernel_system_call", "kernel_slice_expired", "kernel_next"} & set(names)

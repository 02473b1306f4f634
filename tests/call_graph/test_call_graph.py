"""tools/call_graph on made-up kernels of a few lines, for both architectures: what it refuses, and
that it does not refuse what is in order."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = ROOT / "build" / "tests" / "tools" / "call_graph-asan"

FLAGS = ["-std=gnu17", "-ffreestanding", "-I", str(ROOT / "kernel/include"), "-I", str(ROOT / "hil/include")]
GCC_FLAGS = ["-Os", "-g", "-fcallgraph-info=su,da", "-fno-ipa-icf", "-ffunction-sections", "-w", *FLAGS]
CLANG_FLAGS = ["-O0", "-g", "-fno-builtin", "-w", "-Xclang", "-disable-llvm-passes", "-emit-llvm", *FLAGS]

ARCHES = {
    "armv7m": (
        ["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb"],
        ["clang-19", "--target=thumbv7m-none-eabi", "-mcpu=cortex-m3", "-fshort-enums"],
    ),
    "rv32": (
        ["riscv64-unknown-elf-gcc", "-march=rv32imac_zicsr", "-mabi=ilp32"],
        ["clang-19", "--target=riscv32-unknown-elf", "-march=rv32imac_zicsr", "-mabi=ilp32"],
    ),
}

# The tools end without giving memory back.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}

ENTRY = "entry start start 8\n"


def compile_all(arch, folder, sources):
    """Objects of C and assembly, with what the tool wants beside them."""
    gcc, clang = ARCHES[arch]
    objects = []
    for name, text in sources.items():
        (folder / name).write_text(text)
        subprocess.run([*gcc, *GCC_FLAGS, "-c", name, "-o", f"{name}.o"], cwd=folder, check=True)
        if name.endswith(".c"):
            subprocess.run([*clang, *CLANG_FLAGS, "-c", name, "-o", f"{name}.bc"], cwd=folder, check=True)
        objects.append(f"{name}.o")
    return objects


def run_tool(folder, objects, machine=ENTRY):
    (folder / "machine.txt").write_text(machine)
    return subprocess.run(
        [TOOL, "--board", "made-up", "--machine", "machine.txt", "--stack", "stack.ld", "--report", "report.txt",
         "--authority", "authority.txt", *objects],
        cwd=folder, text=True, capture_output=True, env=ENVIRONMENT,
    )  # fmt: skip


def run(arch, folder, sources, machine=ENTRY):
    return run_tool(folder, compile_all(arch, folder, sources), machine)


def stack_of(folder):
    """The bytes that the linker is told, which are those of the report."""
    told = int(re.search(r"^KERNEL_STACK_BYTES = (\d+);$", (folder / "stack.ld").read_text(), re.M)[1])
    assert f"The kernel's stack: at most {told} bytes: " in (folder / "report.txt").read_text()
    return told


@pytest.fixture(params=ARCHES)
def arch(request):
    return request.param


@pytest.fixture
def refused(arch, tmp_path):
    """refused(sources, pattern) checks that the tool says just this, in one line."""

    def check(sources, pattern, **options):
        done = run(arch, tmp_path, sources, **options)
        assert done.returncode == 1, done.stdout + done.stderr
        assert re.fullmatch(f"call_graph-asan: {pattern}\n", done.stderr), done.stderr
        return done

    return check


@pytest.fixture
def accepted(arch, tmp_path):
    def check(sources, **options):
        done = run(arch, tmp_path, sources, **options)
        assert (done.returncode, done.stderr) == (0, "")
        return (tmp_path / "report.txt").read_text()

    return check


# --- What is called ---


def test_recursion_across_files(refused):
    refused(
        {
            "one.c": "void two(void); void start(void) { two(); }",
            "two.c": "void start(void); void two(void) { start(); }",
        },
        r"recursion: start -> two -> start",
    )


def test_recursion_of_one_function(refused):
    refused(
        {"one.c": "int start(int n) { return n < 2 ? 1 : start(n - 1) + start(n - 2); }"},
        r"recursion: start -> start",
    )


def test_recursion_with_a_new_local_each_time(refused):
    refused(
        {"one.c": "int start(int *p) { int q = *p; return q == 0 ? 0 : start(&q) + q; }"},
        r"recursion: start -> start(.*)",
    )


ALARM = """
#include <hil/alarm.h>
struct device { struct alarm alarm; };
static uint32_t device_now(struct device *self) { return 0; }
static uint32_t device_frequency(struct device *self) { return 1; }
static void device_set(struct device *self, uint32_t reference, uint32_t dt) { SET }
static void device_disarm(struct device *self) {}
static bool device_is_armed(struct device *self) { return false; }
ALARM_IMPLEMENT(device, struct device, alarm, .now = device_now, .frequency = device_frequency,
		.set = device_set, .disarm = device_disarm, .is_armed = device_is_armed);
struct user { struct alarm_client client; struct alarm *alarm; };
static void user_fired(struct user *self) { alarm_set(self->alarm, 0, 1); }
ALARM_CLIENT_IMPLEMENT(user, struct user, client, .fired = user_fired);
static struct device device;
static struct user user;
static void wire(void)
{
	alarm_bind(&device.alarm, &device_alarm_operations);
	alarm_client_bind(&user.client, &user_alarm_client_operations);
	alarm_set_client(&device.alarm, &user.client);
	user.alarm = &device.alarm;
}
void start(void) { wire(); alarm_set(user.alarm, 0, 1); alarm_fired(&device.alarm, 0); }
"""


def test_callback_from_a_downcall(refused):
    once = ALARM.replace("SET", "if (dt == 0) alarm_fired(&self->alarm, 0);").replace(
        "{ alarm_set(self->alarm, 0, 1); }", "{}"
    )
    refused(
        {"one.c": once},
        r"callback alarm_client\.fired from inside a call of alarm\.set: device_alarm_set \(device\) -> "
        r"device_set \(device\) -> alarm_fired \(device\) -> user_alarm_client_fired \(user\); set a deferred call.*",
    )


def test_callback_that_makes_a_downcall(accepted):
    accepted({"one.c": ALARM.replace("SET", "")})


def test_callback_and_downcall_in_a_circle(refused):
    refused({"one.c": ALARM.replace("SET", "alarm_fired(&self->alarm, 0);")}, r"recursion: .*device_set.*user_fired.*")


def test_call_through_what_is_not_wired(refused):
    unwired = ALARM.replace("SET", "").replace("user.alarm = &device.alarm;", "")
    refused(
        {"one.c": unwired},
        r".*kernel.*|.*alarm\.h:\d+: alarm_set: calls through a pointer that nothing was ever stored to; an interface "
        r"that its board has not wired \(in alarm_set\)",
    )


def test_call_through_a_number(refused):
    refused(
        {"one.c": "void start(unsigned n) { ((void (*)(void))n)(); }"},
        r"one\.c:1: start: calls through a pointer that may lead to computed memory \(in start\)",
    )


def test_call_of_nobody_knows_whom(refused):
    # The linker's business is not ours: the compiler's graph already names an unknown.
    refused({"one.c": "void nobody(void); void start(void) { nobody(); }"}, r"start calls nobody, whose frame .*")


def test_chain_of_multiplexers_is_no_recursion(accepted):
    chain = """
	struct link;
	struct link_operations { void (*push)(struct link *self, int n); };
	struct link { const struct link_operations *private_operations; struct link *next; int sum; };
	static void middle(struct link *self, int n) { self->next->private_operations->push(self->next, n); self->sum += n; }
	static void last(struct link *self, int n) { self->sum = n; }
	static const struct link_operations middle_operations = {middle}, last_operations = {last};
	static struct link links_a = {&middle_operations}, links_b = {&middle_operations}, links_c = {&last_operations};
	void start(int n)
	{
		links_a.next = &links_b;
		links_b.next = &links_c;
		links_a.private_operations->push(&links_a, n);
	}
    """
    report = accepted({"one.c": chain})
    frames = [int(each) for each in re.findall(r"^ +(\d+)  middle \(links_[ab]\)", report, re.M)]
    assert len(frames) == 2 and frames[0] == frames[1]


def test_every_entry_of_a_sparse_table_counts(refused):
    table = """
	void start(int n);
	static void again(int n) { start(n); }
	static void (*const handlers[40])(int) = {[30] = again};
	void start(int n) { if (handlers[n]) handlers[n](n - 1); }
    """
    refused({"one.c": table}, r"recursion: start -> again -> start")


def test_table_of_objects_calls_each_with_itself(accepted):
    table = """
	struct thing;
	struct thing_operations { void (*run)(struct thing *self); };
	struct thing { const struct thing_operations *private_operations; };
	struct end { struct thing thing; };
	struct front { struct thing thing; struct thing *other; };
	static void end_run(struct thing *self) {}
	static void front_run(struct thing *self)
	{
		struct front *front = (struct front *)self;
		front->other->private_operations->run(front->other);
	}
	static const struct thing_operations end_operations = {end_run}, front_operations = {front_run};
	static struct end end = {{&end_operations}};
	static struct front front = {{&front_operations}, &end.thing};
	static struct thing *const things[] = {&end.thing, &front.thing};
	void start(int n) { struct thing *thing = things[n]; thing->private_operations->run(thing); }
    """
    accepted({"one.c": table})


# --- How much stack ---


def test_array_of_variable_size(refused):
    refused(
        {"one.c": "void start(int n) { volatile char a[n]; a[0] = 1; }"},
        r"one\.c:1:\d+: the stack of start has no constant size.*",
    )


def test_alloca(refused):
    refused(
        {"one.c": "void start(int n) { volatile char *a = __builtin_alloca(n); a[0] = 1; }"},
        r"one\.c:1:\d+: the stack of start has no constant size.*",
    )


BIG = {
    "one.c": "void two(void); void start(void) { volatile char a[100]; a[0] = 1; two(); a[1] = 2; }",
    "two.c": "void two(void) { volatile char a[200]; a[0] = 1; }",
}


def test_linker_is_told_the_deepest_path(arch, tmp_path):
    assert run(arch, tmp_path, BIG).returncode == 0
    report = (tmp_path / "report.txt").read_text()
    entry, one, two = map(int, re.search(r"(\d+)  before .*\n +(\d+)  start.*\n +(\d+)  two", report).groups())
    assert entry == 8 and one >= 100 and two >= 200
    assert stack_of(tmp_path) == entry + one + two


def test_nothing_is_told_to_the_linker_when_refused(arch, tmp_path):
    assert run(arch, tmp_path, {"one.c": "void start(int n) { volatile char a[n]; a[0] = 1; }"}).returncode == 1
    assert not (tmp_path / "stack.ld").exists()


def test_exception_on_top_is_added(arch, tmp_path):
    machine = ENTRY + "nested fault two 40\n"
    run(arch, tmp_path, BIG, machine)
    report = (tmp_path / "report.txt").read_text()
    whole, base, nested = map(int, re.search(r"at most (\d+) bytes: start (\d+), fault on top of it (\d+)", report).groups())
    assert whole == base + nested and nested >= 240


def test_no_word_about_frames(arch, tmp_path):
    objects = compile_all(arch, tmp_path, BIG)
    (tmp_path / "two.c.ci").unlink()
    (tmp_path / "machine.txt").write_text(ENTRY)
    done = subprocess.run(
        [TOOL, "--board", "x", "--machine", "machine.txt", *objects], cwd=tmp_path, text=True, capture_output=True, env=ENVIRONMENT
    )
    assert done.returncode == 1
    assert done.stderr == (
        "call_graph-asan: two.c.ci: No such file or directory; compile with -fcallgraph-info=su,da (gcc) or "
        "-fstack-size-section (clang)\n"
    )


def test_identical_functions_folded_into_one(arch, tmp_path):
    """A function without code of its own has no frame that the compiler tells."""
    gcc, _ = ARCHES[arch]
    sources = {"one.c": "int a(int x) { return x * 7 + x / 3; } int b(int x) { return x * 7 + x / 3; }\n"
                        "int start(int x) { return x; }"}  # fmt: skip
    compile_all(arch, tmp_path, sources)
    flags = [each for each in GCC_FLAGS if each != "-fno-ipa-icf"] + ["-O2"]
    subprocess.run([*gcc, *flags, "-c", "one.c", "-o", "one.c.o"], cwd=tmp_path, check=True)
    (tmp_path / "machine.txt").write_text(ENTRY)
    done = subprocess.run(
        [TOOL, "--board", "x", "--machine", "machine.txt", "one.c.o"], cwd=tmp_path, text=True, capture_output=True, env=ENVIRONMENT
    )
    symbols = subprocess.run([gcc[0].replace("gcc", "nm"), "one.c.o"], cwd=tmp_path, text=True, capture_output=True).stdout
    addresses = re.findall(r"^(\w+) T [ab]$", symbols, re.M)
    graph = (tmp_path / "one.c.ci").read_text()
    if 'title: "a"' in graph and 'title: "b"' in graph:
        assert done.returncode == 0  # nothing was folded
    else:
        assert len(addresses) == 2
        assert done.returncode == 1 and "compile with -fno-ipa-icf" in done.stderr


# --- Objects that clang made ---


def compile_with_clang(arch, folder, sources):
    """Bitcode as ever, and objects of clang's."""
    compile_all(arch, folder, sources)
    flags = ["-Os", "-g", "-fno-builtin", "-ffunction-sections", "-w", "-fstack-size-section", *FLAGS]
    for name in sources:
        (folder / f"{name}.ci").unlink()
        subprocess.run([*ARCHES[arch][1], *flags, "-c", name, "-o", f"{name}.o"], cwd=folder, check=True)
    return [f"{name}.o" for name in sources]


def test_frames_that_clang_tells(arch, tmp_path):
    chain = {
        "one.c": "void two(void (*)(void)); void use(char *); static void end(void) { char a[300]; use(a); }\n"
                 "void start(void) { char a[100]; use(a); two(end); use(a); }",
        "two.c": "void use(char *); void two(void (*end)(void)) { char a[200]; use(a); end(); use(a); }",
        "use.c": "void use(char *p) {}",
    }  # fmt: skip
    done = run_tool(tmp_path, compile_with_clang(arch, tmp_path, chain))
    assert (done.returncode, done.stderr) == (0, "")
    path = re.findall(r"^ +(\d+)  (\w+).*, (?:one|two)\.c$", (tmp_path / "report.txt").read_text(), re.M)
    assert [name for _, name in path] == ["start", "two", "end"]
    assert all(low <= int(frame) < low + 60 for (frame, _), low in zip(path, (100, 200, 300), strict=True))
    use = int(re.search(r"^ +(\d+)  use.*, use\.c$", (tmp_path / "report.txt").read_text(), re.M)[1])
    assert stack_of(tmp_path) == 8 + sum(int(frame) for frame, _ in path) + use


def test_clang_with_a_switch_that_becomes_a_table(arch, tmp_path):
    """Its section .stack_sizes is linked to the table, not to the code."""
    cases = " ".join(f"case {number}: f{number}(); break;" for number in range(9))
    functions = "".join(f"void f{number}(void);\n" for number in range(9))
    sources = {"one.c": f"{functions}void start(int n) {{ switch (n) {{ {cases} }} }}",
               "two.c": "void use(char *);\n" + functions.replace(";", "{ char a[40]; use(a); }"),
               "use.c": "void use(char *p) {}"}  # fmt: skip
    done = run_tool(tmp_path, compile_with_clang(arch, tmp_path, sources))
    assert (done.returncode, done.stderr) == (0, "")
    assert stack_of(tmp_path) >= 48


def test_clang_and_a_stack_of_variable_size(arch, tmp_path):
    """clang says nothing of such a frame."""
    sources = {"one.c": "void end(void *); void start(int n) { char a[9]; end(a); } void other(void) {}", "two.c": "void end(void *p) {}"}
    objects = compile_with_clang(arch, tmp_path, sources)
    bitcode = (tmp_path / "one.c.bc").read_bytes()
    objects = compile_with_clang(arch, tmp_path, {**sources, "one.c": sources["one.c"].replace("[9]", "[n]")})
    (tmp_path / "one.c.bc").write_bytes(bitcode)  # which would be refused first
    done = run_tool(tmp_path, objects)
    assert done.returncode == 1
    assert done.stderr == "call_graph-asan: one.c.o: the stack of start has no constant size; use an array of constant size\n"


# --- Assembly ---


def test_assembly_calls_an_entry_that_is_not_listed(refused):
    refused(
        {"one.c": "void start(void) {} void other(void) {}", "ways.S": "\t.text\n\t.global way\nway:\n\t.word other\n"},
        r"ways\.S\.o: calls other, which machine\.txt does not list as an entry",
    )


def test_entry_that_does_not_exist(refused):
    refused({"one.c": "void begin(void) {}"}, r'entry "start": no source defines start')


def test_occasion_that_is_not_listed(refused):
    refused(
        {"one.c": "void a(void); void b(void); void start(int n) { if (n) a(); else b(); }",
         "two.c": "void a(void) {} void b(void) {}"},
        r"machine\.txt: start calls b on no occasion that is listed",
        machine="entry start start 0 a\n",
    )  # fmt: skip


def test_machine_table_with_a_mistake(refused):
    refused({"one.c": "void start(void) {}"}, r"machine\.txt:1: neither \"entry .*", machine="entry start\n")


# --- What may run while the kernel is half-way ---

CONTEXTS = """
#include <kernel/execution_context.h>
#include <stdint.h>
#include <stdnoreturn.h>
struct table { void (*run)(void); };
static uint32_t count;
static volatile uint32_t pending ANY_CONTEXT;
static const uint32_t masks[] = {1, 2, 4, 8};
static uint32_t *kept = &count;
void start(void) { count++; pending = 0; kept = &count; }
"""

TOP_HALF = ENTRY + "nested top_half top_half 8\n"

# What a top half may not do, by whatever way; and the name that the refusal gives.
TOUCHES = {
    "writes": ("void top_half(void) { count = 1; }", "top_half touches count"),
    "reads": ("void top_half(void) { if (count != 0) pending = 1; }", "top_half touches count"),
    "in_a_call": ("static void more(void) { count++; } void top_half(void) { more(); }", "more touches count"),
    "by_address": ("static void set(uint32_t *p) { *p = 1; } void top_half(void) { set(&count); }", "set touches count"),
    "by_kept_pointer": ("void top_half(void) { *kept = 1; }", "top_half touches kept"),
    "by_constant_pointer": (
        "static uint32_t *const way = &count; void top_half(void) { *way = 1; }", "top_half touches count"),
    "by_table": (
        "static void more(void) { count++; } static const struct table table = {more};\n"
        "void top_half(void) { table.run(); }", "more touches count"),
    "by_function_pointer": (
        "static void more(void) { count++; } static void call(void (*f)(void)) { f(); }\n"
        "void top_half(void) { call(more); }", "more touches count"),
    "in_a_struct": (
        "struct box { uint32_t *p; }; static void set(struct box box) { *box.p = 1; }\n"
        "void top_half(void) { set((struct box){&count}); }", "set touches count"),
    "by_copy": ("void top_half(void) { __builtin_memset(&count, 0, 4); }", "top_half touches count"),
    "through_a_local": ("void top_half(void) { uint32_t *p = &count; uint32_t **q = &p; **q = 1; }", "top_half touches count"),
    "as_a_number": ("void top_half(void) { uintptr_t n = (uintptr_t)&count; *(uint32_t *)(n + 0) = 1; }", "top_half touches count"),
    "static_local": ("void top_half(void) { static uint32_t times; times++; }", r"top_half touches \S*times"),
    "handed_to_assembly": ('void top_half(void) { __asm__ volatile("" :: "r"(&count) : "memory"); }', "top_half touches count"),
}  # fmt: skip


@pytest.mark.parametrize("touch", TOUCHES)
def test_top_half_touches_the_kernels_variables(refused, touch):
    text, who = TOUCHES[touch]
    refused(
        {"one.c": CONTEXTS + text},
        rf".*one\.c:\d+: {who}, which belongs to the kernel's context, and may run while the kernel is half-way "
        r"\(top half -> top_half.*\)",
        machine=TOP_HALF,
    )


def test_fault_that_never_returns_is_held_to_it_too(refused):
    refused(
        {"one.c": CONTEXTS + "void fault(void) { count = 0; }"},
        r".*fault touches count.*\(fault of the kernel -> fault\)",
        machine=ENTRY + "abrupt fault_of_the_kernel fault 0\n",
    )


def test_top_half_that_keeps_to_what_is_for_all(accepted):
    quiet = "void top_half(uint32_t line) { uint32_t mine = masks[line & 3]; pending = mine; *(volatile uint32_t *)0x40000000 = mine; }"
    accepted({"one.c": CONTEXTS + quiet}, machine=TOP_HALF)


def test_function_that_seizes_the_kernels_context(accepted):
    last = "SEIZES_KERNEL_CONTEXT noreturn void panic(void) { for (;;) count++; } void top_half(void) { panic(); }"
    accepted({"one.c": CONTEXTS + last}, machine=TOP_HALF)


def test_function_that_seizes_and_returns(refused):
    refused(
        {"one.c": CONTEXTS + "SEIZES_KERNEL_CONTEXT void panic(void) { count++; } void top_half(void) { panic(); }"},
        r"panic seizes the kernel's context and may return to it; make it noreturn",
        machine=TOP_HALF,
    )


def test_only_the_occasion_that_comes_at_any_time_counts(accepted):
    """One function of C for two occasions: what belongs to the other one is not held to it."""
    both = "static void at_rest(void) { count++; } static void half_way(void) { pending = 1; }\n" \
           "void fault(int n) { if (n) half_way(); else at_rest(); }"  # fmt: skip
    accepted({"one.c": CONTEXTS + both}, machine=ENTRY + "entry rest fault 0 at_rest\nnested half_way fault 8 half_way\n")


# --- Two definitions ---


def test_name_defined_twice(refused):
    refused(
        {"one.c": "void start(void) {}", "two.c": "void start(void) {}"},
        r"start: defined by one\.c and two\.c; give one another name",
    )


# --- The real boards ---

BOARDS = ("lm3s6965evb", "qemu_rv32_virt")


@pytest.mark.parametrize("board", BOARDS)
def test_stale_authority_report_is_refused(board, tmp_path):
    stale = tmp_path / "authority.txt"
    text = (ROOT / "boards" / board / "authority.txt").read_text()
    stale.write_text(text.replace("driver 0x1,", "driver 0x7,"))
    assert stale.read_text() != text

    def check(path):
        command = ["make", "--quiet", f"BOARD={board}", f"AUTHORITY={path}", "check-authority-of-board"]
        return subprocess.run(command, cwd=ROOT, text=True, capture_output=True)

    done = check(stale)
    assert done.returncode != 0
    assert f"{stale} is stale: look at the difference, then run make authority" in done.stderr
    assert "-    reached as                   driver 0x7, by console.driver" in done.stdout
    assert check(f"boards/{board}/authority.txt").returncode == 0


@pytest.mark.parametrize("board", BOARDS)
def test_report_names_what_is_known_to_be_there(board):
    report = (ROOT / "build" / board / "call_graph.txt").read_text()
    for words in ("command() of console.driver", "run() of uart_mux.deferred", "fired() of alarm_driver.client",
                  "transmitted() of reporter.client", "loaded() of reporter.observer"):  # fmt: skip
        assert words in report


@pytest.mark.parametrize("board", BOARDS)
def test_ram_that_does_not_hold_the_stack_fails_the_build(board, tmp_path):
    """The linker is asked as the build asks it, with less RAM than there is stack."""
    text = (ROOT / "boards" / board / "layout.ld").read_text()
    layout = tmp_path / "layout.ld"
    layout.write_text(re.sub(r"(kernel_ram .*LENGTH = )\w+", r"\g<1>1K - 256", text))
    assert layout.read_text() != text
    elf = tmp_path / "kernel.elf"
    command = ["make", "-n", "V=1", f"BOARD={board}", f"LAYOUT={layout}", "-W", str(layout), "kernel"]
    dry = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=True).stdout
    link = next(line for line in dry.replace("\\\n", " ").splitlines() if f"-o build/{board}/kernel.elf" in line)

    def linked(line):
        line = line.replace(f"build/{board}/kernel.elf", str(elf)).replace(f"build/{board}/kernel.map", f"{elf}.map")
        return subprocess.run(line, cwd=ROOT, shell=True, text=True, capture_output=True)

    done = linked(link)
    assert done.returncode != 0 and "region `kernel_ram' overflowed by" in done.stderr, done.stderr
    assert linked(link.replace(str(layout), f"boards/{board}/layout.ld")).returncode == 0

"""tools/call_graph on made-up boards that leave something out: which pointers it says are not there."""

import re
import subprocess

import pytest
from test_call_graph import ARCHES, ROOT, run

BOOT = "entry boot boot 8\n"

DEVICE = """
#include <hil/alarm.h>
#include <kernel/annotation.h>
void kernel_start(void);

struct device { struct alarm alarm; volatile int *registers; };
static uint32_t device_now(struct device *self) { return *self->registers; }
static uint32_t device_frequency(struct device *self) { return 1; }
static void device_set(struct device *self, uint32_t reference, uint32_t dt) { *self->registers = dt; }
static void device_disarm(struct device *self) {}
static bool device_is_armed(struct device *self) { return false; }
ALARM_IMPLEMENT(device, struct device, alarm, .now = device_now, .frequency = device_frequency,
		.set = device_set, .disarm = device_disarm, .is_armed = device_is_armed);
void device_init(struct device *self, volatile int *registers)
{
	self->registers = registers;
	alarm_bind(&self->alarm, &device_alarm_operations);
}

struct user { struct alarm_client client; struct alarm *alarm; struct user *next NULLABLE; };
static void user_fired(struct user *self)
{
	if (self->next != NULL) alarm_set(self->next->alarm, 0, 1);
	alarm_set(self->alarm, 0, 1);
}
ALARM_CLIENT_IMPLEMENT(user, struct user, client, .fired = user_fired);
void user_init(struct user *self, struct alarm *alarm)
{
	self->alarm = alarm;
	self->next = NULL;
	alarm_client_bind(&self->client, &user_alarm_client_operations);
	alarm_set_client(alarm, &self->client);
}

#define REGISTERS ((volatile int *)0x40000000)
struct device device; /* not static: clang leaves out what nobody names */
struct user user;
"""

MAIN = """
int main(void)
{
	device_init(&device, REGISTERS);
	user_init(&user, &device.alarm);
	kernel_start();
}
void boot(void) { main(); }
"""

# What the kernel does: it makes calls of everything.
KERNEL = "void kernel_start(void) { for (;;); }"

ON_EVERY_WAY = r"on every way to kernel_start\(\)"


def board(*changes, text=DEVICE + MAIN):
    """The board with some text replaced, each of which must be there once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {"board.c": text, "kernel.c": KERNEL}


@pytest.fixture(params=ARCHES)
def arch(request):
    return request.param


@pytest.fixture
def refused(arch, tmp_path):
    """refused(sources, pattern...) checks that the tool says just these lines."""

    def check(sources, *patterns, machine=BOOT):
        done = run(arch, tmp_path, sources, machine)
        assert done.returncode == 1
        lines = done.stderr.splitlines()
        assert len(lines) == len(patterns), done.stderr
        for line, pattern in zip(lines, patterns, strict=True):
            assert re.fullmatch(f"call_graph-asan: {pattern}", line), done.stderr

    return check


@pytest.fixture
def accepted(arch, tmp_path):
    def check(sources):
        done = run(arch, tmp_path, sources, BOOT)
        assert (done.returncode, done.stderr) == (0, "")

    return check


def test_all_wired(accepted):
    accepted(board())


# --- Something is left out ---


def test_init_forgotten(refused):
    refused(
        board(("device_init(&device, REGISTERS);", "")),
        rf"device is not initialised {ON_EVERY_WAY}; call device_init\(\) in main",
    )


def test_two_inits_forgotten(refused):
    refused(
        board(("device_init(&device, REGISTERS);", ""), ("user_init(&user, &device.alarm);", "")),
        rf"device is not initialised {ON_EVERY_WAY}; call device_init\(\) in main",
        rf"user is not initialised {ON_EVERY_WAY}; call user_init\(\) in main",
    )


def test_init_function_of_another_name(refused):
    refused(
        board(("void user_init(", "void user_prepare("), ("user_init(&user, &device.alarm);", "(void)user_prepare;")),
        rf"user is not initialised {ON_EVERY_WAY}; call its init function in main",
    )


def test_init_function_that_does_not_bind(refused):
    refused(
        board(("alarm_client_bind(&self->client, &user_alarm_client_operations);", "")),
        rf"user\.client is not bound {ON_EVERY_WAY}; call alarm_client_bind\(\) in its init function",
    )


def test_init_function_that_does_not_store(refused):
    refused(
        board(("self->registers = registers;", "")),
        rf"device\.registers is not set {ON_EVERY_WAY}; set it in its init function, or declare it NULLABLE",
    )


def test_null_is_handed_over(refused):
    refused(
        board(("&device, REGISTERS", "&device, NULL")),
        rf"device\.registers is not set {ON_EVERY_WAY}; .*",
    )


def test_null_in_the_end(refused):
    refused(
        board(("user_init(&user, &device.alarm);", "user_init(&user, &device.alarm); user.alarm = NULL;")),
        rf"user\.alarm is not set {ON_EVERY_WAY}; .*",
    )


def test_zeros_in_the_end(refused):
    refused(
        board(("user_init(&user, &device.alarm);", "user_init(&user, &device.alarm); __builtin_memset(&user, 0, sizeof(user));")),
        rf"user is not initialised {ON_EVERY_WAY}; .*",
    )  # fmt: skip


def test_constant_that_leaves_something_out(refused):
    constant = "struct plan { struct alarm *alarm; struct user *user; }; const struct plan plan = {.user = &user};"
    refused(board(("int main(void)", constant + "\nint main(void)")), r"plan\.alarm is NULL; give it a value, or declare it NULLABLE")


# --- On one way, and not on the other ---


@pytest.mark.parametrize(
    "statement",
    [
        "if (*REGISTERS) user_init(&user, &device.alarm);",
        "for (int i = 0; i < *REGISTERS; i++) user_init(&user, &device.alarm);",
        "switch (*REGISTERS) { case 1: break; default: user_init(&user, &device.alarm); }",
        "if (*REGISTERS) kernel_start(); user_init(&user, &device.alarm);",
    ],
)
def test_init_on_one_way(statement, refused):
    refused(
        board(("user_init(&user, &device.alarm);", statement)),
        rf"user is not initialised {ON_EVERY_WAY}; call user_init\(\) in main",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "if (*REGISTERS) user_init(&user, &device.alarm); else user_init(&user, &device.alarm);",
        "do user_init(&user, &device.alarm); while (*REGISTERS);",
        "for (;;) { if (*REGISTERS) { user_init(&user, &device.alarm); break; } }",
        "if (*REGISTERS) for (;;); user_init(&user, &device.alarm);",
        "if (*REGISTERS) __builtin_trap(); user_init(&user, &device.alarm);",
    ],
)
def test_init_on_every_way(statement, accepted):
    accepted(board(("user_init(&user, &device.alarm);", statement)))


def test_init_function_that_ends_early(refused):
    refused(
        board(("self->alarm = alarm;", "self->alarm = alarm; if (alarm_is_armed(alarm)) return;")),
        rf"user\.client is not bound {ON_EVERY_WAY}; .*",
    )


# --- In the wrong order ---


def test_reading_what_is_set_later(refused):
    refused(
        board(
            ("device_init(&device, REGISTERS);\n\tuser_init(&user, &device.alarm);",
             "user_init(&user, &device.alarm); device_init(&device, REGISTERS);"),
            ("alarm_set_client(alarm, &self->client);", "alarm_set_client(alarm, &self->client); alarm_now(alarm);"),
        ),
        r".*/hil/alarm\.h:\d+: alarm_now\(\) reads device\.alarm\.private_operations before it is set; initialise in another order",
        r"board\.c:\d+: device_now\(\) reads device\.registers before it is set; initialise in another order",
    )  # fmt: skip


def test_copying_what_is_set_later(refused):
    copy = "static struct { struct alarm *alarm; } copy;\nint main(void)"
    refused(
        board(("int main(void)", copy), ("user_init(&user", "copy.alarm = user.alarm; user_init(&user")),
        rf"copy is not initialised {ON_EVERY_WAY}; .*",
        r"board\.c:\d+: main\(\) reads user\.alarm before it is set; initialise in another order",
    )


def test_asking_whether_it_is_set_is_no_use(accepted):
    accepted(board(("self->alarm = alarm;", "if (self->alarm != NULL) __builtin_trap(); self->alarm = alarm;")))


def test_another_order_that_reads_nothing(accepted):
    accepted(
        board(("device_init(&device, REGISTERS);\n\tuser_init(&user, &device.alarm);",
               "user_init(&user, &device.alarm); device_init(&device, REGISTERS);"))
    )  # fmt: skip


# --- What need not be there, and what cannot be seen ---


def test_nullable(accepted, refused):
    nullable = "struct user *next NULLABLE"
    accepted(board())
    refused(
        board((nullable, "struct user *next")),
        rf"user\.next is not set {ON_EVERY_WAY}; set it in its init function, or declare it NULLABLE",
    )


def test_struct_by_value(accepted, refused):
    """Not a pointer, but a struct with one, is handed over and stored, as GPIO_PINS_OVER is."""
    plan = """
	struct plan { int first; struct alarm *alarm; int count; };
	struct planner { struct plan plan; };
	static void planner_init(struct planner *self, struct plan plan) { self->plan = plan; }
	static struct planner planner;
	int main(void)"""
    call = "user_init(&user, &device.alarm); planner_init(&planner, ((struct plan){1, &device.alarm, 3}));"
    changes = (("int main(void)", plan), ("user_init(&user, &device.alarm);", call))
    accepted(board(*changes))
    refused(
        board(changes[0], (changes[1][0], call.replace("{1, &device.alarm, 3}", "{1, NULL, 3}"))),
        rf"planner is not initialised {ON_EVERY_WAY}; call .*",
    )


def test_array_of_instances(refused):
    array = "static struct device devices[2];\nint main(void)"
    call = "user_init(&user, &device.alarm); device_init(&devices[0], REGISTERS); device_init(&devices[1], REGISTERS);"
    refused(
        board(("int main(void)", array), ("user_init(&user, &device.alarm);", call)),
        r"devices\[\]\.alarm\.private_operations: whether each element's is set cannot be seen; use variables of their own, .*",
    )


def test_array_of_pointers(accepted):
    array = "static struct user *users[4]; static struct { struct user *users[3]; int count; } list;\nint main(void)"
    accepted(board(("int main(void)", array), ("kernel_start();", "users[0] = list.users[0] = &user; kernel_start();")))


def test_registers_are_no_instance(accepted):
    """A volatile struct at an address has no pointers to set."""
    block = "struct block { volatile unsigned data, control; };\n#define BLOCK ((struct block *)0x40001000)\nint main(void)"
    accepted(board(("int main(void)", block), ("kernel_start();", "BLOCK->control = 1; kernel_start();")))


# --- Where it begins and ends ---


def test_kernel_that_is_never_started(refused):
    refused(board(("\tkernel_start();", "")), r'"boot" never leads to kernel_start\(\)')


def test_no_boot(refused):
    refused(
        board(), r'machine\.txt: has no entry "boot", which leads to kernel_start\(\)', machine="entry start boot 8\n"
    )


# --- The real boards ---


class RealBoard:
    """A board's source, changed, in the kernel that make has built of the original."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.source = ROOT / "boards" / name / "board.c"
        wanted = ("KERNEL_CC", "KERNEL_CFLAGS", "BITCODE_FLAGS", "KERNEL_OBJECTS", "ARCH")
        make = ["make", "--quiet", f"BOARD={name}", *(f"print-{each}" for each in wanted)]
        done = subprocess.run(make, cwd=ROOT, text=True, capture_output=True, check=True)
        self.words = {name: line.split() for name, line in zip(wanted, done.stdout.splitlines(), strict=True)}

    def compile(self, text):
        path = self.folder / "board.c"
        path.write_text(text)
        gcc = [*self.words["KERNEL_CC"], *self.words["KERNEL_CFLAGS"], "-fcallgraph-info=su,da", "-fno-ipa-icf"]
        clang = ["clang-19", *self.words["BITCODE_FLAGS"], "-MF", self.folder / "board.d", "-emit-llvm"]
        for command, kind in ((gcc, "o"), (clang, "bc")):
            subprocess.run([*command, "-w", "-c", path, "-o", self.folder / f"board.c.{kind}"], cwd=ROOT, check=True)

    def complaints(self, text):
        self.compile(text)
        own = f"boards/{self.name}/board.c.o"
        objects = [self.folder / "board.c.o" if each.endswith(own) else each for each in self.words["KERNEL_OBJECTS"]]
        machine = f"arch/{self.words['ARCH'][0]}/entry_points.txt"
        command = [ROOT / "build/tools/call_graph", "--board", self.name, "--machine", machine, *objects]
        done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True)
        return done.returncode, done.stderr


@pytest.mark.parametrize("name", ("lm3s6965evb", "qemu_rv32_virt"))
def test_every_init_that_a_board_makes_is_needed(name, tmp_path):
    board = RealBoard(name, tmp_path)
    text = board.source.read_text()
    calls = [match for match in re.finditer(r"^\t(\w+)_init\(&(\w+)", text, re.M)]
    assert len(calls) >= 12
    assert board.complaints(text) == (0, "")
    code, said = board.complaints(re.sub(r"^\t(\w+_init\(&)", r"\tif (*(volatile int *)0x40000000) \1", text, flags=re.M))
    assert code == 1
    missed = re.findall(rf"call_graph: (\w+) is not initialised {ON_EVERY_WAY}; call (\w+)_init\(\) in main\n", said)
    assert sorted(missed) == sorted((call[2], call[1]) for call in calls)

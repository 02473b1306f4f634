"""The paths through the kernel that are counted, and how.

A path leads from an instruction of an application, which has a label, to another one, perhaps of another
application. What the kernel executes between the two is its cost: all of it, also what interrupts take and the
ways into sleep and out of it, if the path has such. Whatever an application does meanwhile does not count.

No wish is taken for a result: a label that is not passed, an instruction elsewhere, a sleep too many or too few
are errors.
"""

import itertools
import tempfile
from dataclasses import dataclass

import board as boards
from execution import BenchError, Trace, sleep_instructions

# Applications by image, each in the slot of its position. What a path says of them is the position.
IMAGES = {
    "bench": ("bench",),
    "restart": ("bench_restart",),
    "switch": ("bench_switch", "bench_work"),
    "ipc": ("bench_client", "bench_service"),
}


@dataclass(frozen=True)
class Path:
    """Tock: kernel instructions of its qemu_rv32_virt and of a minimal board of it for Cortex-M4 (release builds,
    commit c389045bf); None: not known. The goal is what Detent wants to stay below on both boards."""

    name: str
    tock_rv32: int | None = None
    tock_m4: int | None = None
    goal: int | None = None
    image: str = "bench"
    begin: tuple | None = None  # (application, label); None: the kernel's first instruction
    end: tuple | None = None  # (application, label); label None: any instruction of it
    passage: int = 1  # which one counts
    is_straight: bool = True  # no application executes anything until the end
    is_tail: bool = False  # only what comes after the last sleep, and the last instruction of an application
    sleeps: int | None = 0  # of the kernel, on the way; None: it may

    def __post_init__(self):
        if self.begin is None and self.name != "boot_to_app":
            object.__setattr__(self, "begin", (0, f"bench_{self.name}_trap"))
        if self.end is None:
            object.__setattr__(self, "end", (0, f"bench_{self.name}_return"))


UPCALL = (0, "bench_upcall_function")

PATHS = (
    Path("command_present", 1379, 843, 80),
    Path("alarm_now", 1375, 825, 100),
    Path("command_absent", 1041, 572, 60),
    Path("memop", 1092, 619, 60),
    Path("subscribe", 1461, 936, 130),
    Path("allow_rw", 1350, 859, 130),
    Path("allow_ro", 1376, 865, 130),
    Path("yield_no_wait", 825, 486, 50),
    Path("alarm_set", 1829, 1137, 300),
    Path("upcall_from_sleep", 3669, 3522, 500, end=UPCALL, is_tail=True, sleeps=1),
    Path("process_switch", None, 2226, 250, image="switch", end=(1, None), passage=2),
    Path("preemption", image="switch", end=UPCALL, passage=2, is_straight=False, is_tail=True),
    Path("ipc_notify", image="ipc", end=(1, "bench_service_called"), passage=2, is_straight=False),
    Path("ipc_answer", image="ipc", begin=(1, "bench_ipc_answer_trap"), end=(0, "bench_answered"), passage=2,
         is_straight=False),
    Path("console_write_1", end=UPCALL, is_straight=False, sleeps=None),
    Path("console_write_64", end=UPCALL, is_straight=False, sleeps=None),
    Path("exit_restart", image="restart", end=(0, "_start")),
    Path("fault_restart", image="restart", begin=(0, "bench_fault_trap"), end=(0, "_start"), sleeps=None),
    Path("boot_to_app", 115731, None, 10000, end=(0, "_start")),
)  # fmt: skip

INSTRUCTIONS_MAX = 3_000_000  # of one image, before it is given up

# From where to where, if the name does not say it.
MEANING = {
    "command_present": "command 0 of the console: a driver that is there",
    "alarm_now": "command 2 of the alarm: the time",
    "command_absent": "command to a driver that is not there",
    "memop": "memop: the start of RAM",
    "yield_no_wait": "yield-no-wait, nothing pending",
    "alarm_set": "command 5 of the alarm: a relative alarm",
    "upcall_from_sleep": "timer interrupt in yield-wait, asleep, to the first instruction of the upcall",
    "process_switch": "yield-wait of a process to the next instruction of another that is ready",
    "preemption": "end of a slice to the next instruction of the process that waited",
    "ipc_notify": "notification with a buffer to the service's upcall: two system calls, a switch",
    "ipc_answer": "notification back to the client's upcall: two system calls, a switch",
    "console_write_1": "command to the upcall of a write of 1 byte, with all interrupts",
    "console_write_64": "the same of 64 bytes",
    "exit_restart": "exit-restart to the first instruction of the next life",
    "fault_restart": "a fault to the first instruction of the next life, with the report that is printed",
    "boot_to_app": "reset to the first instruction of the only application",
}


class Process:
    """An application in its slot: where it is, and its labels."""

    def __init__(self, board, name, slot):
        self.file = board.application(name, slot)
        start = board.number("APP_FLASH_START") + slot * board.number("APP_FLASH_SLOT")
        self.flash = range(start, start + board.number("APP_FLASH_SLOT"))
        symbols = boards.symbols(board, board.linked(name, slot))
        self.labels = {label: address & ~1 for label, address in symbols.items()}  # without the Thumb bit


class Counter:
    """Takes the trace of one image, instruction by instruction; `counts` fills up."""

    def __init__(self, board, processes, paths, sleeps):
        self.kernel = range(board.flash_start, board.apps_start)
        self.applications = range(board.apps_start, board.apps_end)
        self.processes = processes
        self.sleeps = sleeps
        self.paths = paths
        self.begins = {processes[p.begin[0]].labels[p.begin[1]]: p for p in paths if p.begin}
        self.passages = dict.fromkeys(paths, 0)
        self.counts = {}
        self.count = self.tail = self.slept = 0
        self.path = next((path for path in paths if path.begin is None), None)
        self.is_started = False

    @property
    def is_complete(self):
        return len(self.counts) == len(self.paths)

    def take(self, address):
        if address in self.kernel:
            self.is_started = True
            self.count += 1
            self.tail += 1
            if address in self.sleeps:
                self.tail = 0
                self.slept += 1
        elif address in self.applications:
            self.take_application(address)
        elif self.is_started:
            # Before the kernel's first instruction it is the machine's own start-up code.
            raise BenchError(f"an instruction at {address:#x}, neither kernel's nor application's")

    def take_application(self, address):
        if self.path is not None:
            if self.is_end(address):
                self.finish()
            elif self.path.is_straight:
                raise BenchError(f"{self.path.name}: an application went on at {address:#x}")
        self.tail = 0
        if self.path is None and address in self.begins:
            self.path = self.begins[address]
            self.count = self.slept = 0

    def is_end(self, address):
        process, label = self.path.end
        if label is None:
            return address in self.processes[process].flash
        return address == self.processes[process].labels[label]

    def finish(self):
        path, self.path = self.path, None
        self.passages[path] += 1
        if self.passages[path] != path.passage:
            return
        if path.sleeps is not None and self.slept != path.sleeps:
            raise BenchError(f"{path.name}: the kernel slept {self.slept} times")
        self.counts[path.name] = self.tail if path.is_tail else self.count


def count_image(board, image, processes, paths, kernel=None):
    """Instructions by path; all of `paths` are of this image."""
    counter = Counter(board, processes, paths, sleep_instructions(board, kernel))
    with Trace(board, image) as trace:
        for address in itertools.islice(trace, INSTRUCTIONS_MAX):
            counter.take(address)
            if counter.is_complete:
                return counter.counts
    missing = [path.name for path in paths if path.name not in counter.counts]
    raise BenchError(f"{board.name}: not measured: {', '.join(missing)}")


def measure(board):
    counts = {}
    with tempfile.TemporaryDirectory() as directory:
        for name, applications in IMAGES.items():
            processes = [Process(board, application, slot) for slot, application in enumerate(applications)]
            image = board.image(directory, [process.file for process in processes])
            counts |= count_image(board, image, processes, [path for path in PATHS if path.image == name])
    return {path.name: counts[path.name] for path in PATHS}

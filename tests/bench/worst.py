"""The worst case: the longest stretch in which the kernel takes no interrupt, and the longest system call.

A stretch begins where an exception is taken. On ARMv7-M all handlers have one priority: it ends where the next
exception is taken, or with the return to a process or to the idle loop. On RISC-V it ends with the return to a process
or with the sleep. All work that was deferred and is done before is part of it. Only the kernel is told in
the trace: an application, or sleep, ends a stretch, and the next one begins at an entry.

A system call is a stretch in which kernel_system_call() is executed; it contains what the kernel does before it returns
to any process. Boot, which happens once and with nobody waiting, is told apart.

storm is in each image: timer interrupts as often as a process can have them, so that none comes to an end.
"""

import bisect
import collections
import itertools
import tempfile

import board as boards
from execution import BenchError, Trace, sleep_instructions

IMAGES = (
    ("bench", "memory_hog", "storm"),
    ("bench_client", "bench_service", "storm"),
    ("writer_a", "writer_b", "saboteur", "storm"),
    ("restart_storm", "echo_back", "crash_demo", "storm"),
)
INSTRUCTIONS = 1_500_000  # of the kernel, of each image
CONTRIBUTORS = 4

NAMES = ("with interrupts masked", "system call", "boot")

ENTRIES = {
    "armv7m": ("armv7m_system_call_entry", "armv7m_interrupt_entry", "armv7m_fault_entry"),
    "rv32": ("rv32_trap_entry",),
}
KINDS = {"main": "boot", "kernel_system_call": "a system call", "kernel_fault": "a fault", "kernel_interrupt": "an interrupt"}


class Functions:
    """Names by address: [(first address, name)]."""

    def __init__(self, functions):
        self.addresses, self.names = zip(*sorted(functions), strict=True)

    @classmethod
    def of(cls, board):
        lines = [line.split() for line in boards.run(board.variables["TOOL_PREFIX"] + "nm", board.kernel).splitlines()]
        return cls([(int(line[0], 16) & ~1, line[2]) for line in lines if len(line) == 3 and line[1] in "tTW"])

    def name(self, address):
        return self.names[bisect.bisect_right(self.addresses, address) - 1]


def stretches(trace, entries, sleeps):
    """Lists of addresses. The first is boot."""
    stretch = []
    for address in trace:
        if address in entries and stretch:
            yield stretch
            stretch = []
        stretch.append(address)
        if address in sleeps:
            yield stretch
            stretch = []


def causes(stretch, functions):
    """What it is, and who executes most of it: 'a fault: 50 % text_number, ...'"""
    counts = collections.Counter(map(functions.name, stretch))
    kind = next((kind for function, kind in KINDS.items() if function in counts), "deferred work")
    shares = [(count * 100 // len(stretch), name) for name, count in counts.most_common(CONTRIBUTORS)]
    most = [f"{percent} % {name}" for percent, name in shares if percent != 0]
    return f"{kind}: {', '.join(most)}"


def longest(found, call):
    """The stretches of the result by name; `found` are those of one image, `call` is kernel_system_call()."""
    boot, *others = found
    calls = [stretch for stretch in others if call in stretch]
    if not calls:
        raise BenchError("no system call was made")
    return dict(zip(NAMES, (max(others, key=len), max(calls, key=len), boot), strict=True))


def of_image(board, applications):
    entries = {board.symbols[name] & ~1 for name in ENTRIES[board.arch]}
    call, sleeps = board.symbols["kernel_system_call"] & ~1, sleep_instructions(board)
    kernel = (board.flash_start, board.apps_start)
    with tempfile.TemporaryDirectory() as directory:
        files = [board.application(name, slot) for slot, name in enumerate(applications)]
        with Trace(board, board.image(directory, files), ranges=[kernel]) as trace:
            return longest(list(stretches(itertools.islice(trace, INSTRUCTIONS), entries, sleeps)), call)


def measure(board):
    functions = Functions.of(board)
    worst = {}
    for applications in IMAGES:
        for name, stretch in of_image(board, applications).items():
            if len(stretch) > len(worst.get(name, ())):
                worst[name] = stretch
    return {
        name: {"instructions": len(worst[name]), "cause": causes(worst[name], functions)} for name in NAMES
    }

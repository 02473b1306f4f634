"""What the system takes from applications that only compute.

The same objects run on the bare board and as an application: a round of it must be as many instructions in both, and
whatever the kernel executes meanwhile is lost. With four of them each has its slice in turn; counted is a stretch of
many slices.
"""

import itertools
import tempfile

import bare
import paths
from execution import BenchError, Trace

ROUND_MAX = 2_000_000  # instructions
PROCESSES = 4
SETTLE, STRETCH = 700_000, 1_600_000  # instructions: all four have begun; ten slices of 156,250 each

LIMITS = {"percent lost, one process": 0.5, "percent lost, four processes": 1.0}


def one_round(trace, label, kernel=range(0)):
    """(instructions of the application, of the kernel) from one passage of `label` to the next."""
    passages = application = inside = 0
    for address in itertools.islice(trace, 2 * ROUND_MAX):
        passages += address == label
        if passages == 2:
            return application, inside
        if passages == 1:
            inside += address in kernel
            application += address not in kernel
    raise BenchError(f"no round within {ROUND_MAX} instructions")


def on_bare_board(board, directory):
    objects = board.build / "apps" / "objects" / "apps" / "bench_work"
    sources = [bare.HERE / f"start.{board.arch}.S", objects / "main.c.o", objects / "work.c.o"]
    image, labels = bare.build(board, directory, *sources)
    with Trace(board, image) as trace:
        return one_round(trace, labels["bench_work_ended"])[0]


def measure(board):
    kernel = range(board.flash_start, board.apps_start)
    processes = [paths.Process(board, "bench_work", slot) for slot in range(PROCESSES)]
    with tempfile.TemporaryDirectory() as directory:
        alone = on_bare_board(board, directory)
        image = board.image(directory, [processes[0].file])
        with Trace(board, image) as trace:
            application, lost = one_round(trace, processes[0].labels["bench_work_ended"], kernel)
        if application != alone:
            raise BenchError(f"{board.name}: a round takes {application} instructions, on the bare board {alone}")
        image = board.image(directory, [process.file for process in processes])
        with Trace(board, image) as trace:
            lost_of_four = sum(address in kernel for address in itertools.islice(trace, SETTLE, SETTLE + STRETCH))
    return {
        "a round on the bare board": alone,
        "lost in a round, one process": lost,
        "percent lost, one process": round(lost * 100 / (lost + alone), 3),
        "percent lost, four processes": round(lost_of_four * 100 / STRETCH, 3),
    }


def above_limit(measured):
    """Lines: what the system takes more of than it may, by board."""
    return [
        f"{board}: {name}: {numbers[name]}, must be below {limit}"
        for board, numbers in measured.items()
        for name, limit in LIMITS.items()
        if numbers[name] >= limit
    ]

"""What the paths cost when there is more on the board: processes that sleep, or timers that run.

A process that is added does nothing but sleep. In the series `processes` it has used the alarm, so that it has a
grant; in `timers` its alarm is armed, for a moment after the end of the measurement. There is one timer for each
process, so that 64 of them are as many processes.
"""

import tempfile

import board as boards
import paths
import tbf_format

PROCESS_SLOTS = 72
SLEEPER_FLASH = 512  # bytes, which an MPU region can cover at any multiple of it
COMMAND_STOP, COMMAND_SET = 3, 5
SERIES = {"processes": (1, 4, 8, 16), "timers": (1, 2, 4, 8, 16, 32, 64)}

# Paths that may grow, and why.
REASONS = {
    "upcall_from_sleep": "the alarms that wait are a heap, whose levels are the logarithm of their number",
    "console_write_1": "the console looks at each process for the next that wants to write",
    "console_write_64": "the same",
    "exit_restart": "what is pending for processes is looked for in the table of all",
    "boot_to_app": "all are loaded, and their names compared, before the first runs",
}

# A fault's report would take most of the time, and is about one process.
MEASURED = [path for path in paths.PATHS if path.name != "fault_restart"]

def kernel_with_room(board):
    return board.variant("bench_growth", PROCESS_SLOTS=PROCESS_SLOTS)


def sleepers(board, directory, count, command):
    """Applications, one behind the other."""
    program = board.program(directory, "rest", command)
    return b"".join(
        boards.small_application(program, f"rest_{number}", total_size=SLEEPER_FLASH, minimum_ram=64)
        for number in range(count)
    )


def append(board, image, applications):
    """Puts applications behind all others, so that they come last in the kernel's tables, too."""
    data = image.read_bytes()
    first = board.apps_start - board.flash_start
    at, last = tbf_format.walk(data, first)[-1]
    end = at + last.total_size
    gap = -end % SLEEPER_FLASH
    image.write_bytes(data[:end] + (tbf_format.padding(gap) if gap else b"") + applications)


def count(board, kernel, series, number):
    """Instructions by path, with so many processes or timers."""
    counts = {}
    command = COMMAND_SET if series == "timers" else COMMAND_STOP
    with tempfile.TemporaryDirectory() as directory:
        for name, applications in paths.IMAGES.items():
            processes = [paths.Process(board, application, slot) for slot, application in enumerate(applications)]
            # The first application arms a timer itself.
            already = 1 if series == "timers" else len(processes)
            others = sleepers(board, directory, max(0, number - already), command)
            image = board.image(directory, [process.file for process in processes], kernel)
            append(board, image, others)
            measured = [path for path in MEASURED if path.image == name]
            counts |= paths.count_image(board, image, processes, measured, kernel)
    return {path.name: counts[path.name] for path in MEASURED}


def measure(board):
    kernel = kernel_with_room(board)
    return {
        series: {str(number): count(board, kernel, series, number) for number in steps}
        for series, steps in SERIES.items()
    }


def growing(growth, series):
    """Paths of a series that cost more with the most on some board than with the least."""
    ends = [(list(counts[series].values())[0], list(counts[series].values())[-1]) for counts in growth.values()]
    return [path.name for path in MEASURED if any(last[path.name] > first[path.name] for first, last in ends)]


def unexplained(growth):
    """What has begun to grow that need not."""
    return [
        f"{name} grows with the number of {series}, and REASONS in tests/bench/growth.py does not say why"
        for series in SERIES
        for name in growing(growth, series)
        if name not in REASONS
    ]

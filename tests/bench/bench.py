#!/usr/bin/python3
"""usage: bench.py BOARD...

Counts the kernel's instructions on its most important paths, exactly, prints them beside Tock's and
writes build/bench.json.

QEMU runs the application `bench`, alone in the image, on a clock that counts instructions, one
instruction at a time, and tells the address of each. Labels in the application mark where a path
begins (bench_PATH_trap) and where the application goes on (bench_PATH_return). What is executed
between the two, in the kernel's flash, is the path's cost. Two paths are different:

    upcall_from_sleep   from the first instruction after the sleep to bench_upcall_function
    boot_to_app         from the kernel's first instruction to the application's first

No wish is taken for a result: a label that is not passed, a second passage, an instruction
elsewhere, a second sleep are errors.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "qemu"), str(HERE.parent / "tools")]

import board as boards  # noqa: E402

OUTPUT = boards.ROOT / "build" / "bench.json"
PATIENCE = 300  # seconds of silence or endless running before QEMU is ended

# Kernel instructions of Tock's qemu_rv32_virt and of a minimal board of it for Cortex-M4 (release
# builds, commit c389045bf), and what Detent wants to stay below on both boards. None: not known.
TOCK_AND_GOAL = {
    "command_present": (1379, 843, 80),
    "alarm_now": (1375, 825, 100),
    "command_absent": (1041, 572, 60),
    "memop": (1092, 619, 60),
    "subscribe": (1461, 936, 130),
    "allow_rw": (1350, 859, 130),
    "allow_ro": (1376, 865, 130),
    "yield_no_wait": (825, 486, 50),
    "alarm_set": (1829, 1137, 300),
    "upcall_from_sleep": (3669, 3522, 500),
    "boot_to_app": (115731, None, 10000),
}
SLEEP = "upcall_from_sleep"
BOOT = "boot_to_app"
CALLS = [path for path in TOCK_AND_GOAL if path not in (SLEEP, BOOT)]


class BenchError(Exception):
    pass


class Trace:
    """The addresses of the instructions that QEMU executes, in order."""

    def __init__(self, board, image):
        reading, writing = os.pipe()
        command = shlex.split(board.variables["QEMU"]) + [
            str(image), "-monitor", "none", "-serial", "null", "-icount", "shift=0,sleep=off",
            "-singlestep", "-d", "exec,nochain", "-D", f"/dev/fd/{writing}",
        ]  # fmt: skip
        self.qemu = subprocess.Popen(
            command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writing)
        self.log = os.fdopen(reading)
        # QEMU on a virtual clock without anything left to do may not even hear SIGTERM.
        self.watchdog = threading.Timer(PATIENCE, self.qemu.kill)
        self.watchdog.start()

    def __iter__(self):
        """An instruction is told before it is executed, and taken back if an interrupt came first. One
        that accesses a device is begun anew by QEMU and told twice: the same address twice in a row
        is one instruction. (One that jumps to itself would be missed; no path has such.)"""
        told = re.compile(r"Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/")
        last = None
        for line in self.log:
            match = told.match(line)
            address = match and int(match[1], 16)
            if match and address != last:
                if last is not None:
                    yield last
                last = address
            elif line.startswith("Stopped execution"):
                last = None

    def close(self):
        self.watchdog.cancel()
        self.qemu.kill()
        self.qemu.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def sleep_instructions(board):
    """The addresses of all wfi in the kernel."""
    code = boards.run(board.variables["TOOL_PREFIX"] + "objdump", "-d", "--no-show-raw-insn", board.kernel)
    return {int(address, 16) for address in re.findall(r"^\s*([0-9a-f]+):\s+wfi\b", code, re.M)}


class Counter:
    """Takes the trace instruction by instruction; `counts` fills up."""

    def __init__(self, board, labels, sleeps):
        self.board = board
        self.kernel = range(board.flash_start, board.apps_start)
        self.application = range(board.apps_start, board.apps_end)
        self.sleeps = sleeps
        self.trap = {labels[f"bench_{path}_trap"]: path for path in [*CALLS, SLEEP]}
        self.end = {path: labels[f"bench_{path}_return"] for path in CALLS}
        self.end[SLEEP] = labels["bench_upcall_function"] & ~1
        self.counts = {}
        self.path = BOOT
        self.count = 0
        self.slept = 0

    @property
    def is_complete(self):
        return self.counts.keys() == TOCK_AND_GOAL.keys()

    def take(self, address):
        if address in self.kernel:
            self.take_kernel(address)
        elif address in self.application:
            self.take_application(address)
        elif self.path != BOOT or self.count > 0:
            # Before the kernel's first instruction it is the machine's own start-up code.
            raise BenchError(f"an instruction at {address:#x}, neither kernel's nor application's")

    def take_kernel(self, address):
        self.count += 1
        if address in self.sleeps:
            self.count = 0
            self.slept += 1

    def take_application(self, address):
        if self.path is not None:
            self.finish(address)
        if address in self.trap:
            self.path, self.count, self.slept = self.trap[address], 0, 0

    def finish(self, address):
        path, self.path = self.path, None
        if self.slept != (path == SLEEP):
            raise BenchError(f"{path}: the kernel slept {self.slept} times")
        if address != self.end.get(path, address):
            raise BenchError(f"{path}: the application went on at {address:#x}, not {self.end[path]:#x}")
        if path in self.counts:
            raise BenchError(f"{path}: passed twice")
        self.counts[path] = self.count


def measure(board):
    with tempfile.TemporaryDirectory() as directory:
        application = board.application("bench", 0)
        image = board.image(directory, [application])
        labels = boards.symbols(board, application.with_suffix(".elf"))
        counter = Counter(board, labels, sleep_instructions(board))
        with Trace(board, image) as trace:
            for address in trace:
                counter.take(address)
                if counter.is_complete:
                    break
    missing = [path for path in TOCK_AND_GOAL if not counter.counts.get(path)]
    if missing:
        raise BenchError(f"{board.name}: not measured: {', '.join(missing)}")
    return {path: counter.counts[path] for path in TOCK_AND_GOAL}


def print_table(results):
    names = list(results)
    print("Kernel instructions, from an application's trap to its next instruction\n")
    print(f"{'':20}" + "".join(f"{name:>16}" for name in names) + f"{'Tock rv32':>12}{'Tock M4':>10}{'goal':>8}")
    for path, figures in TOCK_AND_GOAL.items():
        row = f"{path:20}"
        for name in names:
            count = results[name][path]
            row += f"{count:>15}" + (" " if count <= figures[2] else "*")
        shown = ["-" if figure is None else figure for figure in figures]
        print(row + f"{shown[0]:>12}{shown[1]:>10}{shown[2]:>8}")
    print("\n* above the goal")


def main(names):
    if not names:
        sys.exit(__doc__.splitlines()[0])
    try:
        results = {}
        for name in names:
            board = boards.Board(name)
            board.make("kernel", "build/tools/image", f"build/{name}/apps/bench.0.tbf")
            board.ready = {"bench.0.tbf"}
            results[name] = measure(board)
    except (BenchError, RuntimeError) as error:
        sys.exit(f"bench: {error}")
    OUTPUT.write_text(json.dumps(results, indent=2) + "\n")
    print_table(results)
    print(f"written to {OUTPUT.relative_to(boards.ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""RAM that is lost because protection has granules, for a set of applications, by the code that places them."""

import board as boards
from execution import BenchError

# Bytes that applications ask for: small and large, round and not, in no order. Together they fill an LM3S6965.
SIZES = (4500, 1024, 20000, 2300, 9000, 1536, 6200, 3100)
GRANTS = 7  # of drivers, on both boards

SOURCES = {
    "armv7m": ("arch/armv7m/mpu_plan.c",),
    "rv32": ("tests/unit/arch/rv32_host.c", "tests/unit/arch/pmp_entries.c"),
}
NUMBERS = ("as given", "best order", "worst order", "powers of two")


def process_bytes(board):
    """process_size() of kernel/process.c."""
    return (boards.offset_of(board, "kernel/process.h", "process", "grants") + 2 * (GRANTS + 1) + 7) // 8 * 8


def program(board):
    path = boards.ROOT / "build" / "tests" / "bench" / f"placement_{board.arch}"
    path.parent.mkdir(parents=True, exist_ok=True)
    boards.run(
        "gcc", "-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror", "-Wno-attributes", "-I", ".", "-I", "kernel/include",
        "-I", "arch/include", "-I", f"arch/{board.arch}/include", "-I", "arch/host/include", "-o", path,
        "tests/bench/placement.c", *SOURCES[board.arch],
    )  # fmt: skip
    return path


def lost(board, sizes):
    output = boards.run(program(board), hex(board.symbols["_process_ram_start"]), process_bytes(board), *sizes)
    return [int(number) for number in output.split()]


def measure(board):
    together = dict(zip(NUMBERS, lost(board, SIZES), strict=True))
    if together["best order"] > together["as given"]:
        raise BenchError(f"{board.name}: the best order is not the best")
    return {"alone": {str(size): lost(board, [size])[0] for size in sorted(SIZES)}, "together": together}

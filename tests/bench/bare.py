"""Programs that have a board for themselves, without a kernel, and what they cost."""

import itertools
import pathlib
import tempfile

import board as boards
from execution import BenchError, Trace

HERE = pathlib.Path(__file__).resolve().parent
INSTRUCTIONS_MAX = 100_000
START_BYTES = 0x400  # room for section .start


def build(board, directory, *sources):
    """A flash image of these sources, with section .start first; and the address of each label."""
    elf, image = pathlib.Path(directory) / "bare.elf", pathlib.Path(directory) / "bare.bin"
    prefix = board.variables["TOOL_PREFIX"]
    boards.run(
        prefix + "gcc", *board.variables["CPU_FLAGS"].split(), "-nostdlib", "-static", "-Wl,--build-id=none",
        f"-Wl,--section-start=.start={board.flash_start:#x}", f"-Wl,-Ttext={board.flash_start + START_BYTES:#x}",
        "-o", elf, *sources,
    )  # fmt: skip
    boards.run(prefix + "objcopy", "-O", "binary", elf, image)
    return image, {name: address & ~1 for name, address in boards.symbols(board, elf).items()}


def measure_floor(board):
    """Instructions of the least system call there can be, see floor.*.S."""
    with tempfile.TemporaryDirectory() as directory:
        image, labels = build(board, directory, HERE / f"floor.{board.arch}.S")
        with Trace(board, image) as trace:
            told = list(itertools.takewhile(lambda at: at != labels["floor_return"], itertools.islice(trace, INSTRUCTIONS_MAX)))
    if told.count(labels["floor_trap"]) != 1:
        raise BenchError(f"{board.name}: the floor's trap was not passed")
    return len(told) - 1 - told.index(labels["floor_trap"])

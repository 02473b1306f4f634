"""The kernel's stack, which the build makes as large as tools/call_graph says can be needed, is painted
before the kernel runs. However hard applications try, no more of it is used than that."""

import re

import board as boards
import pytest
from gdb_stub import GdbStub
from machine import Machine

PAINT = 0xA5
PAINT_WORD = 0xA5A5A5A5

DEFAULT = ("hello", "blink", "counter", "writer_a", "writer_b", "saboteur")

ANY_END = "faulted: |SURVIVED|REFUSED"

# What to install beside the bystander, and how to see that it has done its worst.
CROWDS = {
    "default": (DEFAULT, [r"process saboteur stopped", r"\na19 a+", r"\nb19 b+"]),
    "faults": (("attack_read_null",), [r"process attack_read_null stopped"]),
    "random system calls": (("attack_random_system_calls",), [ANY_END]),
    "console flood": (("attack_console_flood",), [ANY_END]),
    "debug flood": (("attack_debug_flood",), [ANY_END]),
    "upcall flood": (("attack_upcall_flood",), [ANY_END]),
    "stack of a process": (("attack_stack_null",), [ANY_END]),
    "bad system call": (("attack_system_call_255",), [r"process attack_system_call_255 stopped"]),
}

ATTACK_SLOT = 6  # `make apps` links attacks for it


STACK_ALIGNMENT = 16  # bytes, at most: RISC-V's calling convention


class Kernel:
    """A kernel of a board, by one of the compilers."""

    def __init__(self, board, compiler):
        self.board = board
        self.build = board.build if compiler == "gcc" else boards.ROOT / "build" / compiler / board.name
        if compiler != "gcc":
            build = self.build.relative_to(boards.ROOT)
            boards.make(f"BOARD={board.name}", f"COMPILER={compiler}", f"BUILD={build}", "kernel")

    @property
    def bound(self):
        """Bytes of stack that may be used, by the build's own report."""
        text = (self.build / "call_graph.txt").read_text()
        return int(re.search(r"^The kernel's stack: at most (\d+) bytes", text, re.M)[1])

    @property
    def stack(self):
        """Its first address and the one behind its last."""
        symbols = boards.symbols(self.board, self.build / "kernel.elf")
        return symbols["_kernel_ram_start"], symbols["_kernel_stack_end"]


def words(machine, start, end):
    answer = machine.monitor(f"xp /{(end - start) // 4}wx {start:#x}")
    return [int(word, 16) for line in answer.splitlines() for word in re.findall(r"0x([0-9a-f]{8})\b", line.split(":", 1)[-1])]


def used_of(machine, start, end):
    """Bytes from the top down to the deepest word that is not paint any more."""
    memory = words(machine, start, end)
    assert len(memory) == (end - start) // 4
    clean = 0
    while clean < len(memory) and memory[clean] == PAINT_WORD:
        clean += 1
    return end - start - 4 * clean


def run_crowd(kernel, tmp_path, crowd):
    """How much of its stack the kernel has used when the crowd has done its worst."""
    board = kernel.board
    names, patterns = CROWDS[crowd]
    if names != DEFAULT:
        files = [board.application("bystander", 0)]
        files += [board.application(name, ATTACK_SLOT) for name in names]
    else:
        files = [board.application(name, slot) for slot, name in enumerate(names)]
    start, end = kernel.stack
    door = tmp_path / "gdb"
    options = ["-S", *GdbStub.options(door)]
    image = board.image(tmp_path, files, kernel=kernel.build / "kernel.elf")
    with Machine(board, image, options=options) as machine:
        stub = GdbStub(door)
        stub.fill(start, end - start, PAINT)
        stub.go_on()
        machine.expect_all(*patterns)
        return used_of(machine, start, end)


@pytest.mark.parametrize("compiler", ("gcc", "clang"))
@pytest.mark.parametrize("board_name", boards.BOARD_NAMES)
def test_no_crowd_gets_below_the_bound(board_name, compiler, tmp_path, capsys):
    kernel = Kernel(boards.board(board_name), compiler)
    bound = kernel.bound
    start, end = kernel.stack
    used = {}
    for number, crowd in enumerate(CROWDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        used[crowd] = run_crowd(kernel, folder, crowd)
    with capsys.disabled():
        print(f"\n{board_name}, {compiler}: {max(used.values())} bytes of stack used, bound {bound}, there are {end - start}")
        for crowd, bytes_ in used.items():
            print(f"    {bytes_:5}  {crowd}")
    assert bound <= end - start < bound + STACK_ALIGNMENT
    assert all(0 < bytes_ <= bound for bytes_ in used.values()), used
    # A measurement that sees only a corner of the kernel would pass as well.
    assert max(used.values()) > bound // 3

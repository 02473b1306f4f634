"""The kernel's stack is painted before the kernel runs. However hard applications try, the paint is
gone no deeper than tools/call_graph says it can be."""

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


def bound_of(board):
    """Bytes that the kernel's stack may use, and that it has, by the build's own report."""
    text = (board.build / "call_graph.txt").read_text()
    match = re.search(r"^The kernel's stack: (\d+) bytes there, at most (\d+) used", text, re.M)
    return int(match[2]), int(match[1])


def stack_of(board):
    """Its first address and the one behind its last."""
    layout = (boards.ROOT / "boards" / board.name / "layout.ld").read_text()
    start = int(re.search(r"kernel_ram.*ORIGIN = (0x[0-9a-f]+)", layout)[1], 16)
    return start, board.symbols["_kernel_stack_end"]


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


def run_crowd(board, tmp_path, crowd):
    """How much of its stack the kernel has used when the crowd has done its worst."""
    names, patterns = CROWDS[crowd]
    if names != DEFAULT:
        files = [board.application("bystander", 0)]
        files += [board.application(name, ATTACK_SLOT) for name in names]
    else:
        files = [board.application(name, slot) for slot, name in enumerate(names)]
    start, end = stack_of(board)
    door = tmp_path / "gdb"
    options = ("-S", "-gdb", f"unix:{door},server=on,wait=off")
    with Machine(board, board.image(tmp_path, files), options=options) as machine:
        stub = GdbStub(door)
        stub.fill(start, end - start, PAINT)
        stub.go_on()
        machine.expect_all(*patterns)
        return used_of(machine, start, end)


@pytest.mark.parametrize("board_name", boards.BOARD_NAMES)
def test_no_crowd_gets_below_the_bound(board_name, tmp_path, capsys):
    board = boards.board(board_name)
    bound, size = bound_of(board)
    used = {}
    for number, crowd in enumerate(CROWDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        used[crowd] = run_crowd(board, folder, crowd)
    with capsys.disabled():
        print(f"\n{board_name}: {max(used.values())} bytes of stack used at most, bound {bound}, there are {size}")
        for crowd, bytes_ in used.items():
            print(f"    {bytes_:5}  {crowd}")
    assert bound <= size
    assert all(0 < bytes_ <= bound for bytes_ in used.values()), used
    # A measurement that sees only a corner of the kernel would pass as well.
    assert max(used.values()) > bound // 3

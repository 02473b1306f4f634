"""The small kernel of each machine (boards/*_small): what it has works, and what it leaves out is told in numbers."""

import re

import board as boards
import pytest

PROMPT = re.escape("tock$ ")


@pytest.fixture
def small_kernel(board):
    boards.make(f"BOARD={board.name}_small", "kernel")
    return boards.ROOT / "build" / f"{board.name}_small" / "kernel.elf"


def test_drivers_console_and_reports(board, boot_applications, small_kernel):
    machine = boot_applications(board, "hello", "blink", "saboteur", kernel=small_kernel)
    report = r"\nprocess saboteur \(pid \d+\) faulted: [a-z][^\n]*\n  address 0x[0-9a-f]{8}; status 0x[0-9a-f]+\r?\n"
    machine.expect_all(r"Hello from Detent!", r"blink: 10\b", report, r"process saboteur stopped(?=\r?\n)")
    machine.send("\r")
    machine.expect(PROMPT)
    machine.send("list\r")
    machine.expect(r" PID    ShortID    Name[^\n]*\n(.*\n)*?[^\n]* blink [^\n]*\n")
    machine.expect(PROMPT)
    machine.send("process hello\r")
    machine.expect(r"App: hello   -   \[")
    machine.expect(PROMPT)
    machine.send("stop blink\r")
    machine.expect(r"Process blink stopped")
    machine.expect(PROMPT)
    machine.send("stats\r")
    machine.expect(r"not in this kernel\r?\n")
    machine.expect(PROMPT)


def test_line_is_edited_at_its_end(board, boot_applications, small_kernel):
    machine = boot_applications(board, "hello", kernel=small_kernel)
    machine.expect_all(r"Hello from Detent!", PROMPT)
    # Keys that the editor does not know, Tab among them, leave the line as it is.
    machine.send("\x7fstatx\x08\t\x1b[A\x1b[3~\x1bOC\x01us\x7fs" + "\r\n")
    machine.expect_text("statx\x08 \x08us\x08 \x08s\r\nTotal processes: 1\r\nActive processes: 0\r\n")
    machine.expect(PROMPT)
    machine.send("z" * 62 + "yx" + "\x08" * 64 + "help\n\r\r")
    machine.expect_text("z" * 62 + "y" + "\x08 \x08" * 63 + "help\r\nWelcome to the process console.\r\n")
    machine.expect_text("tock$ \r\ntock$ ")


def test_what_is_left_out_is_told_in_numbers(board, boot, tmp_path, small_kernel):
    program = board.program(tmp_path, "rest", 0)
    damaged = bytearray(boards.small_application(program))
    damaged[12] ^= 1
    machine = boot(board, board.raw_image(tmp_path, bytes(damaged), kernel=small_kernel))
    machine.expect(r"application at 0x[0-9a-f]{8} not started: outcome 4 \(0x[0-9a-f]+, 0x[0-9a-f]+\) ")
    machine.expect(PROMPT)
    machine.send("panic\r")
    report = machine.expect_panic(r"Process Console forced a kernel panic\.")
    assert re.fullmatch(r"  pc 0x[0-9a-f]+ lr 0x0 sp 0x[0-9a-f]+ status 0x0 address 0x0\n", report)

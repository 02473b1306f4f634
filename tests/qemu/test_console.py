"""One serial port for all: processes, low-level debug and fault reports."""

import re

import board as boards
import pytest


@pytest.fixture
def crowd(board, boot, tmp_path):
    """A machine on which everybody wants the port at once: two that write long lines, one that never
    stops to send short ones, and one that faults again and again."""
    chatter = tmp_path / "chatter.tbf"
    chatter.write_bytes(boards.small_application(board.program(tmp_path, "chatter", 0xC4A7), "chatter"))
    linked = [("writer_a", 0), ("writer_b", 1), ("attack_read_null", 6)]
    machine = boot(board, board.image(tmp_path, [*(board.application(*each) for each in linked), chatter]))
    machine.expect_all("process attack_read_null stopped(?=\r?\n)", *(rf"\n{each}19 {each}+(?=\r?\n)" for each in "ab"))
    return machine


# All that can stand in a line. A report's lines are told by what they begin with.
WHOLE_LINES = [
    r"a\d\d a{145}",
    r"b\d\d b{145}",
    r"LowLevelDebug: App 0x\d prints 0xc4a7",
    r"LowLevelDebug: Dropped 0x[0-9a-f]+ entries for app 0x\d",
    r"attack read_null: begin",
    r"process attack_read_null .*",
    r"tock\$ ",
    r"  [^LabA]*[a-z0-9].*",
    r" +(\||\+-|<-).*",
    r"",
]


def test_writes_are_never_mixed(crowd):
    known = re.compile("|".join(f"(?:{each})" for each in WHOLE_LINES))
    assert [line for line in crowd.lines if not known.fullmatch(line)] == []
    for line in crowd.lines:
        assert line.count("LowLevelDebug") + line.count("aaaa") // 36 <= 1
    assert sum("prints 0xc4a7" in line for line in crowd.lines) > 20


@pytest.mark.parametrize("board_name", ["qemu_rv32_virt"])
def test_lines_stay_whole_on_a_slow_port(board_name, boot, tmp_path):
    """There are always others waiting when a piece of a long line is out. (The UART of the other board never waits
    for anybody in QEMU: nobody comes to speak between two pieces, whatever the multiplexer does.)"""
    board = boards.board(board_name)
    chatter = tmp_path / "chatter.tbf"
    chatter.write_bytes(boards.small_application(board.program(tmp_path, "chatter", 0xC4A7), "chatter"))
    linked = [board.application(name, slot) for slot, name in enumerate(["writer_a", "writer_b"])]
    machine = boot(board, board.image(tmp_path, [*linked, chatter]), has_slow_port=True)
    machine.expect_all(*(rf"\n{each}19 [^\n]*\n" for each in "ab"))
    lines = [line for line in machine.lines if re.search("a{9}|b{9}", line)]
    assert sorted(lines) == [f"{each}{number:02} {each * 145}" for each in "ab" for number in range(20)]
    assert "Dropped" in machine.text, "the port was not slow"


def test_reports_are_in_one_piece(crowd):
    """From its first line to its last a report has no line of anybody else."""
    first, last = r"process attack_read_null \(pid \d+\) faulted: ", r"process attack_read_null (?:restarts|stopped)"
    reports = re.findall(rf"\n{first}.*?\n{last}\n", crowd.text, re.S)
    assert len(reports) == boards.RESTARTS + 1
    for each in reports:
        assert "LowLevelDebug" not in each and "aaaa" not in each and "bbbb" not in each

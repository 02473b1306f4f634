"""What `make run` shows: the default applications living together, among them one that attacks."""

import re

import board as boards
import pytest

DEFAULT = ("hello", "blink", "counter", "writer_a", "writer_b", "saboteur")
WRITER_LINES = 20
WRITER_LINE = 150  # bytes, with the newline


@pytest.fixture
def together(board, boot_applications):
    """The machine once the saboteur has been stopped, the writers have ended, and the others have gone
    on for a while."""
    machine = boot_applications(board, *DEFAULT)
    machine.expect_all(r"process saboteur stopped(?=\r?\n)", r"\na19 a+(?=\r?\n)", r"\nb19 b+(?=\r?\n)")
    for _ in range(2):
        machine.expect(r"blink: \d+")
    for _ in range(2):
        machine.expect(r"LowLevelDebug: App 0x3 prints 0x[0-9a-f]+ 0x[0-9a-f]+")
    return machine


def test_all_do_their_work(together):
    lines = together.lines
    assert lines.count("Hello from Detent! This is an application of its own.") == 1
    primes = [line for line in lines if line.startswith("LowLevelDebug: App 0x3 prints ")]
    found = [int(line.split()[-2], 16) for line in primes]
    assert found == sorted(set(found)), "the counter goes on counting"
    blinks = [int(line.split()[1]) for line in lines if re.fullmatch(r"blink: \d+", line)]
    assert blinks == list(range(10, 10 * len(blinks) + 1, 10))


def test_writers_lines_are_whole(together):
    for letter in "ab":
        lines = [line for line in together.lines if re.match(rf"{letter}\d\d ", line)]
        assert [int(line[1:3]) for line in lines] == list(range(WRITER_LINES))
        for line in lines:
            assert re.fullmatch(rf"{letter}\d\d {letter}+", line)
            assert len(line) == WRITER_LINE - 1
    # Whatever else there is: no piece of such a line anywhere else.
    rest = [line for line in together.lines if not re.match(r"[ab]\d\d ", line)]
    assert not [line for line in rest if "aaaa" in line or "bbbb" in line]


def test_saboteur_is_caught(together):
    text = together.text
    reports = re.findall(r"\nprocess saboteur \(pid (\d+)\) faulted: ([^\n]+)\n(.*?)\nprocess saboteur (\w+)\n", text, re.S)
    assert [end for *_, end in reports] == ["restarts"] * boards.RESTARTS + ["stopped"]
    pids = [int(pid) for pid, *_ in reports]
    assert pids == sorted(set(pids)), "each life has a number of its own"
    for _, cause, body, _ in reports:
        assert re.fullmatch("[a-z][a-z ,']+", cause, re.I), "the cause is in words"
        assert re.search(r"^  (address 0x[0-9a-f]{8}: .+; )?status 0x[0-9a-f]+$", body, re.M)
        assert re.search(r"\bsp   [0-9a-f]{8}\b", body)
        if "stack" in cause and "pc   --------" in body:
            assert together.board.name == "lm3s6965evb", "only there it would be on the stack"
            assert re.search(r"\br4   [0-9a-f]{8}  r5   [0-9a-f]{8}\b", body)
        else:
            assert re.search(r"\bpc   [0-9a-f]{8}\b", body)
        check_map(body, together.board)
        assert re.search(r"^  system calls \d+, upcalls dropped \d+, slices expired \d+, restarts \d$", body, re.M)
    assert any("address 0x" in body for _, _, body, _ in reports)
    assert text.count("faulted: ") == boards.RESTARTS + 1, "nobody else faults"


def check_map(report, board):
    """The borders' addresses fall, and the parts between them have the sizes that are told."""
    borders = [int(each, 16) for each in re.findall(r"^  ([0-9a-f]{8}) \+-+\+", report, re.M)]
    sizes = [int(each) for each in re.findall(r"^ +\| [a-z ,]+?(\d+) *\|", report, re.M)]
    flash = board.number("APP_FLASH_START") + 5 * board.number("APP_FLASH_SLOT")
    ram = board.number("APP_RAM_START") + 5 * board.number("APP_RAM_SLOT")
    assert ram in borders and flash in borders
    end_of_ram = borders.index(ram) + 1
    steps = [high - low for part in (borders[:end_of_ram], borders[end_of_ram:]) for high, low in zip(part, part[1:])]
    assert steps == sizes
    assert all(step > 0 for step in steps)


def test_saboteur_is_refused(together):
    """First it passes bad pointers to every system call that takes one; none gets it anything."""
    told = [line for line in together.lines if line.startswith("saboteur: ")]
    tried = [re.fullmatch(r"saboteur: (\d+) bad pointers, all refused", line) for line in told[0::2]]
    assert len(tried) == boards.RESTARTS + 1
    assert all(each and int(each[1]) >= 100 for each in tried)
    assert all(re.fullmatch(r"saboteur: now [a-z' ]+", line) for line in told[1::2])
    assert len(set(told[1::2])) > 1, "not the same attack in each life"

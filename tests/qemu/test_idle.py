"""Who sleeps is left alone: the kernel has no tick.

QEMU runs on a virtual clock that jumps over the time nothing happens, and tells each time that the
kernel's sleep instruction is executed: once for each time that the kernel goes to sleep.
"""

import re

import board as boards
import pytest

FOR_THE_PROMPT = 3  # its alarm, and to see the serial port done: the line before it may have to be ended

OPTIONS = ["-icount", "shift=0,sleep=off", "-singlestep", "-d", "exec,nochain"]


def sleep_instructions(board):
    code = boards.run(board.variables["TOOL_PREFIX"] + "objdump", "-d", "--no-show-raw-insn", board.kernel)
    return [int(address, 16) for address in re.findall(r"^\s*([0-9a-f]+):\s+wfi\b", code, re.M)]


def count_executed(log):
    text = log.read_text()
    return len(re.findall("^Trace", text, re.M)) - len(re.findall("^Stopped execution", text, re.M))


def boot_counting(boot, board, image, log):
    ranges = ",".join(f"{at:#x}+2" for at in sleep_instructions(board))
    return boot(board, image, [*OPTIONS, "-dfilter", ranges, "-D", str(log)])


@pytest.mark.parametrize("seconds", [1, 20])
@pytest.mark.parametrize("sleepers", [1, 3])
def test_sleep_is_not_interrupted(seconds, sleepers, board, boot, tmp_path):
    """The kernel wakes for each one's alarm, for the process console's prompt and to see the serial port
    done, however long the sleep."""
    log = tmp_path / "sleeps"
    nap = board.program(tmp_path, "nap", seconds)
    flash = b"".join(boards.small_application(nap, f"nap_{number}") for number in range(sleepers))
    machine = boot_counting(boot, board, board.raw_image(tmp_path, flash), log)
    for _ in range(2 * sleepers):
        machine.expect(r"prints 0x[12]\r?\n")
    machine.close()
    said = [int(each, 16) for each in re.findall(r"prints 0x([12])\b", machine.text)]
    assert said == [1] * sleepers + [2] * sleepers
    assert 1 <= count_executed(log) <= 2 + 2 * sleepers + FOR_THE_PROMPT


def test_each_beat_is_counted(board, boot, tmp_path):
    """That the test above counts what it says: ten beats are ten sleeps, and some for the writing. Time goes on
    while the test ends the machine, so that there may be more of them; the last one may not be out."""
    log = tmp_path / "sleeps"
    machine = boot_counting(boot, board, board.image(tmp_path, [board.application("bystander", 0)]), log)
    machine.expect(r"bystander: alive 10\b")
    machine.close()
    beats = machine.text.count("bystander: alive ")
    assert 10 <= beats <= count_executed(log) <= (beats + 1) * 6

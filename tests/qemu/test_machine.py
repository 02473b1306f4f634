"""The tests' own machine."""

import array
import fcntl
import termios
import time

FULL = 200  # bytes; Linux takes not many more of them one at a time


def waiting(socket):
    """Bytes that have come and that nobody has read."""
    count = array.array("i", [0])
    fcntl.ioctl(socket, termios.FIONREAD, count)
    return count[0]


def test_monitor_answers_although_nobody_reads_the_serial_port(board, boot, tmp_path):
    names = ("hello", "blink", "counter", "writer_a", "writer_b", "saboteur")
    applications = [board.application(name, slot) for slot, name in enumerate(names)]
    machine = boot(board, board.image(tmp_path, applications))
    while waiting(machine._serial) < FULL:
        time.sleep(0.01)
    for _ in range(100):
        machine.read_word(board.symbols["kernel"])
    machine.expect_all(r"process saboteur stopped", r"\na19 a+", r"\nb19 b+")

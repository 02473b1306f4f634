"""An hour of virtual time with four applications that come and go, write, wait and fail. Nothing leaks,
nothing is lost in silence.

QEMU's clock counts instructions and jumps over the time that nobody uses, so that an hour takes seconds.
ENDURANCE_HOURS in the environment, or `make endurance`, makes it longer: up to RESTARTS + 1 hours, which
is how often churn_timer may fault.
"""

import os
import re
import shlex
import subprocess
import time

import board as boards
import pytest

HOURS = int(os.environ.get("ENDURANCE_HOURS", "1"))

# As the applications' sources have it.
FLOOD_EVENTS, QUEUE = 14, 10
FURTHER_PLACES = (QUEUE - 2) * 16  # bytes: kernel/process.h, UPCALL_RESERVE and struct upcall
BEATS_IN_AN_HOUR = 720
BURST, BURST_TAG = 9, 0xBEAD
FAULTS = boards.RESTARTS + 1
LIVES_IN_AN_HOUR = 3600 // 11


NAMES = ("churn_timer", "churn_writer", "churn_fault", "churn_restart")
PATIENCE_S = 120  # for the next word of the machine's; only bounds how long a failure takes

# The hour ends with the report of churn_timer's fault; then the writer goes on.
END_OF_HOUR = r"process churn_timer (?:restarts|stopped)\r?\n(?s:.*?)churn_writer: \d+ w*\r?\n"


def run_hours(command, log):
    """What the machine said until the end of the last hour. The port is a file, which takes all at once: QEMU
    with a clock that jumps does not come to see that a socket has room again."""
    text, silent_since = "", time.monotonic()
    qemu = subprocess.Popen([*command, "-serial", f"file:{log}", "-monitor", "none"], stdin=subprocess.DEVNULL)
    try:
        while len(ends := list(re.finditer(END_OF_HOUR, text))) < HOURS:
            assert qemu.poll() is None and "kernel panic" not in text, text[-2000:]
            assert time.monotonic() - silent_since < PATIENCE_S, text[-2000:]
            time.sleep(0.2)
            if len(said := log.read_text("latin-1") if log.exists() else "") > len(text):
                text, silent_since = said, time.monotonic()
    finally:
        qemu.kill()
        qemu.wait()
    return text[: ends[HOURS - 1].end()].replace("\r\n", "\n")


@pytest.fixture(scope="module", params=boards.BOARD_NAMES)
def transcript(request, tmp_path_factory):
    board = boards.board(request.param)
    directory = tmp_path_factory.mktemp("endurance")
    image = board.image(directory, [board.application(name, slot) for slot, name in enumerate(NAMES)])
    command = shlex.split(board.variables["QEMU"]) + [str(image), "-icount", "shift=6,sleep=off"]
    return run_hours(command, directory / "port")


def numbers(pattern, text):
    """The groups of every line that matches, as numbers."""
    found = re.findall(f"^{pattern}$", text, re.M)
    return [tuple(int(each, 0) for each in (line if isinstance(line, tuple) else (line,))) for line in found]


def test_time_passes_and_nobody_wakes_early(transcript):
    told = numbers(r"churn_timer: (\d+) s, sleeps (\d+), early (\d+), .*", transcript)
    assert sum(seconds == 3600 for seconds, _, _ in told) == HOURS
    assert all(early == 0 for _, _, early in told)
    assert max(sleeps for _, sleeps, _ in told) > 300


def test_free_memory_stays_as_it_was(transcript):
    """What each application has left is the same in all lives, at their start and at their end. A flood of events takes
    the queue's further places, once in a life."""
    enough = {"churn_timer": 6 * HOURS, "churn_writer": HOURS + 1, "churn_fault": 15, "churn_restart": 300 * HOURS}
    for name, least in enough.items():
        free = [left for (left,) in numbers(rf"{name}: .*\bfree (\d+)", transcript)]
        assert len(free) >= least, name
        taken = FURTHER_PLACES if name == "churn_timer" else 0
        assert set(free) == {free[0], free[0] - taken} and free[0] > taken, name


def test_every_dropped_upcall_is_counted(transcript):
    """The floods bring as many events as the queue has room for; the kernel's count is of the others."""
    ends = numbers(r"churn_timer: 3600 s, .*, events (\d+), arrived (\d+), free \d+", transcript)
    reports = re.findall(r"^process churn_timer \(pid \d+\) faulted: .*?^process churn_timer ", transcript, re.M | re.S)
    counted = [int(re.search(r"upcalls dropped (\d+)", report)[1]) for report in reports]
    assert len(ends) == len(counted) == HOURS
    for (events, arrived), dropped in zip(ends, counted, strict=True):
        assert events > 100 and events * QUEUE == arrived * FLOOD_EVENTS
        assert events == arrived + dropped


def test_every_line_is_whole(transcript):
    """Those of the writer, numbered without a gap, with as many letters as each has."""
    lines = re.findall(r"^churn_writer: (\d+) (w*)$", transcript, re.M)
    assert len(lines) >= HOURS * BEATS_IN_AN_HOUR - 2
    assert [int(number) for number, _ in lines] == list(range(1, len(lines) + 1))
    assert all(len(letters) == int(number) * 37 % 120 for number, letters in lines)


def told_until(transcript, hour):
    """What came before the writer's totals of that hour."""
    return "churn_writer: an hour".join(transcript.split("churn_writer: an hour")[: hour + 1])


def test_writes_and_reads_end(transcript):
    totals = numbers(
        r"churn_writer: an hour, lines (\d+), wrong (\d+), withdrawn (\d+), cancelled (\d+), .*", transcript
    )
    assert len(totals) == HOURS
    for hour, (lines, wrong, withdrawn, cancelled) in enumerate(totals):
        beats = (hour + 1) * BEATS_IN_AN_HOUR - 1
        assert (lines, wrong) == (beats, 0)
        assert 0 < withdrawn == told_until(transcript, hour).count("~")
        # While churn_fault lies dead, its read is nobody's; while it is reported, it is still its own.
        assert beats // 5 - FAULTS <= cancelled <= beats // 5


def test_every_debug_message_is_printed_or_counted(transcript):
    """Of the writer's life, up to the last message before its totals."""
    before = told_until(transcript, HOURS - 1)
    writer = re.search(r"App (0x[0-9a-f]+) alert code 0x0", transcript)[1]
    printed = len(re.findall(rf"^LowLevelDebug: App {writer} prints {BURST_TAG:#x}$", before, re.M))
    dropped = sum(count for (count,) in numbers(rf"LowLevelDebug: Dropped (0x[0-9a-f]+) entries for app {writer}", before))
    sent = numbers(r"churn_writer: an hour, .* messages (\d+), .*", transcript)[-1][0]
    assert sent == HOURS * (BEATS_IN_AN_HOUR // 12 - 1) * BURST + (HOURS - 1) * BURST
    assert printed + dropped == sent


def test_faults_and_restarts_go_on(transcript):
    """Each fault is reported once and settled once; each life has a number of its own."""
    ends = re.findall(r"^process churn_fault (restarts|stopped)$", transcript, re.M)
    assert ends == ["restarts"] * boards.RESTARTS + ["stopped"]
    assert len(re.findall(r"^process churn_fault \(pid \d+\) faulted: ", transcript, re.M)) == FAULTS
    lives = [int(life, 16) for life in re.findall(r"App 0x([0-9a-f]+) prints 0x11fe$", transcript, re.M)]
    assert len(lives) >= LIVES_IN_AN_HOUR * HOURS
    assert lives == sorted(set(lives))
    faulted = set(re.findall(r"^process (\w+) .*faulted", transcript, re.M))
    assert faulted == {"churn_fault", "churn_timer"}

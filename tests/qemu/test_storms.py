"""Interrupts as fast as they can come: timers that are due at once, set by two processes; input that does not end,
which the process console echoes and answers; an application that reads; console output on top of it. Everybody
makes progress, and nothing is lost."""

import re

import pytest

COMMAND = "status\r"
COMMANDS = 150
PROGRESS = r"LowLevelDebug: App 0x4 prints 0x[0-9a-f]+ 0x([0-9a-f]+)"  # of counter: how far it has come


@pytest.fixture
def storm(board, boot_applications):
    """storm("echo_back") boots it with others, and lets it begin."""

    def start(*names, ready=()):
        machine = boot_applications(board, "bystander", "storm", "storm", "counter", *names)
        machine.expect_all(r"tock\$ ", r"storm 0x\w+: line 2,", r"bystander: alive 2\b", *ready)
        return machine

    return start


def expect_beats(machine, count=3):
    for _ in range(count):
        machine.expect(r"bystander: alive \d+\r?\n")


def expect_progress(text, since):
    """That everybody has got on since so many characters, and is well."""
    beats = [int(beat) for beat in re.findall(r"bystander: alive (\d+)\n", text)]
    assert beats == list(range(1, len(beats) + 1))
    counts = [int(count, 16) for count in re.findall(PROGRESS, text)]
    assert counts == sorted(set(counts))
    during = text[since:]
    assert len(set(re.findall(r"storm (0x\w+): line", during))) == 2
    assert len(re.findall(r"bystander: alive", during)) >= 3
    assert len(re.findall(PROGRESS, during)) >= 2
    for place in set(re.findall(r"storm (0x\w+): line", text)):
        told = re.findall(rf"storm {place}: line (\d+), set (\d+), came (\d+)\n", text)
        assert [tuple(map(int, line)) for line in told] == [(n, 50 * n, 50 * n) for n in range(1, len(told) + 1)]
    assert not re.search("CORRUPT|faulted|panic", text)


def expect_no_drops(machine):
    """What the kernel counts as dropped is nothing, for each process."""
    machine.send("stats\r")
    machine.expect(r"Upcalls   Dropped\r\n")
    rows = machine.expect(r"(?s)(.*?)tock\$ ")[1].replace("\r\n", "\n")
    dropped = re.findall(r"(?m)^ \d+ +\w+ .* (\d+)$", rows)
    assert len(dropped) >= 4 and set(dropped) == {"0"}


def test_input_flood_over_timer_storm(storm):
    """So many commands, as fast as the machine takes them: a byte lost would be a command less, or another one."""
    machine = storm()
    since = len(machine.text)
    machine.flood(COMMAND * COMMANDS)
    for _ in range(2):
        machine.expect(PROGRESS)
    answer = "Total processes: 4\nActive processes: 4\nTimeslice expirations: "
    while machine.text.count(answer) < COMMANDS:
        expect_beats(machine, 1)
    expect_beats(machine)
    assert machine.text.count(answer) == COMMANDS
    assert not re.search("Valid commands|PID", machine.text)
    expect_progress(machine.text, since)
    expect_no_drops(machine)


def test_input_flood_with_a_reader(storm):
    """An application that reads gets a piece of the flood each time, without a gap in it. (Between its reads, bytes
    are not kept for it, and while it reads they are not for the console if that has no room.)"""
    machine = storm("echo_back", ready=["echo_back: ready"])
    since = len(machine.text)
    while len(re.findall(r"echo_back: (?s:.{8}) ok\n", machine.text)) < 10:
        machine.flood(COMMAND * 20)
        expect_beats(machine, 1)
    for _ in range(2):
        machine.expect(PROGRESS)
    expect_beats(machine)
    reads = re.findall(r"echo_back: ((?s:.{8})) ok\n", machine.text)
    assert all(read in COMMAND * 3 for read in reads), reads
    assert "CUT SHORT" not in machine.text
    expect_progress(machine.text, since)


def restarts(machine):
    """Of restart_storm, by the table of `list`."""
    machine.send("list\r")
    row = machine.expect(r" \d+ +Unique +restart_storm +\d+ +\d+ +(\d+) +\d+/ ?\d+   (\w+)")
    machine.expect(r"tock\$ ")
    assert row[2] != "Terminated"
    return int(row[1])


def test_restart_storm(board, boot_applications):
    """An application that restarts as often as it can: others do not notice, and it can be ended and begun anew."""
    machine = boot_applications(board, "bystander", "restart_storm", "storm", "hello")
    machine.expect_all(r"tock\$ ", r"storm 0x\w+: line 5,", r"bystander: alive 2\b")
    before = restarts(machine)
    expect_beats(machine)
    assert restarts(machine) > before + 20
    machine.send("terminate restart_storm\r")
    machine.expect(r"Process restart_storm terminated\r\n")
    expect_beats(machine)
    machine.send("boot restart_storm\r")
    expect_beats(machine)
    assert restarts(machine) > before + 20
    told = re.findall(r"storm 0x\w+: line (\d+), set (\d+), came (\d+)\n", machine.text)
    assert [tuple(map(int, line)) for line in told] == [(n, 50 * n, 50 * n) for n in range(1, len(told) + 1)]
    beats = [int(beat) for beat in re.findall(r"bystander: alive (\d+)\n", machine.text)]
    assert beats == list(range(1, len(beats) + 1))
    assert not re.search("CORRUPT|faulted|panic", machine.text)

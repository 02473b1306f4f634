"""Each scheduler, seen from applications. The clock counts instructions (-icount), so that what is seen does
not depend on how fast the machine is that runs the tests."""

import re

import pytest

ICOUNT = ("-icount", "shift=7")
MARK = 0x1000


def boot_with(scheduler, board, boot_applications, *names):
    kernel = board.variant(scheduler, SCHEDULER=scheduler)
    return boot_applications(board, *names, kernel=kernel, options=ICOUNT)


def printed(machine, process):
    """All numbers that the process has printed by low-level debug."""
    return [int(each, 16) for each in re.findall(rf"App {process:#x} prints 0x([0-9a-f]+)\n", machine.text)]


def runs(machine, process):
    """Of these, how many milliseconds it had the processor each time."""
    return [number for number in printed(machine, process) if number < MARK]


def expect_marks(machine, process, count):
    for _ in range(count):
        machine.expect(rf"App {process:#x} prints 0x10[0-9a-f]{{2}}\r?\n")


def test_round_robin(board, boot_applications):
    """Two that never yield have 10 ms each in turn, and one that sleeps in between comes to its turns."""
    machine = boot_with("round_robin", board, boot_applications, "slices", "slices", "bystander")
    expect_marks(machine, 2, 3)
    machine.expect(r"bystander: alive \d+")
    for process in (1, 2):
        lengths = runs(machine, process)
        assert len(lengths) > 20
        assert set(lengths) <= {9, 10}, lengths


def test_cooperative(board, boot_applications):
    """Who never yields is never interrupted for others."""
    machine = boot_with("cooperative", board, boot_applications, "hello", "slices", "bystander")
    machine.expect_text("Hello from Detent!")
    expect_marks(machine, 2, 4)
    assert runs(machine, 2) == []
    assert "bystander" not in machine.text


def test_priority(board, boot_applications):
    """Who comes first in flash has the processor whenever it wants it; who comes behind one that always wants
    it gets none."""
    machine = boot_with("priority", board, boot_applications, "bystander", "slices", "bystander")
    expect_marks(machine, 2, 4)
    alive = [int(each) for each in re.findall(r"bystander: alive (\d+)\n", machine.text)]
    assert len(alive) >= 10
    assert alive == sorted(set(alive))  # the one in the third place has said nothing
    assert runs(machine, 2) == []


def test_multilevel(board, boot_applications):
    """Two that never yield sink: 10 ms, 20 ms, then 50 ms each time; after 5 seconds they begin again at the
    top."""
    machine = boot_with("multilevel", board, boot_applications, "slices", "slices")
    expect_marks(machine, 1, 11)
    expect_marks(machine, 2, 1)
    for process in (1, 2):
        lengths = [round(each / 10) * 10 for each in runs(machine, process)]
        assert lengths[:3] == [10, 20, 50], lengths
        again = lengths.index(10, 3)
        assert set(lengths[3:again]) == {50}, lengths
        assert lengths[again : again + 3] == [10, 20, 50], lengths


def test_multilevel_serves_who_mostly_sleeps(board, boot_applications):
    """It runs when its time has come, whatever the slices of the others: ten times a second."""
    machine = boot_with("multilevel", board, boot_applications, "slices", "slices", "bystander")
    expect_marks(machine, 1, 4)
    assert len(re.findall(r"bystander: alive", machine.text)) >= 18


@pytest.mark.parametrize("scheduler", ["cooperative", "priority", "multilevel"])
def test_a_fault_is_dealt_with(scheduler, board, boot, tmp_path):
    """Report, restarts, stop: under every scheduler, and who sleeps meanwhile goes on."""
    kernel = board.variant(scheduler, SCHEDULER=scheduler)
    applications = [board.application("bystander", 0), board.application("attack_write_kernel_ram", 6)]
    machine = boot(board, board.image(tmp_path, applications, kernel=kernel))
    machine.expect(r"process attack_write_kernel_ram stopped\r?\n")
    machine.expect_beats()

"""Every test that takes `board` runs on every board. A failed test shows all that its machines said."""

import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]

import board as boards  # noqa: E402
from machine import Machine  # noqa: E402


@pytest.fixture(params=boards.BOARD_NAMES)
def board(request):
    return boards.board(request.param)


@pytest.fixture
def boot(request):
    """boot(board, image, ...) starts a machine, which ends with the test."""
    machines = request.node.machines = []

    def start(*arguments, **options):
        machines.append(Machine(*arguments, **options))
        return machines[-1]

    yield start
    for machine in machines:
        machine.close()


@pytest.fixture
def boot_applications(boot, tmp_path):
    """boot_applications(board, "hello", "blink") puts each into the slot of its position."""

    def start(board, *names, kernel=None, **options):
        files = [board.application(name, slot) for slot, name in enumerate(names)]
        return boot(board, board.image(tmp_path, files, kernel=kernel), **options)

    return start


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.failed:
        for machine in getattr(item, "machines", []):
            report.sections.append((f"what {machine.board.name} said", machine.text))

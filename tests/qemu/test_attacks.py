"""Each attack of userland/apps/attack beside a bystander: it ends as its source says, and the
bystander is as well afterwards as before."""

import re

import board as boards
import pytest

ATTACK_SLOT = 6  # `make apps` links them for it

BOARD_ATTACKS = [(name, attack) for name in boards.BOARD_NAMES for attack in boards.Board(name).attacks]


ENDS = {"faulted: ": "fault", "SURVIVED": "survives", "REFUSED": "refused", "BREACH": "breach"}
ANY_END = "|".join(ENDS)


def expect_all_lives(machine, name):
    """Every life of the attacker ends in a fault, until there is none left."""
    for life in range(boards.RESTARTS + 1):
        if life > 0:
            assert machine.expect(ANY_END)[0] == "faulted: "
        end = "stopped" if life == boards.RESTARTS else "restarts"
        assert machine.expect(rf"\nprocess attack_{name} (stopped|restarts)\r?\n")[1] == end
    reports = re.findall(rf"^process attack_{name} \(pid \d+\) faulted: [a-z].+$", machine.text, re.M)
    assert len(reports) == boards.RESTARTS + 1
    assert machine.lines.count(f"attack {name}: begin") == boards.RESTARTS + 1


def expect_bystander(machine):
    """Two beats, the second of which certainly began after what came before."""
    beats = [int(machine.expect(r"bystander: alive (\d+)\r?\n")[1]) for _ in range(2)]
    assert beats[1] == beats[0] + 1


@pytest.mark.parametrize("board_name, attack", BOARD_ATTACKS)
def test_attack(board_name, attack, boot, tmp_path):
    board = boards.board(board_name)
    expected = boards.attack_expectation(attack, board.arch)
    neighbours = ["bystander", *boards.attack_companions(attack)]
    files = [board.application(name, slot) for slot, name in enumerate(neighbours)]
    image = board.image(tmp_path, [*files, board.application(f"attack_{attack}", ATTACK_SLOT)])
    machine = boot(board, image)
    end = machine.expect(ANY_END)[0]
    assert ENDS[end] == expected
    if expected == "fault":
        expect_all_lives(machine, attack)
    else:
        machine.expect(r"\n")
        assert f"attack {attack}: {end}" in machine.lines
    expect_bystander(machine)

    assert "CORRUPT" not in machine.text
    assert not re.search("process bystander .* faulted", machine.text)
    assert set(re.findall(ANY_END, machine.text)) == {end}, "it ends in this way alone"


@pytest.mark.parametrize("board_name", boards.BOARD_NAMES)
def test_there_are_enough_attacks(board_name):
    assert len(boards.board(board_name).attacks) >= 30

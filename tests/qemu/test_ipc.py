"""Processes that find, notify and share memory with each other. Attacks on that are in test_attacks.py."""

import re

import board as boards
import pytest

PLACES = 5  # buffers of others that a process can reach at a time: PROTECTION_SHARES


@pytest.mark.parametrize("order", [("rot13_service", "rot13_client"), ("rot13_client", "rot13_service")])
def test_rot13(board, boot_applications, order):
    """The service changes the client's own memory, again and again; whoever starts first."""
    machine = boot_applications(board, "bystander", *order)
    for _ in range(3):
        machine.expect(r"rot13_client: Uryyb Jbeyq!\r?\n")
        machine.expect(r"rot13_client: Hello World!\r?\n")
    machine.expect(r"bystander: alive \d+")
    assert "faulted" not in machine.text


def test_no_service(board, boot_applications):
    machine = boot_applications(board, "rot13_client", "bystander")
    machine.expect(r"rot13_client: no service, error 11\r?\n")
    machine.expect(r"bystander: alive \d+")


def test_two_services(board, boot_applications):
    """Names are told apart, and a client of one does not hear of the other."""
    machine = boot_applications(board, "counter_client", "rot13_client", "rot13_service", "counter_service")
    machine.expect(r"counter_client: counted 3 times, the last as number 3\r?\n")
    machine.expect(r"rot13_client: Hello World!\r?\n")
    machine.expect(r"rot13_client: Uryyb Jbeyq!\r?\n")
    assert "faulted" not in machine.text


def test_many_clients(board, boot_applications):
    """All are answered; those that find no room are not served, and nobody is harmed."""
    clients = PLACES + 1
    machine = boot_applications(board, "counter_service", *["counter_client"] * clients)
    line = r"counter_client: counted (\d+) times, the last as number (\d+)\r?\n"
    seen = [tuple(int(each) for each in machine.expect(line).groups()) for _ in range(clients)]
    served = [number for count, number in seen if count == 3]
    assert sorted(served)[-1] == 3 * PLACES
    assert len(set(served)) == PLACES
    assert [each for each in seen if each[0] != 3] == [(0, 0)]
    assert "faulted" not in machine.text


ENDINGS = {"x": "exits", "r": "restarts", "f": "faults", "b": "takes its buffer back"}


def ram_of(board, slot):
    start = board.number("APP_RAM_START") + slot * board.number("APP_RAM_SLOT")
    return range(start, start + board.number("APP_RAM_SLOT"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_other_side_goes(board, boot_applications, ending):
    """lender reads a buffer of leaver's until leaver ends, in one way or another: then that is a fault of
    lender's, at an address in leaver's memory."""
    machine = boot_applications(board, "bystander", "lender", "leaver")
    machine.expect(r"leaver: shares; how to end\?")
    for _ in range(3):
        machine.expect(r"lender: reads 77\r?\n")
    machine.send(ending)
    machine.expect(r"process org\.detent\.tests\.lender \(pid \d+\) faulted: (accessed|read) memory it may not")
    address = int(machine.expect(r"address (0x[0-9a-f]+): RAM of process leaver")[1], 16)
    assert address in ram_of(board, 2)
    machine.expect(r"process org\.detent\.tests\.lender restarts\r?\n")
    assert set(re.findall(r"lender: reads (\d+)\n", machine.text)) == {"77"}
    machine.expect_beats()
    assert "CORRUPT" not in machine.text


def test_the_other_side_stays(board, boot_applications):
    """As above, but leaver goes on: then lender reads on."""
    machine = boot_applications(board, "bystander", "lender", "leaver")
    machine.expect(r"leaver: shares; how to end\?")
    machine.send("y")
    for _ in range(5):
        machine.expect(r"lender: reads 77\r?\n")
    assert "faulted" not in machine.text

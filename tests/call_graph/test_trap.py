"""A trap of a capsule stops the kernel, which says where; so does the build, of the address."""

import re
import subprocess

import board as boards
import pytest
from gdb_stub import GdbStub
from machine import Machine


@pytest.fixture(params=boards.BOARD_NAMES)
def board(request):
    return boards.board(request.param)


def fill_ports(machine, stub, end):
    """Copies the last port to the empty places behind it, so that the index is what goes wrong first."""
    last = end - 4
    while machine.read_word(last) == 0:
        last -= 4
    for place in range(last + 4, end, 4):
        stub.write_word(place, machine.read_word(last))


def trap_report(board, tmp_path):
    """What the kernel says when a multiplexer believes to have more ports than there is room for."""
    door = tmp_path / "gdb"
    image = board.image(tmp_path, [board.application("hello", 0)])
    with Machine(board, image, options=["-S", *GdbStub.options(door)]) as machine:
        stub = GdbStub(door)
        stub.run_to(board.symbols["kernel_system_call"])
        mux = board.symbols["uart_mux"] + boards.offset_of(board, "capsules/virtual_uart.h", "virtual_uart_mux", "count")
        fill_ports(machine, stub, mux)
        stub.write_word(mux, 1000)
        stub.go_on()
        machine.expect_panic("fault in the kernel")
        return machine.text


def test_trap_is_named(board, tmp_path):
    report = trap_report(board, tmp_path)
    address = re.search(r"program counter (0x[0-9a-f]{8})", report)[1]
    command = ["make", "--quiet", f"BOARD={board.name}", "where", f"PC={address}"]
    place = subprocess.run(command, cwd=boards.ROOT, text=True, capture_output=True, check=True).stdout
    match = re.fullmatch(r"capsules/virtual_uart\.c:(\d+) in (mux_\w+)\(\)\n", place)
    assert match, place
    line = (boards.ROOT / "capsules/virtual_uart.c").read_text().splitlines()[int(match[1]) - 1]
    assert "mux->ports[" in line
    told = re.search(r"^  trap at capsules/virtual_uart\.c:(\d+)$", report, re.M)
    assert told and int(told[1]) == int(match[1]), "the panic itself names the place"

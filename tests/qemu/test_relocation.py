"""One binary of each application, placed by the image tool wherever there is room: any order, any neighbours."""

import pytest


@pytest.mark.parametrize("names", [("hello", "probe"), ("probe", "writer_a", "hello"), ("saboteur", "hello", "probe")], ids="-".join)
def test_any_order(names, board, boot, tmp_path):
    """probe checks the ABI to the register, and with it the addresses of its own code, data and stack."""
    machine = boot(board, board.image(tmp_path, [board.relocatable(name) for name in names]))
    machine.expect_all(r"Hello from Detent!", r"probe: \d+ checks, 0 failed, \d+ skipped(?=\r?\n)")


@pytest.mark.parametrize("far", [0x4000, 0x9000, 0x11000])
def test_several_addresses(far, board, boot, tmp_path):
    """The same file at an address that was asked for."""
    machine = boot(board, board.image(tmp_path, [f"{board.relocatable('hello')}@{board.apps_start + far:#x}"]))
    machine.expect(r"Hello from Detent!")

"""Processes from their start to their end."""

import re

import board as boards
import pytest

PROCESS_SLOTS = 8  # boards/*/board.mk


def test_probe_finds_all_as_documented(board, boot_applications):
    """The application `probe` checks the whole system-call interface from inside."""
    machine = boot_applications(board, "probe")
    checks, failed = machine.expect(r"probe: (\d+) checks, (\d+) failed").groups()
    results = re.findall(r"^probe (\d+): (ok|skipped)", machine.text, re.M)
    assert failed == "0"
    assert [int(number) for number, _ in results] == list(range(1, int(checks) + 1))
    assert sum(result == "ok" for _, result in results) >= 30


def test_exit_terminates(board, boot_applications):
    """hello prints and exits. It stays away, and that is no fault."""
    machine = boot_applications(board, "hello", "bystander")
    for _ in range(5):
        machine.expect(r"bystander: alive \d+")
    assert machine.text.count("Hello") == 1
    assert "process " not in machine.text


def test_exit_restarts(board, boot_applications):
    """restart_me looks for remains of its last life in each new one, and every life has a new number.
    Restarts that it asks for itself do not count against a limit."""
    machine = boot_applications(board, "bystander", "restart_me")
    for _ in range(8):
        assert machine.expect(r"restart_me: ([^\r\n]*)\r?\n")[1] == "a clean life"
    lives = [int(each, 16) for each in re.findall(r"App 0x([0-9a-f]+) prints 0x40\n", machine.text)]
    assert lives == list(range(2, 2 + len(lives)))
    assert len(lives) >= 8
    machine.expect(r"bystander: alive \d+")


@pytest.mark.parametrize("end", [0, 1], ids=["exit_restart", "fault"])
def test_no_register_outlives_a_life(end, board, boot, tmp_path):
    """A life that has filled all of its registers is followed by one that finds zeros."""
    flash = boards.small_application(board.program(tmp_path, "reborn", end), "reborn")
    machine = boot(board, board.raw_image(tmp_path, flash))
    for _ in range(4):
        machine.expect(r"prints 0x[0-9a-f]+\r?\n")
    found = re.findall(r"App 0x([0-9a-f]+) prints 0x([0-9a-f]+)\n", machine.text)
    assert [(int(life, 16), int(registers, 16)) for life, registers in found[:4]] == [(life, 0) for life in range(1, 5)]


def test_console_input_comes_back(board, boot_applications):
    machine = boot_applications(board, "echo_back", "bystander")
    machine.expect_text("echo_back: ready, 8 bytes at a time")
    for typed in ("12345678", "Detent!.", " \t~{}[]$"):
        machine.expect_beats()
        machine.send(typed)
        machine.expect_text(f"echo_back: {typed} ok")


def test_console_input_in_pieces(board, boot_applications):
    """A read ends when all of its bytes have come, whenever they come."""
    machine = boot_applications(board, "echo_back", "bystander")
    machine.expect_text("echo_back: ready")
    machine.expect_beats()
    machine.send("abc")
    for _ in range(2):
        machine.expect(r"bystander: alive \d+")
    assert "echo_back: abc" not in machine.text
    machine.send("defgh")
    machine.expect_text("echo_back: abcdefgh ok")


def test_process_table_full(board, boot, tmp_path):
    """As many as there are slots run; one line tells of the first that finds none."""
    flash = b"".join(
        boards.small_application(board.program(tmp_path, "say", 0x100 + number), name=f"small_{number}")
        for number in range(PROCESS_SLOTS + 2)
    )
    machine = boot(board, board.raw_image(tmp_path, flash))
    for _ in range(PROCESS_SLOTS):
        machine.expect(r"prints 0x1[0-9a-f]{2}\b")
    said = [int(each, 16) for each in re.findall(r"prints 0x([0-9a-f]+)", machine.text)]
    assert sorted(said) == [0x100 + number for number in range(PROCESS_SLOTS)]
    refused = [line for line in machine.lines if "not started" in line]
    place = board.apps_start + PROCESS_SLOTS * 1024
    assert refused == [
        f"application small_{PROCESS_SLOTS} at {place:#010x} not started: "
        "there are too many; the rest is not looked at"
    ]


@pytest.mark.parametrize("board_name", ["qemu_rv32_virt"])
def test_kernel_and_application_loaded_apart(board_name, boot, tmp_path):
    """As Tock's board of this name is started: the kernel's ELF as firmware, an application's file put
    into the flash by QEMU's loader."""
    board = boards.board(board_name)
    application = board.application("hello", 0)
    loader = f"loader,file={application},addr={board.apps_start:#x},force-raw=on"
    command = ["qemu-system-riscv32", "-machine", "virt", "-nographic", "-bios", board.kernel, "-device", loader]
    machine = boot(board, None, command=command)
    machine.expect_text("Hello from Detent!")
    assert "not started" not in machine.text


def test_registers_are_not_overwritten_from_outside(board, boot_applications):
    """A process has the console put bytes where, on ARM, its registers are while it waits. What returns
    then must not be what somebody typed; on RISC-V there is nothing to overwrite."""
    machine = boot_applications(board, "bystander", "read_over_frame")
    machine.expect(r"read_over_frame: send 64 bytes")
    machine.expect_beats()
    machine.send("E" * 64)
    if board.arch == "armv7m":
        machine.expect(r"process read_over_frame \(pid \d+\) faulted: [a-z]")
        machine.expect(r"process read_over_frame restarts\r?\n")
    else:
        machine.expect(r"read_over_frame: SURVIVED\r?\n")
    machine.expect_beats()
    assert "CORRUPT" not in machine.text
    assert "process bystander" not in machine.text


def test_read_only_state(board, boot_applications):
    """Driver 9 keeps the process's memory up to date: alone, and with another that competes."""
    for others in ((), ("counter",)):
        machine = boot_applications(board, "state_reader", *others)
        for part in ("version", "filled at once", "follows sleeps", "tells of an upcall", "bounded", "taken back"):
            assert machine.expect(r"state_reader: ([^\r\n]*)\r?\n")[1] == part + " ok"

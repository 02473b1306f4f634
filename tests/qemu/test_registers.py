"""What the chip drivers' declarations say about registers after reset, against QEMU's devices: the
machine is stopped before its first instruction, and its monitor reads each register that can be read.

Addresses are those that the board hands out (authority.txt). Where QEMU differs from the data sheet,
the declaration keeps to the data sheet and the difference stands below: it must be there, and no other.
"""

import re
import subprocess

import board as boards

# (block, register): what QEMU says.
DIFFERENCES = {
    # The crystal runs and is the source of the clock.
    ("lm3s_system_control_registers", "run_clock"): 0x078E3AC0,
    # UART0 is open in the wrong register; the hibernation module is not modelled.
    ("lm3s_system_control_registers", "gates_0"): 0x00000001,
    ("lm3s_timer_registers", "load_a"): 0x00000000,
    # The controller is idle.
    ("lm3s_i2c_registers", "status"): 0x00000020,
    # OUT2, which lets the interrupt through in a PC.
    ("qemu_virt_uart16550_registers", "modem_control"): 0x08,
}
WRITE_ONLY = {"qemu_virt_test_registers"}  # blocks without a register that can be read
READABLE = ("read only", "read write", "bits", "read, write 1 to clear")


def declared(board):
    """(block, register, offset, bits, value) for each register with a value to compare."""
    for path in sorted((board.build / "kernel/chips").rglob("*.facts")):
        for line in path.read_text().splitlines():
            match = re.fullmatch(r"register \S+ (\w+)\.(\w+) (\w+) (\d+) (.*):(0x\w+)", line)
            if match and match[5] in READABLE:
                yield match[1], match[2], int(match[3], 0), int(match[4]), int(match[6], 0)


def addresses(board):
    text = (boards.ROOT / "boards" / board.name / "authority.txt").read_text()
    return [(block, int(address, 0)) for block, address in re.findall(r"struct (\w+_registers) at (0x\w+)", text)]


def read_registers(board, places):
    """The words at (address, bits), by QEMU's monitor."""
    letters = {8: "b", 16: "h", 32: "w"}
    commands = "".join(f"xp /1{letters[bits]}x {address:#x}\n" for address, bits in places) + "quit\n"
    qemu = board.variables["QEMU"].replace("-nographic", "-display none -serial null -monitor stdio").split()
    done = subprocess.run(
        [*qemu, board.build / "kernel.elf", "-S"], cwd=boards.ROOT, input=commands, text=True, capture_output=True, timeout=60
    )
    values = [int(value, 0) for value in re.findall(r"^0*[0-9a-f]+: (0x\w+)\r?$", done.stdout, re.M)]
    assert len(values) == len(places), done.stdout + done.stderr
    return values


def test_registers_after_reset(board):
    expected = []
    for block, address in sorted(set(addresses(board))):
        for owner, name, offset, bits, value in sorted(set(declared(board))):
            if owner == block:
                expected.append((block, name, address + offset, bits, DIFFERENCES.get((block, name), value)))
    found = read_registers(board, [(address, bits) for _, _, address, bits, _ in expected])
    wrong = [
        f"{block}.{name} at {address:#x}: QEMU {is_:#x}, expected {should:#x}"
        for (block, name, address, _, should), is_ in zip(expected, found)
        if is_ != should
    ]
    assert not wrong, "\n".join(wrong)
    assert {block for block, *_ in expected} == {block for block, _ in addresses(board)} - WRITE_ONLY
    assert len(expected) >= {"lm3s6965evb": 25, "qemu_rv32_virt": 5}[board.name]


def test_differences_are_none_of_the_data_sheets():
    """A difference that QEMU no longer has would go unnoticed in the test above."""
    values = {
        (block, name): value
        for board in map(boards.board, boards.BOARD_NAMES)
        for block, name, _, _, value in declared(board)
    }
    assert set(DIFFERENCES) <= set(values)
    assert all(values[place] != value for place, value in DIFFERENCES.items())

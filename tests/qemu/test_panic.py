"""The kernel's last words: complete whatever it was doing, and never a second time."""

import re

import board as boards
import pytest
from gdb_stub import GdbStub

# No memory and no device is there. QEMU's LM3S6965 reads zeros from it: a call through a pointer there ends in RAM.
NOWHERE = 0xF0000000
STATES = r"Running|Yielded|YieldedFor\(UpcallId { driver_num: \d+, subscribe_num: \d+ }\)|Faulted|Terminated"


@pytest.fixture
def boot_watched(board, boot, tmp_path):
    """boot_watched("hello") starts these applications and stops at the first system call; a pair of the machine
    and gdb's stub."""

    def start(*names):
        door = tmp_path / "gdb"
        image = board.image(tmp_path, [board.application(name, slot) for slot, name in enumerate(names)])
        machine = boot(board, image, options=["-S", *GdbStub.options(door)])
        stub = GdbStub(door)
        stub.run_to(board.symbols["kernel_system_call"])
        return machine, stub

    return start


def field(board, variable, structure, name):
    """The address of a field of a capsule's."""
    return board.symbols[variable] + boards.offset_of(board, f"capsules/{structure.split('_queue')[0]}.h", structure, name)


def break_console(board, stub):
    """The next time that an application writes, the console's port is nowhere."""
    stub.write_word(field(board, "console", "console", "uart"), NOWHERE)


def check_processes(report, board, names):
    """Each is told once, in the order of the table, with a map that has all of its RAM."""
    told = re.findall(rf"^App: (\S+)   -   \[(?:Stopped\()?(?:{STATES})\)?\]$", report, re.M)
    assert told == list(names)
    for slot, part in enumerate(re.split(r"^App: ", report, flags=re.M)[1:]):
        assert re.search(r"^ Events Queued: \d+   Syscall Count: \d+   Dropped Upcall Count: \d+$", part, re.M)
        borders = [int(each, 16) for each in re.findall(r"^  ([0-9a-f]{8}) \+-+\+", part, re.M)]
        assert board.number("APP_RAM_START") + slot * board.number("APP_RAM_SLOT") in borders
        assert board.number("APP_FLASH_START") + slot * board.number("APP_FLASH_SLOT") in borders


def check_stack(report, board):
    used, size, pointer = (int(each, base) for each, base in (
        (re.search(r"(\d+) of \d+ bytes of stack used", report)[1], 10),
        (re.search(r"of (\d+) bytes of stack used", report)[1], 10),
        (re.search(r"stack pointer 0x([0-9a-f]{8}),", report)[1], 16),
    ))  # fmt: skip
    assert size == board.symbols["_kernel_stack_end"] - board.symbols["_kernel_stack_start"]
    assert used == board.symbols["_kernel_stack_end"] - pointer
    assert 0 < used < size


def function_at(board, digits):
    address = int(digits, 16) & ~1
    below = [(at, name) for name, at in board.symbols.items() if at <= address and not name.startswith(("$", "_"))]
    return max(below)[1]


@pytest.mark.parametrize("applications", [(), ("hello",), ("writer_a", "writer_b", "counter", "hello", "bystander")])
def test_panic_on_request(board, boot_applications, applications):
    """Also while the serial port is busy with what applications write."""
    machine = boot_applications(board, *applications)
    machine.expect_text("tock$ ")
    machine.send("panic\r")
    report = machine.expect_panic(r"Process Console forced a kernel panic\.")
    place = re.search(r"^  program counter 0x([0-9a-f]{8})$", report, re.M)[1]
    assert function_at(board, place) == "process_console_commands_add_row"
    check_stack(report, board)
    check_processes(report, board, applications)
    assert "cause" not in report


def test_fault_in_a_capsule(board, boot_watched):
    """The console's port is nowhere: the report says what happened, where, and to what address."""
    machine, stub = boot_watched("hello", "counter")
    break_console(board, stub)
    stub.go_on()
    report = machine.expect_panic("fault in the kernel")
    match = re.search(r"^  program counter 0x([0-9a-f]{8}), called from 0x([0-9a-f]{8})$", report, re.M)
    if board.arch == "armv7m":
        assert "\n  cause: jumped to an address without the Thumb bit\n  status 0x20000\n" in report
        assert int(match[1], 16) == board.symbols["_kernel_stack_end"], "the first word of the vector table"
        assert function_at(board, match[2]).startswith("console_")
    else:
        assert "\n  cause: read memory it may not\n" in report
        assert "\n  address 0xf0000000: no process's memory, nor the kernel's; status 0x5\n" in report
        assert function_at(board, match[1]).startswith("console_")
    check_stack(report, board)
    check_processes(report, board, ("hello", "counter"))


def test_fault_in_the_report(board, boot_watched):
    """One line tells of it, and that is the end: the machine sleeps."""
    machine, stub = boot_watched("hello")
    stub.write_word(field(board, "panic_report", "panic_report", "writer"), NOWHERE)
    break_console(board, stub)
    stub.go_on()
    machine._console.expect_exact("\r\nkernel panic: fault in the kernel\r\n")
    machine._console.expect_exact("\r\nthe report ends here: fault in the kernel\r\n")
    assert machine._console.before == ""
    assert "running" in machine.monitor("info status")
    assert machine.text.count("kernel panic") == 1


def test_fault_in_the_last_line(board, boot_watched):
    """The port itself is nowhere. There is nobody left to tell it: no loop, and QEMU finds nothing to complain of."""
    machine, stub = boot_watched("hello")
    structure, variable, header = {
        "armv7m": ("lm3s_uart", "uart0", "chips/lm3s/uart.h"),
        "rv32": ("qemu_virt_uart16550", "uart", "chips/qemu_virt/uart16550.h"),
    }[board.arch]
    break_console(board, stub)
    stub.write_word(board.symbols[variable] + boards.offset_of(board, header, structure, "panic_writer"), NOWHERE)
    panics = board.symbols["kernel"] + boards.offset_of(board, "kernel/kernel.h", "kernel", "panics")
    stub.go_on()
    for _ in range(10000):
        if machine.read_word(panics) == 3:
            break
    assert machine.read_word(panics) == 3
    assert machine.text == ""
    assert "running" in machine.monitor("info status")


def test_messages_that_still_waited(board, boot_watched):
    """What the debug log had not told yet comes with the report."""
    machine, stub = boot_watched("echo_back")
    stub.write_word(field(board, "debug_log", "debug_log_queue", "messages[0].words"), board.symbols["_kernel_flash_start"])
    stub.write_word(field(board, "debug_log", "debug_log_queue", "messages[0].words") + 4, 0)  # no letters
    stub.write_word(field(board, "debug_log", "debug_log_queue", "count"), 1)
    stub.write_word(field(board, "debug_log", "debug_log_queue", "lost"), 7)
    break_console(board, stub)
    stub.go_on()
    report = machine.expect_panic("fault in the kernel")
    assert report.endswith("\n\n... 7 messages lost\n")

"""Lines that no driver of the board has. Devices may raise them: they stay pending, and nobody notices. Only the
board opens lines, while it starts; if one without a handler is open all the same, the kernel says so and stops.

No application can do what is done here from outside, by QEMU's stub for gdb: attacks `trigger_interrupt`,
`write_software_interrupt` and others try."""

import board as boards
import pytest
from gdb_stub import GdbStub

PANIC = "interrupt without a handler"
ALL = 0xFFFFFFFF

# ARMv7-M ARM, B3.4
NVIC_ENABLE, NVIC_PEND = 0xE000E100, 0xE000E200
LM3S_LINES = 1 << 4 | 1 << 5 | 1 << 8 | 1 << 18 | 1 << 19 | 1 << 30  # GPIO E, UART0, I2C0, the watchdog, timer 0A, GPIO F
LM3S_UNLISTED = 1 << 7  # SSI

# PLIC specification, chapter 3, and QEMU's machine `virt`
PLIC_PRIORITY, PLIC_PENDING, PLIC_ENABLE = 0x0C000000, 0x0C001000, 0x0C002000
PLIC_LINES = 1 << 10  # the UART
RTC_LINE = 11
RTC_ALARM_LOW, RTC_ALARM_HIGH, RTC_INTERRUPT_ENABLED = 0x101008, 0x10100C, 0x101010
CLINT_SOFTWARE_INTERRUPT = 0x02000000


@pytest.fixture
def stopped(boot, tmp_path):
    """stopped("lm3s6965evb"): a machine with a bystander, which stands still, and the stub."""
    stubs = []

    def start(name):
        board = boards.board(name)
        image = board.image(tmp_path, [board.application("bystander", 0)])
        machine = boot(board, image, options=GdbStub.options(tmp_path / "gdb"))
        machine.expect_text("bystander: alive 2")
        stubs.append(GdbStub(tmp_path / "gdb"))
        return machine, stubs[-1]

    yield start
    for stub in stubs:
        stub.close()


class Nvic:
    """Seen from inside the kernel, at its next interrupt: a process may not, and the stub alone cannot write."""

    STORE = 0x6003  # str r3, [r0], which the compiler likes

    def __init__(self, stub, kernel):
        self.stub = stub
        self.entry = kernel["kernel_interrupt"]
        code = range(kernel["_kernel_flash_start"], kernel["_kernel_code_end"], 4)
        words = ((at, stub.read_word(at)) for at in code)
        halves = ((at + 2 * i, word >> 16 * i & 0xFFFF) for at, word in words for i in range(2))
        self.store = next(at for at, half in halves if half == self.STORE)

    def stop(self):
        self.stub.run_to(self.entry)

    def read(self, address):
        return self.stub.read_word(address), self.stub.read_word(address + 4)

    def write(self, address, value):
        self.stub.execute(self.store, {0: address, 3: value})


def goes_on(machine, stub):
    stub.resume()
    first, second, third = (int(machine.expect(r"bystander: alive (\d+)\r?\n")[1]) for _ in range(3))
    assert (second, third) == (first + 1, first + 2)


def test_all_lines_of_the_nvic(stopped):
    machine, stub = stopped("lm3s6965evb")
    nvic = Nvic(stub, machine.board.symbols)
    nvic.stop()
    assert nvic.read(NVIC_ENABLE) == (LM3S_LINES, 0)
    nvic.write(NVIC_PEND, ALL)
    nvic.write(NVIC_PEND + 4, ALL)
    pending = nvic.read(NVIC_PEND)
    assert pending[0] | LM3S_LINES == ALL and pending[1] != 0
    goes_on(machine, stub)  # with interrupts that nothing has caused, and many that are never taken
    stub.stop()
    nvic.stop()
    still = nvic.read(NVIC_PEND)
    assert still[0] | LM3S_LINES == ALL and still[1] == pending[1]
    assert nvic.read(NVIC_ENABLE) == (LM3S_LINES, 0)
    nvic.write(NVIC_ENABLE, LM3S_UNLISTED)
    stub.resume()
    machine.expect_panic(PANIC)


def test_a_device_without_a_driver_behind_the_plic(stopped):
    machine, stub = stopped("qemu_rv32_virt")
    assert stub.read_word(PLIC_ENABLE) == PLIC_LINES
    stub.write_physical(RTC_INTERRUPT_ENABLED, 1)
    stub.write_physical(RTC_ALARM_HIGH, 0)
    stub.write_physical(RTC_ALARM_LOW, 1)  # long past
    stub.write_physical(CLINT_SOFTWARE_INTERRUPT, 1)
    assert stub.read_word(PLIC_PENDING) & 1 << RTC_LINE
    goes_on(machine, stub)
    stub.stop()
    assert stub.read_word(PLIC_PENDING) & 1 << RTC_LINE
    assert stub.read_word(PLIC_ENABLE) == PLIC_LINES
    stub.write_physical(PLIC_PRIORITY + 4 * RTC_LINE, 1)
    stub.write_physical(PLIC_ENABLE, PLIC_LINES | 1 << RTC_LINE)
    stub.resume()
    machine.expect_panic(PANIC)

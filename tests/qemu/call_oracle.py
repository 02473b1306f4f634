"""What each system call must answer, and what it may write: worked out from the ABI, the process's memory map
and the calls before. Written apart from the kernel; the judge of userland/apps/call_table.

The rules in the order in which the ABI has them (docs/compatibility.md says where Detent differs):

- subscribe: INVAL unless the function is 0 or its four bytes lie in flash behind the header or in RAM; NODEVICE;
  NOMEM where the driver keeps nothing; NOSUPPORT for a number too large; else what was there before.
- allow: NODEVICE; INVAL for a buffer that is not empty and not the process's own; NOMEM; NOSUPPORT; else what was
  there before. A buffer in RAM keeps the break from ever falling below its end.
- user-readable allow: the same, but a slot that does not exist is NOSUPPORT wherever the driver keeps nothing.
- a register that the answer does not define is kept, and so is every other one.
"""

import dataclasses

NOMEM, NOSUPPORT, NODEVICE, INVAL, FAIL = 9, 10, 11, 6, 1
FAILURE, FAILURE_2, SUCCESS, SUCCESS_1, SUCCESS_2 = 0, 2, 128, 129, 130
YIELD, SUBSCRIBE, COMMAND, ALLOW_WRITE, ALLOW_READ, MEMOP, EXIT, ALLOW_STATE = range(8)
BRK, SBRK, RAM_START, RAM_END, FLASH_START, FLASH_END, GRANT_START = range(7)
REGIONS, REGION_START, REGION_END, STACK, HEAP = range(7, 12)
WORD = 1 << 32

ALARM, CONSOLE, LED, BUTTON, DEBUG, STATE, IPC, TEMPERATURE = 0, 1, 2, 3, 8, 9, 0x10000, 0x60000
IPC_PROCESSES = 8
STATE_PARTS = (16, 8, 4, 0)  # docs/syscalls/00009_read_only_state.md


@dataclasses.dataclass
class Layout:
    """How many slots a driver has for a process; None instead of one: it keeps nothing."""

    upcalls: int = 0
    write: int = 0
    read: int = 0
    state: int = 0


DRIVERS = {
    ALARM: Layout(upcalls=1),
    CONSOLE: Layout(upcalls=3, write=2, read=2),
    DEBUG: Layout(),
    STATE: Layout(state=1),
    IPC: Layout(upcalls=IPC_PROCESSES, write=IPC_PROCESSES, read=1),
}
BOARD_DRIVERS = {
    "lm3s6965evb": {**DRIVERS, LED: None, BUTTON: Layout(upcalls=1), TEMPERATURE: Layout(upcalls=1)},
    "qemu_rv32_virt": DRIVERS,
}
LEDS, BUTTONS = 1, 5


@dataclasses.dataclass
class Map:
    ram_start: int
    app_break: int
    kernel_break: int
    ram_end: int
    flash_start: int
    flash_end: int
    buffer: int


def contains(start, end, address, length):
    return start <= address and address + length <= end


@dataclasses.dataclass
class Answer:
    """`registers`: what each must be, None where the ABI leaves it open. `written`: the first and the behind-last
    byte of what the call may write, if anything; `bytes`: what some of them must be."""

    registers: list
    written: tuple = (0, 0)
    bytes: dict = dataclasses.field(default_factory=dict)
    kept: bool = True  # the registers that the ABI does not name


class Oracle:
    def __init__(self, board_name, arch, header_bytes, ram_bytes):
        self.drivers = BOARD_DRIVERS[board_name]
        self.arch = arch
        self.header_bytes = header_bytes  # of the application's file: header and protected part
        self.ram_bytes = ram_bytes  # that its header asks for
        self.map = None
        self.shared_end = 0
        self.slots = {}  # by class, driver, number: the two values

    def begin_block(self, addresses):
        self.map = addresses

    def flushed(self):
        self.slots[ALLOW_READ, CONSOLE, 1] = (0, 0)

    def in_ram(self, address, length):
        return contains(self.map.ram_start, self.map.app_break, address, length)

    def in_flash(self, address, length):
        return contains(self.map.flash_start + self.header_bytes, self.map.flash_end, address, length)

    # --- Subscribe and allow ---

    def refuse(self, arguments, error):
        return Answer([FAILURE_2, error, *arguments[2:]])

    def replace(self, call, arguments):
        key = (call, *arguments[:2])
        old = self.slots.get(key, (0, 0))
        self.slots[key] = tuple(arguments[2:])
        return Answer([SUCCESS_2, *old, arguments[3]])

    def subscribe(self, arguments):
        driver, number, function, _ = arguments
        if function != 0 and not self.in_ram(function, 4) and not self.in_flash(function, 4):
            return self.refuse(arguments, INVAL)
        if driver not in self.drivers:
            return self.refuse(arguments, NODEVICE)
        layout = self.drivers[driver]
        if layout is None:
            return self.refuse(arguments, NOMEM)
        if number >= layout.upcalls:
            return self.refuse(arguments, NOSUPPORT)
        return self.replace(SUBSCRIBE, arguments)

    def allow(self, call, arguments):
        driver, number, address, length = arguments
        if driver not in self.drivers:
            return self.refuse(arguments, NODEVICE)
        in_ram = self.in_ram(address, length)
        if length != 0 and not in_ram and not (call == ALLOW_READ and self.in_flash(address, length)):
            return self.refuse(arguments, INVAL)
        if length != 0 and in_ram:
            self.shared_end = max(self.shared_end, address + length)
        layout = self.drivers[driver]
        if layout is None:
            return self.refuse(arguments, NOSUPPORT if call == ALLOW_STATE else NOMEM)
        count = {ALLOW_WRITE: layout.write, ALLOW_READ: layout.read, ALLOW_STATE: layout.state}[call]
        if number >= count:
            return self.refuse(arguments, NOSUPPORT)
        answer = self.replace(call, arguments)
        if call == ALLOW_STATE:
            size = next(part for part in STATE_PARTS if part <= length)
            answer.written = (address, address + size)
            # The count of switches, of which there are not 65536, is written before the process goes on.
            answer.bytes = {address + 2: 0, address + 3: 0} if size >= 4 else {}
        return answer

    # --- Command: all drivers take are numbers ---

    def command(self, arguments):
        driver, number, first, second = arguments
        kept = arguments[2:]
        if driver not in self.drivers:
            return Answer([FAILURE, NODEVICE, *kept])
        if driver == LED:
            return self.command_led(number, first, kept)
        if driver == BUTTON:
            return self.command_button(number, first, kept)
        if driver == ALARM and number == 6:
            return Answer([SUCCESS_1, (first + second) % WORD, *kept])
        if driver == CONSOLE and number == 1:
            return Answer([SUCCESS, number, *kept])
        if driver == CONSOLE and number == 2:  # nothing is shared: a read of 0 bytes
            return Answer([FAILURE, INVAL, *kept])
        if driver == STATE and number == 1:
            return Answer([SUCCESS_1, 1, *kept])
        if driver == IPC and number == 1:  # of a name without a letter
            return Answer([FAILURE, NODEVICE, *kept])
        if driver == IPC and number in (2, 3) and first >= IPC_PROCESSES:
            return Answer([FAILURE, INVAL, *kept])
        if number == 0 or driver == TEMPERATURE and number == 1:
            return Answer([SUCCESS, number, *kept])
        commands = {ALARM: (1, 2, 3, 5, 6), CONSOLE: (1, 2, 3), DEBUG: (1, 2, 3), STATE: (1,), IPC: (1, 2, 3), TEMPERATURE: (1,)}
        assert number not in commands[driver], "the table makes no such call"
        return Answer([FAILURE, NOSUPPORT, *kept])

    def command_led(self, number, index, kept):
        if number == 0:
            return Answer([SUCCESS_1, LEDS, *kept])
        if number > 4:
            return Answer([FAILURE, NOSUPPORT, *kept])
        assert index >= LEDS, "the table makes no such call"
        return Answer([FAILURE, INVAL, *kept])

    def command_button(self, number, index, kept):
        if number == 0:
            return Answer([SUCCESS_1, BUTTONS, *kept])
        if number > 3:
            return Answer([FAILURE, NOSUPPORT, *kept])
        assert index >= BUTTONS, "the table makes no such call"
        return Answer([FAILURE, INVAL, *kept])

    # --- Memop ---

    def granule(self):
        """Of the MPU's borders in the process's RAM, which is what its header asks for: two regions of eight parts,
        the smallest that will do."""
        if self.arch != "armv7m":
            return 4
        for granule in (1 << log2 for log2 in range(5, 29)):
            first = self.map.ram_start - self.map.ram_start % (8 * granule)
            if self.map.ram_start % granule == 0 and self.map.ram_start + self.ram_bytes - first <= 16 * granule:
                return granule
        raise AssertionError("no MPU protects this block")

    def set_break(self, to):
        granule = self.granule()
        reached = (to + granule - 1) // granule * granule
        if not (self.shared_end <= to and self.map.ram_start <= to and reached <= self.map.kernel_break):
            return False
        self.map.app_break = to
        return True

    def memop(self, arguments):
        operation, argument, *kept = arguments
        answers = {
            RAM_START: self.map.ram_start,
            RAM_END: self.map.ram_end,
            FLASH_START: self.map.flash_start,
            FLASH_END: self.map.flash_end,
            GRANT_START: self.map.kernel_break,
            REGIONS: 0,
        }
        if operation in answers:
            return Answer([SUCCESS_1, answers[operation], *kept])
        if operation in (BRK, SBRK):
            old = self.map.app_break
            if not self.set_break(argument if operation == BRK else (old + argument) % WORD):
                return Answer([FAILURE, NOMEM, *kept])
            return Answer([SUCCESS, argument, *kept] if operation == BRK else [SUCCESS_1, old, *kept])
        if operation in (REGION_START, REGION_END):
            return Answer([FAILURE, FAIL, *kept])
        if operation in (STACK, HEAP):
            return Answer([SUCCESS, argument, *kept])
        return Answer([FAILURE, NOSUPPORT, *kept])

    # --- Yield ---

    def yield_no_wait(self, arguments, queued):
        """With `queued` events of the alarm waiting."""
        runs = queued > 0 and self.slots.get((SUBSCRIBE, ALARM, 0), (0, 0))[0] != 0
        flag = arguments[1]
        answer = Answer([None] * 4 if runs else list(arguments), kept=not runs)
        if self.in_ram(flag, 1):
            answer.written = (flag, flag + 1)
            answer.bytes = {flag: int(runs)}
        return answer, int(runs)

    def call(self, call, arguments):
        if call == SUBSCRIBE:
            return self.subscribe(arguments)
        if call == COMMAND:
            return self.command(arguments)
        if call in (ALLOW_WRITE, ALLOW_READ, ALLOW_STATE):
            return self.allow(call, arguments)
        if call == MEMOP:
            return self.memop(arguments)
        assert call == EXIT and arguments[0] > 1, "the table makes no such call"
        return Answer([FAILURE, NOSUPPORT, *arguments[2:]])

    def state_buffer(self):
        address, length = self.slots.get((ALLOW_STATE, STATE, 0), (0, 0))
        return address, address + length

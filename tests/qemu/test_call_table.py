"""The application `call_table` makes every system call with every kind of pointer and of length, beside a
bystander. What came of each call, register by register and byte by byte, must be what call_oracle.py works out."""

import re
import struct

import board as boards
import call_oracle
import pytest
from call_oracle import BRK, SBRK, WORD, YIELD
from machine import Machine

SLOT = 6  # next to others on either side
CALLEE_SAVED = {"armv7m": 0x0FF0, "rv32": 0x0FFC0318}  # masks of userland/lib/registers.h
PATTERN, UPCALL_DATA = 0xA5, 0x1234ABCD  # of the application

CALL = re.compile(
    r"(?:q(\w+) )?(\w) (\w+) (\w+) (\w+) (\w+) = (\S+) (\S+) (\S+) (\S+) (\w+)"
    r"((?: ~\w+:\w+)*)(?: z(\w+))?(?: u(\w+) (\w+))?"
)


def sizes(tbf):
    """Of an application's file: header and protected part; the RAM it asks for."""
    size = int.from_bytes(tbf[2:4], "little")
    at = 16
    while at < size:
        kind, length = struct.unpack_from("<HH", tbf, at)
        if kind in (1, 9):  # Main, Program
            _, protected, ram = struct.unpack_from("<III", tbf, at + 4)
            return size + protected, ram
        at += 4 + (length + 3) // 4 * 4
    raise AssertionError("no program")


def device_addresses(board):
    """What the application has of its board: names of things that are none of its business."""
    text = (boards.ROOT / "userland" / "boards" / board.name / "memory_map.h").read_text()
    values = {name: int(value, 16) for name, value in re.findall(r"#define (\w+)\s+0x(\w+)u", text)}
    names = "UART_DATA TIMER GPIO FLASH_CONTROLLER INTERRUPT_DISABLE RESET_REGISTER NOTHING_THERE"
    return [values[name] for name in names.split()]


def places(board, header, m):
    """Every kind of pointer, at the moment of this map."""
    v = board.number
    own = [m.flash_start, m.flash_start + header - 1, m.flash_start + header, m.flash_start + header + 1]
    own += [m.flash_end - back for back in (4, 3, 1, 0)]
    own += [m.ram_start - 1, m.ram_start, m.ram_start + 1]
    own += [m.buffer + i for i in range(4)]
    own += [m.app_break + i for i in (-4, -3, -1, 0, 1, 4)]
    own += [m.kernel_break + i for i in (-1, 0, 8)]
    own += [m.ram_end - 64, m.ram_end - 1, m.ram_end]
    other_flash, other_ram = v("APP_FLASH_START"), v("APP_RAM_START")
    kernel_ram = board.symbols["_kernel_ram_start"]
    others = [0, 1, board.flash_start, kernel_ram, board.symbols["_process_ram_start"] - 1]
    others += [other_flash, other_flash + 0x80, other_ram, other_ram + 0x401, *device_addresses(board)]
    others += [0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF]
    return own + others


def lengths(m, place):
    """Every kind of length for a buffer there."""
    exact = 64
    if m.ram_start <= place <= m.app_break:
        exact = m.app_break - place
    elif m.flash_start <= place <= m.flash_end:
        exact = m.flash_end - place
    fixed = [0, 1, 4, 7, 15, exact - 1, exact, exact + 1, exact + 0x1000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]
    return [length % WORD for length in (*fixed, -place, 1 - place, m.ram_start + 32 - place)]


class Table:
    """Judges the lines of the application, one after the other."""

    def __init__(self, board, oracle):
        self.board = board
        self.oracle = oracle
        self.wrong = []
        self.calls = {}  # by block: the class and the four registers of each
        self.map_of = {}
        self.block = None

    def line(self, line):
        if line.startswith("block "):
            self.block = line.split()[1]
            self.calls.setdefault(self.block, [])
        elif line.startswith("map "):
            self.begin(call_oracle.Map(*(int(word, 16) for word in line.split()[1:])))
        elif line == "flush":
            self.oracle.flushed()
        elif line.startswith("written "):
            if line != "written 0":
                self.wrong.append(line)
        elif match := CALL.fullmatch(line):
            self.call(line, match)
        elif not re.fullmatch(r"|tock\$ |end|call_table: done|bystander: alive \d+", line):
            self.wrong.append(f"{self.block}: not understood: {line}")

    def begin(self, m):
        v = self.board.number
        assert m.ram_start == v("APP_RAM_START") + SLOT * v("APP_RAM_SLOT")
        assert m.flash_start == v("APP_FLASH_START") + SLOT * v("APP_FLASH_SLOT")
        assert m.ram_start < m.app_break <= m.kernel_break < m.ram_end
        if self.oracle.map is not None:
            assert m == self.oracle.map, "the process moved its break and nothing else has changed"
        self.oracle.begin_block(m)
        self.map_of[self.block] = call_oracle.Map(**vars(m))

    def call(self, line, match):
        queued, call, *rest = match.groups()
        arguments = [int(word, 16) for word in rest[:4]]
        results = [old if word == "." else int(word, 16) for old, word in zip(arguments, rest[4:8], strict=True)]
        mask = int(rest[8], 16)
        runs_of_bytes = re.findall(r"~(\w+):(\w+)", rest[9])
        changes = {int(at, 16) + i: byte for at, run in runs_of_bytes for i, byte in enumerate(bytes.fromhex(run))}
        uncovered, ran, data = rest[10:]
        call = int(call, 16)
        self.calls[self.block].append((call, *arguments))

        state_before, break_before = self.oracle.state_buffer(), self.oracle.map.app_break
        if call == YIELD:
            answer, runs = self.oracle.yield_no_wait(arguments, int(queued, 16))
            self.check(line, int(ran, 16) == runs and (not runs or int(data, 16) == UPCALL_DATA), "upcalls")
        else:
            answer = self.oracle.call(call, arguments)
        for number, (must, word) in enumerate(zip(answer.registers, results, strict=True)):
            self.check(line, must is None or must == word, f"register {number} is not {must and hex(must)}")
        self.check(line, mask == 0 if answer.kept else mask & CALLEE_SAVED[self.board.arch] == 0, "other registers")
        allowed = (answer.written, state_before)
        self.check(line, all(any(a <= at < b for a, b in allowed) for at in changes), "bytes beside")
        seen = {at: byte for at, byte in answer.bytes.items() if self.is_watched(at, break_before)}
        self.check(line, all(changes.get(at, PATTERN) == byte for at, byte in seen.items()), "bytes")
        self.check(line, not uncovered or int(uncovered, 16) == 0, "a break uncovered old bytes")
        grew = self.oracle.map.app_break > break_before
        self.check(line, grew == (uncovered is not None), "the break")

    def is_watched(self, at, app_break):
        """The start of RAM, the arena with the buffer in its midst, and what lies below the break."""
        m = self.oracle.map
        watched = (m.ram_start, m.ram_start + 32), (m.buffer - 16, m.buffer + 48), (app_break - 32, app_break)
        return any(start <= at < end for start, end in watched)

    def check(self, line, good, what):
        if not good:
            self.wrong.append(f"{self.block}: {line}: {what}")

    def expect_all_combinations(self, block, call, driver, number):
        m = self.map_of[block]
        wanted = {
            (call, driver, number, place, length)
            for place in places(self.board, self.oracle.header_bytes, m)
            for length in lengths(m, place)
        }
        assert wanted <= set(self.calls[block]), block


@pytest.fixture(scope="module", params=boards.BOARD_NAMES)
def told(request, tmp_path_factory):
    """The board, all that the machine said, and what is in its flash at the end."""
    board = boards.board(request.param)
    directory = tmp_path_factory.mktemp("call_table")
    files = [board.application(name, slot) for name, slot in (("bystander", 0), ("call_table", SLOT))]
    image = board.image(directory, files)
    with Machine(board, image) as machine:
        blocks = 0
        while machine.expect(r"\n(end|call_table: done)\r?\n")[1] == "end":
            blocks += 1
            machine.expect(r"bystander: alive \d+\r?\n")
        machine.expect(r"bystander: alive \d+\r?\n")
        flash = directory / "flash"
        machine.save_memory(board.flash_start, image.stat().st_size, flash)
        return board, machine.text, files, image.read_bytes() == flash.read_bytes()


@pytest.fixture(scope="module")
def table(told):
    board, text, files, _ = told
    table = Table(board, call_oracle.Oracle(board.name, board.arch, *sizes(files[1].read_bytes())))
    for line in text.split("\n"):
        table.line(line)
    return table


def test_every_answer_is_what_the_abi_says(table):
    assert not table.wrong, f"{len(table.wrong)} wrong:\n" + "\n".join(table.wrong[:20])


def test_nobody_else_is_harmed(told):
    _, text, _, flash_is_whole = told
    assert "CORRUPT" not in text
    assert "faulted" not in text
    assert flash_is_whole


ALLOWS = {
    "write_console": (3, 1, 1), "write_console_2": (3, 1, 2), "write_ipc": (3, 0x10000, 7), "write_led": (3, 2, 0),
    "write_absent": (3, 0x777, 0), "read_console": (4, 1, 1), "read_console_max": (4, 1, 0xFFFFFFFF),
    "read_ipc": (4, 0x10000, 0), "read_led": (4, 2, 0), "read_absent": (4, 0x777, 0), "state": (7, 9, 0),
    "state_1": (7, 9, 1), "state_console": (7, 1, 0), "state_absent": (7, 0x777, 0),
}  # fmt: skip
SUBSCRIBES = {
    "subscribe_alarm": (0, 0), "subscribe_alarm_1": (0, 1), "subscribe_console": (1, 2), "subscribe_ipc": (0x10000, 7),
    "subscribe_debug": (8, 0), "subscribe_led": (2, 0), "subscribe_absent": (0x777, 0),
}  # fmt: skip


def test_every_combination_is_there(table):
    for block, call in ALLOWS.items():
        table.expect_all_combinations(block, *call)
    for block, (driver, number) in SUBSCRIBES.items():
        for place in places(table.board, table.oracle.header_bytes, table.map_of[block]):
            for data in (0, 0xFFFFFFFF, place):
                assert (1, driver, number, place, data) in table.calls[block]
    for block in ("yield_empty", "yield_null", "yield_upcall"):
        flags = {call[2] for call in table.calls[block] if call[0] == YIELD}
        assert flags >= set(places(table.board, table.oracle.header_bytes, table.map_of[block]))
    for block, operation in (("brk", BRK), ("sbrk", SBRK)):
        m = table.map_of[block]
        tried = [call[2] for call in table.calls[block] if call[0] == 5]
        assert len(tried) > 150
        if operation == BRK:
            assert {*places(table.board, table.oracle.header_bytes, m)} <= set(tried)
            assert {*range(m.kernel_break - 64, m.kernel_break + 6)} <= set(tried)
    assert len({call for calls in table.calls.values() for call in calls}) >= 14000

"""What an application may do by its permissions, and which of several is loaded under one short id."""

import re

import board as boards
import pytest
import tbf_format as tbf

ENTRY = 1024  # bytes of each application

SUBSCRIBE, COMMAND, ALLOW_READ_WRITE, ALLOW_READ_ONLY, MEMOP, ALLOW_READABLE = 1, 2, 3, 4, 5, 7
CONSOLE, NO_DRIVER = 0x1, 0x77
SPEAK = (0x8, 0, 1 << 2)  # low-level debug, print: without it no answer is heard
HIDDEN = 0x000B  # a plain failure: NODEVICE
ABSENT = 0x020B  # what subscribe and allow to a driver that is not there say
SUCCESS, SUCCESS_U32, SUCCESS_2_U32 = 0x8000, 0x8100, 0x8200
ALL = 2**64 - 1


def bits(*commands):
    return sum(1 << command for command in commands)


# Permissions (None: no element), class, driver, number; and what must come back: the variant and, by
# bits, the first value, or the number passed where there is none.
CASES = [
    (None, COMMAND, CONSOLE, 0, SUCCESS),
    (None, COMMAND, NO_DRIVER, 0, HIDDEN),
    (None, SUBSCRIBE, NO_DRIVER, 0, ABSENT),
    ([SPEAK, (CONSOLE, 0, bits(0))], COMMAND, CONSOLE, 0, SUCCESS),
    ([SPEAK, (CONSOLE, 0, ALL & ~bits(0))], COMMAND, CONSOLE, 0, HIDDEN),
    ([SPEAK], COMMAND, CONSOLE, 0, HIDDEN),
    ([SPEAK, (CONSOLE, 1, ALL)], COMMAND, CONSOLE, 0, HIDDEN),  # another group of commands
    ([SPEAK, (CONSOLE, 1, bits(0))], COMMAND, CONSOLE, 64, 0x000A),  # heard by the driver: NOSUPPORT
    ([SPEAK, (CONSOLE, 1, bits(0))], COMMAND, CONSOLE, 65, HIDDEN),
    ([SPEAK, (CONSOLE, 0, bits(63))], COMMAND, CONSOLE, 63, 0x000A),
    ([SPEAK, (CONSOLE, 0, 0), (CONSOLE, 0, ALL)], COMMAND, CONSOLE, 0, HIDDEN),  # the first one counts
    ([SPEAK, (NO_DRIVER, 0, ALL)], COMMAND, NO_DRIVER, 0, HIDDEN),
    ([SPEAK, (NO_DRIVER, 0, ALL)], SUBSCRIBE, NO_DRIVER, 0, ABSENT),
    ([SPEAK], SUBSCRIBE, NO_DRIVER, 0, HIDDEN),
    ([SPEAK], SUBSCRIBE, CONSOLE, 1, HIDDEN),
    ([SPEAK], ALLOW_READ_WRITE, CONSOLE, 1, HIDDEN),
    ([SPEAK], ALLOW_READ_ONLY, CONSOLE, 1, HIDDEN),
    ([SPEAK], ALLOW_READABLE, CONSOLE, 1, HIDDEN),
    ([SPEAK, (CONSOLE, 5, 0)], SUBSCRIBE, CONSOLE, 1, SUCCESS_2_U32),
    ([SPEAK, (CONSOLE, 5, 0)], ALLOW_READ_WRITE, CONSOLE, 1, SUCCESS_2_U32),
    ([SPEAK, (CONSOLE, 5, 0)], ALLOW_READ_ONLY, CONSOLE, 1, SUCCESS_2_U32),
    ([SPEAK, (CONSOLE, 5, 0)], ALLOW_READABLE, CONSOLE, 1, 0x020A),  # no driver here has any
    ([SPEAK], MEMOP, 7, 0, SUCCESS_U32),  # never asked about; no region
]  # fmt: skip


def asking(board, directory, permissions, class_, driver, number):
    word = class_ << 16 | driver << 8 | number
    extra = [] if permissions is None else [tbf.permissions(*permissions)]
    return boards.small_application(board.program(directory, "ask", word), area=0x100, total_size=ENTRY, extra=extra)


@pytest.mark.parametrize("first", range(0, len(CASES), 8))
def test_permissions(first, board, boot, tmp_path):
    cases = CASES[first : first + 8]
    flash = b"".join(asking(board, tmp_path, *case[:4]) for case in cases)
    machine = boot(board, board.raw_image(tmp_path, flash))
    for _ in cases:
        machine.expect(r"App 0x[0-9a-f]+ prints 0x[0-9a-f]+ 0x[0-9a-f]+\r?\n|prints 0x[0-9a-f]+\r?\n")
    said = {int(pid, 16): int(word, 16) for pid, word in re.findall(r"App 0x([0-9a-f]+) prints 0x([0-9a-f]+)", machine.text)}
    assert said == {pid: case[4] for pid, case in enumerate(cases, 1)}


def test_without_permission_to_speak(board, boot, tmp_path):
    """An empty list is a list. The other applications go on."""
    silent = boards.small_application(board.program(tmp_path, "say", 1), extra=[tbf.permissions()])
    speaks = boards.small_application(board.program(tmp_path, "chatter", 2))
    machine = boot(board, board.raw_image(tmp_path, silent + speaks))
    for _ in range(5):
        machine.expect(r"prints 0x2\r?\n")
    assert "prints 0x1\n" not in machine.text
    assert "process" not in machine.text


def test_a_kernel_without_a_filter(board, boot, tmp_path):
    """The board's choice, by the modules that it links."""
    build = f"build/unfiltered/{board.name}"
    modules = "KERNEL=scheduler_round_robin filter_none credential_none resume_board"
    boards.make(f"BOARD={board.name}", modules, f"BUILD={build}", "kernel")
    flash = boards.small_application(board.program(tmp_path, "say", 1), extra=[tbf.permissions()])
    machine = boot(board, board.raw_image(tmp_path, flash, kernel=boards.ROOT / build / "kernel.elf"))
    machine.expect(r"prints 0x1\r?\n")


def application(board, directory, name, word, short_id, version, **more):
    program = board.program(directory, "say", word)
    extra = [tbf.short_id(short_id)] if short_id else []
    return boards.small_application(program, name, area=0x100, total_size=ENTRY, version=version, extra=extra, **more)


# (name, short id, version) in the order of flash; who is loaded; who goes before whom.
CLASHES = {
    "highest_version": (
        [("a", 0x1234, 1), ("b", 0x1234, 3), ("c", 0x1234, 2)],
        "b", {"a": "b", "c": "b"},
    ),
    "first_of_equals": ([("a", 5, 7), ("b", 5, 7), ("c", 5, 7)], "a", {"b": "a", "c": "a"}),
    "none_is_no_id": ([("a", 0, 7), ("b", 0, 8), ("c", 0, 7)], "abc", {}),
    "two_ids": ([("a", 1, 0), ("b", 2, 5), ("c", 1, 0xFFFFFFFF), ("d", 2, 4)], "bc", {"a": "c", "d": "b"}),
}  # fmt: skip


@pytest.mark.parametrize("case", CLASHES)
def test_one_short_id_one_application(case, board, boot, tmp_path):
    listed, loaded, taken = CLASHES[case]
    places = {name: board.apps_start + ENTRY * index for index, (name, _, _) in enumerate(listed)}
    ids = {name: short_id for name, short_id, _ in listed}
    flash = b"".join(
        application(board, tmp_path, name, ord(name), short_id, version) for name, short_id, version in listed
    )
    machine = boot(board, board.raw_image(tmp_path, flash))
    machine.expect_all(*(rf"prints {ord(name):#x}\r?\n" for name in loaded))
    assert [line for line in machine.lines if "not started" in line] == [
        f"application {name} at {places[name]:#010x} not started: "
        f"its short id {ids[name]:#010x} goes to the application at {places[other]:#010x}"
        for name, other in sorted(taken.items())
    ]
    assert {chr(int(word, 16)) for word in re.findall(r"prints 0x([0-9a-f]+)", machine.text)} == set(loaded)


def test_a_disabled_application_takes_no_short_id(board, boot, tmp_path):
    flash = application(board, tmp_path, "old", 0x01D, 9, 1) + application(board, tmp_path, "new", 0x2E3, 9, 2, flags=0)
    machine = boot(board, board.raw_image(tmp_path, flash))
    machine.expect(r"prints 0x1d\r?\n")
    assert [line.split(": ")[1] for line in machine.lines if "not started" in line] == ["it is disabled"]

"""Application flash with damage in it. The kernel tells of each bad entry in one line, and the good
ones before and behind it run."""

import random
import re
import struct

import board as boards
import pytest
import tbf_format as tbf

ENTRY = 1024  # bytes of each entry; what the MPU can protect
BEFORE, BEHIND, BAD = 0xBEF, 0xAF7, 0xBAD


def with_words(data, changes, repair=True):
    """`data` with values of struct's format put at offsets."""
    data = bytearray(data)
    for offset, form, value in changes:
        struct.pack_into("<" + form, data, offset, value)
    return tbf.with_checksum(data) if repair else bytes(data)


def with_elements(program, elements, header_size=None):
    """An application whose header has just these elements."""
    return (tbf.header(elements, ENTRY, header_size=header_size).ljust(0x80, b"\0") + program).ljust(ENTRY, b"\0")


def main(entry, protected=0, ram=1024):
    return struct.pack("<III", entry, protected, ram)


NAME = (tbf.NAME, b"damaged")
KERNEL = (tbf.KERNEL, struct.pack("<HH", 2, 0))

# How to make the bad entry of a program, at an address; what the kernel says of it; whether it can
# tell the name; whether the list goes on behind it.
CASES = {
    "checksum": (
        lambda program, at: with_words(boards.small_application(program, "damaged"), [(12, "I", 0x12345678)], False),
        "its header has a wrong checksum", False, True,
    ),
    "main_too_short": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, b"\0" * 8), KERNEL]),
        "an element of its header is malformed", True, True,
    ),
    "element_past_header": (
        lambda program, at: with_elements(program, [NAME, KERNEL, (tbf.MAIN, main(0x40))], header_size=48),
        "an element of its header is malformed", True, True,
    ),
    "element_of_64_KiB": (
        lambda program, at: with_words(with_elements(program, [NAME, KERNEL, (tbf.MAIN, main(0x40))]), [(38, "H", 0xFFFF)]),
        "an element of its header is malformed", True, True,
    ),
    "half_an_element": (
        lambda program, at: with_elements(program, [NAME, KERNEL, (tbf.MAIN, main(0x40))], header_size=54),
        "an element of its header is malformed", True, True,
    ),
    "regions_in_pieces": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40)), KERNEL, (tbf.REGIONS, b"\0" * 12)]),
        "an element of its header is malformed", True, True,
    ),
    "permissions_promise_too_much": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40)), KERNEL, (tbf.PERMISSIONS, b"\2\0" + bytes(31))]),
        "an element of its header is malformed", True, True,
    ),
    "permissions_twice": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40)), KERNEL, tbf.permissions(), tbf.permissions()]),
        "an element of its header is malformed", True, True,
    ),
    "storage_lists_too_long": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40)), KERNEL, (tbf.STORAGE, bytes(4) + b"\7\0" + bytes(24))]),
        "an element of its header is malformed", True, True,
    ),
    "short_id_0": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40)), KERNEL, tbf.short_id(0)]),
        "an element of its header is malformed", True, True,
    ),
    "region_in_the_header": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40)), KERNEL, (tbf.REGIONS, struct.pack("<II", 0, 256))]),
        "a writeable flash region is outside its program", True, True,
    ),
    "region_beyond_the_end": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40)), KERNEL, (tbf.REGIONS, struct.pack("<II", 512, 513))]),
        "a writeable flash region is outside its program", True, True,
    ),
    "disabled": (
        lambda program, at: boards.small_application(program, "damaged", flags=0),
        "it is disabled", True, True,
    ),
    "no_program": (
        lambda program, at: with_elements(program, [NAME, KERNEL]),
        "its header names no program", True, True,
    ),
    "kernel_too_new": (
        lambda program, at: boards.small_application(program, "damaged", kernel=(2, 900)),
        r"it needs kernel version 2\.900, this is 2\.\d+", True, True,
    ),
    "kernel_of_another_major": (
        lambda program, at: boards.small_application(program, "damaged", kernel=(1, 0)),
        r"it needs kernel version 1\.0, this is 2\.\d+", True, True,
    ),
    "kernel_missing": (
        lambda program, at: boards.small_application(program, "damaged", kernel=None),
        "it does not say which kernel it needs", True, True,
    ),
    "linked_for_other_flash": (
        lambda program, at: boards.small_application(program, "damaged", flash=at + 0x400),
        "it is linked for flash at 0x[0-9a-f]{8} but lies at 0x[0-9a-f]{8}", True, True,
    ),
    "linked_for_no_ram": (
        lambda program, at: boards.small_application(program, "damaged", ram=0x1000),
        "it is linked for RAM at 0x00001000, free and usable is RAM from 0x[0-9a-f]{8}", True, True,
    ),
    "linked_for_ram_beyond": (
        lambda program, at: boards.small_application(program, "damaged", ram=0xFFFFFFF0),
        "it is linked for RAM at 0xfffffff0, free and usable is RAM from 0x[0-9a-f]{8}", True, True,
    ),
    "much_ram": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40, ram=0x1000000)), KERNEL]),
        r"it wants 16777216 bytes of RAM, \d+ are left", True, True,
    ),
    "all_ram_there_can_be": (
        lambda program, at: with_elements(program, [NAME, (tbf.MAIN, main(0x40, ram=0xFFFFFFFF)), KERNEL]),
        r"it wants 4294967295 bytes of RAM, \d+ are left", True, True,
    ),
    "header_longer_than_all": (
        lambda program, at: with_words(boards.small_application(program, "damaged"), [(2, "H", ENTRY + 16)]),
        f"a header of {ENTRY + 16} bytes does not go with a total size of {ENTRY}", False, True,
    ),
    "header_too_short": (
        lambda program, at: with_words(boards.small_application(program, "damaged"), [(2, "H", 12)]),
        f"a header of 12 bytes does not go with a total size of {ENTRY}", False, True,
    ),
    "entry_behind_program": (
        lambda program, at: with_elements(program, [NAME, KERNEL, (tbf.MAIN, main(ENTRY))]),
        "its entry point is outside its program", True, True,
    ),
    "entry_wraps": (
        lambda program, at: with_elements(program, [NAME, KERNEL, (tbf.MAIN, main(0xFFFFFFF0))]),
        "its entry point is outside its program", True, True,
    ),
    "protected_wraps": (
        lambda program, at: with_elements(program, [NAME, KERNEL, (tbf.MAIN, main(0x40, protected=0xFFFFFFFF))]),
        "its entry point is outside its program", True, True,
    ),
    "total_too_long": (
        lambda program, at: with_words(boards.small_application(program, "damaged"), [(4, "I", 0x10000000)]),
        r"it takes 268435456 bytes of flash, \d+ are left; the list ends here", False, False,
    ),
    "total_largest": (
        lambda program, at: with_words(boards.small_application(program, "damaged"), [(4, "I", 0xFFFFFFFF)]),
        r"it takes 4294967295 bytes of flash, \d+ are left; the list ends here", False, False,
    ),
    "total_zero": (
        lambda program, at: with_words(boards.small_application(program, "damaged"), [(4, "I", 0)]),
        "its total size is 0; the list ends here", False, False,
    ),
    "padding": (lambda program, at: tbf.padding(ENTRY), None, False, True),
    "other_version": (
        lambda program, at: with_words(boards.small_application(program, "damaged"), [(0, "H", 3)]),
        None, False, False,
    ),
    "erased": (lambda program, at: b"\xff" * ENTRY, None, False, False),
}  # fmt: skip


def good(board, directory, word):
    return boards.small_application(board.program(directory, "say", word), f"good_{word:x}")


def sleeper(board, directory):
    """A good one that speaks twice, with a second between: time enough for others to be heard."""
    return boards.small_application(board.program(directory, "nap", 1), "sleeper")


@pytest.mark.parametrize("case", CASES)
def test_damaged_entry(case, board, boot, tmp_path):
    make_entry, reason, has_name, goes_on = CASES[case]
    at = board.apps_start + ENTRY
    entry = make_entry(board.program(tmp_path, "say", BAD), at)
    assert len(entry) == ENTRY
    before = good(board, tmp_path, BEFORE) if goes_on else sleeper(board, tmp_path)
    behind = good(board, tmp_path, BEHIND)
    machine = boot(board, board.raw_image(tmp_path, before + entry + behind))
    if goes_on:
        machine.expect_all(rf"prints {BEFORE:#x}\r?\n", rf"prints {BEHIND:#x}\r?\n")
    else:
        machine.expect_all(r"prints 0x1\r?\n", r"prints 0x2\r?\n")
        assert f"prints {BEHIND:#x}" not in machine.text
    assert f"prints {BAD:#x}" not in machine.text
    which = "application damaged" if has_name else "application"
    told = [line for line in machine.lines if "not started" in line]
    assert len(told) == (reason is not None)
    if reason is not None:
        assert re.fullmatch(rf"{which} at {at:#010x} not started: {reason}", told[0])


def test_unprotectable_flash(board, boot, tmp_path):
    """An entry of 1022 bytes: neither MPU nor PMP can draw a border there."""
    entry = boards.small_application(board.program(tmp_path, "say", BAD), "damaged", total_size=ENTRY - 2)
    at = board.apps_start + ENTRY
    machine = boot(board, board.raw_image(tmp_path, good(board, tmp_path, BEFORE) + entry))
    machine.expect(rf"prints {BEFORE:#x}\r?\n")
    assert [line for line in machine.lines if "not started" in line] == [
        f"application damaged at {at:#010x} not started: flash of its size cannot be protected at its address"
    ]
    assert f"prints {BAD:#x}" not in machine.text


def noise(random_, size, board):
    return random_.randbytes(size)


def plausible(random_, size, board):
    """Entries whose lengths can be followed; all the rest is noise, with a right checksum."""
    flash = bytearray()
    while len(flash) + ENTRY <= size:
        entry = bytearray(random_.randbytes(ENTRY))
        header_size = random_.choice((16, 20, 32, 64, 128, 256, 1024))
        struct.pack_into("<HHI", entry, 0, tbf.VERSION, header_size, ENTRY)
        flash += tbf.with_checksum(entry)
    return bytes(flash)


def mutated(random_, size, board):
    """Good applications with a few damages each. Where the lengths are damaged the list ends, so they
    are put right most of the time."""
    flash = bytearray()
    program = random_.randbytes(256)
    while len(flash) + ENTRY <= size:
        entry = tbf.mutate(boards.small_application(program, "mutant"), random_).ljust(ENTRY, b"\0")[:ENTRY]
        if random_.random() < 0.99:
            entry = with_words(entry, [(0, "H", tbf.VERSION), (4, "I", ENTRY)])
        flash += entry
    return bytes(flash)


FLASHES = {"noise": noise, "plausible": plausible, "mutated": mutated}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", FLASHES)
def test_any_bytes(kind, seed, board, boot, tmp_path):
    """All of the application flash behind one good application is filled with bytes that mean nothing.
    The kernel may say of them what it likes; the good application goes on."""
    first = board.application("bystander", 0).read_bytes()
    size = board.apps_end - board.apps_start - len(first)
    # 256 KiB show what there is to be seen; a byte too little would not be "all".
    flash = first + FLASHES[kind](random.Random(f"{kind} {seed}"), min(size, 0x40000), board)
    flash = flash.ljust(len(first) + size, random.Random(seed).randbytes(1))
    machine = boot(board, board.raw_image(tmp_path, flash))
    for _ in range(3):
        machine.expect(r"bystander: alive \d+")
    assert "CORRUPT" not in machine.text

"""A kernel that wants a SHA-256 credential of each application (CREDENTIALS=sha256)."""

import functools

import board as boards
import pytest
import tbf_format as tbf

ENTRY = 1024
GOOD, BAD = 0x600D, 0xBAD

NONE = "it has no credential that counts here"
WRONG = "its credential SHA-256 does not match"


@functools.cache
def kernel(board):
    build = f"build/sha256/{board.name}"
    boards.make(f"BOARD={board.name}", "CREDENTIALS=sha256", f"BUILD={build}", "kernel")
    return boards.ROOT / build / "kernel.elf"


def checked_image(board, directory, flash):
    """An image of that kernel, and an application flash that holds just these bytes."""
    path = board.image(directory, [], kernel=kernel(board))
    start = path.read_bytes()[: board.apps_start - board.flash_start]
    path.write_bytes(start.ljust(board.apps_start - board.flash_start, b"\xff") + flash)
    return path


def plain(board, directory, word, name="suspect", **more):
    return boards.small_application(
        board.program(directory, "say", word), name, area=0x100, total_size=ENTRY, **more
    )


def flipped(data, offset):
    return data[:offset] + bytes([data[offset] ^ 1]) + data[offset + 1 :]


def resealed_flags(data):
    """The sticky flag set, and the header's checksum made right again."""
    return tbf.with_checksum(data[:8] + b"\x03" + data[9:])


def end_of(data):
    return tbf.parse(data).binary_end


# How to make it of an application without credentials, and what is said of it; None: it runs.
CASES = {
    "matches": (lambda app: tbf.with_footers(app, tbf.sha_256), None),
    "none": (lambda app: tbf.with_footers(app), NONE),
    "reserved_only": (lambda app: tbf.with_footers(app, tbf.credential(0, bytes(100))), NONE),
    "behind_others": (
        lambda app: tbf.with_footers(app, tbf.credential(0, b"xyz"), tbf.credential(6, bytes(64)), tbf.sha_256),
        None,
    ),
    "behind_an_unknown_format": (
        lambda app: tbf.with_footers(app, tbf.credential(0x12345678, b"?"), tbf.sha_256), None,
    ),
    "behind_what_is_no_credential": (
        lambda app: tbf.with_footers(app, tbf.element(127, bytes(8)), tbf.sha_256), NONE,
    ),
    "signature_only": (lambda app: tbf.with_footers(app, tbf.credential(6, bytes(64))), NONE),
    "of_something_else": (lambda app: tbf.with_footers(app, tbf.sha_256(b"something else")), WRONG),
    "wrong_before_right": (lambda app: tbf.with_footers(app, tbf.sha_256(b""), tbf.sha_256), WRONG),
    "too_short": (lambda app: tbf.with_footers(app, lambda covered: tbf.credential(3, bytes(31))), WRONG),
    "program_changed": (
        lambda app: flipped(tbf.with_footers(app, tbf.sha_256), end_of(app) - 1), WRONG,
    ),
    "protected_part_changed": (lambda app: flipped(tbf.with_footers(app, tbf.sha_256), 0xFF), WRONG),
    "flags_changed": (lambda app: resealed_flags(tbf.with_footers(app, tbf.sha_256)), WRONG),
    "digest_changed": (lambda app: flipped(tbf.with_footers(app, tbf.sha_256), end_of(app) + 8), WRONG),
    "behind_the_digest_changed": (
        lambda app: flipped(tbf.with_footers(app, tbf.sha_256), ENTRY - 1), None,
    ),
    "longer_than_the_application": (
        lambda app: tbf.with_footers(app, lambda covered: b"\x80\0\xff\xff" + tbf.sha_256(covered)[4:]), NONE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_credential(case, board, boot, tmp_path):
    """Behind it lies one that is right, and runs in any case."""
    change, reason = CASES[case]
    suspect = change(plain(board, tmp_path, BAD))
    good = tbf.with_footers(plain(board, tmp_path, GOOD, "good"), tbf.sha_256)
    machine = boot(board, checked_image(board, tmp_path, suspect + good))
    expected = [GOOD] if reason else [BAD, GOOD]
    machine.expect_all(*(rf"prints {word:#x}\r?\n" for word in expected))
    assert (f"prints {BAD:#x}" in machine.text) == (reason is None)
    assert [line for line in machine.lines if "not started" in line] == (
        [f"application suspect at {board.apps_start:#010x} not started: {reason}"] if reason else []
    )


def test_the_default_kernel_does_not_look(board, boot, tmp_path):
    suspect = CASES["of_something_else"][0](plain(board, tmp_path, BAD))
    machine = boot(board, board.raw_image(tmp_path, suspect))
    machine.expect(rf"prints {BAD:#x}\r?\n")
    assert "not started" not in machine.text


def test_applications_of_the_repository_have_one(board, boot, tmp_path):
    """They span many pieces that the kernel hands to the checker."""
    applications = [board.application(name, slot) for slot, name in enumerate(("bystander", "hello", "saboteur"))]
    machine = boot(board, board.image(tmp_path, applications, kernel=kernel(board)))
    machine.expect_all("Hello from Detent!", r"bystander: alive \d+", "saboteur: now")
    assert "not started" not in machine.text


def test_who_fails_takes_no_short_id(board, boot, tmp_path):
    """A higher version whose credential is wrong does not keep the right one from being loaded."""
    old = tbf.with_footers(plain(board, tmp_path, GOOD, "old", version=1, extra=[tbf.short_id(7)]), tbf.sha_256)
    new = tbf.with_footers(plain(board, tmp_path, BAD, "new", version=2, extra=[tbf.short_id(7)]), tbf.sha_256(b""))
    machine = boot(board, checked_image(board, tmp_path, old + new))
    machine.expect(rf"prints {GOOD:#x}\r?\n")
    place = board.apps_start + ENTRY
    assert [line for line in machine.lines if "not started" in line] == [
        f"application new at {place:#010x} not started: {WRONG}"
    ]

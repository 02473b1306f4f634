"""The Tock Binary Format in Python, written apart from tools/tbf/format.c so that each checks the
other. For tests: reading strictly, building anything (also what is wrong), damaging at random.

    application = parse(data)            raises TbfError when a header is not right
    data = build(program, name="x")      a whole application
    data = mutate(data, random)          the same, damaged
    entries = walk(flash, start)         the list of applications, as a loader sees it
"""

import hashlib
import struct
from dataclasses import dataclass, field

VERSION = 2
BASE_SIZE = 16
FLAG_ENABLED = 1

MAIN, REGIONS, NAME, FIXED, PERMISSIONS, STORAGE, KERNEL, PROGRAM, SHORT_ID = 1, 2, 3, 5, 6, 7, 8, 9, 10
CREDENTIAL = 128
FORMAT_RESERVED, FORMAT_SHA_256 = 0, 3
ELEMENTS_MAX = PERMISSIONS_MAX = 128
STORAGE_IDS_MAX = 8


class TbfError(Exception):
    pass


@dataclass
class Tbf:
    header_size: int
    total_size: int
    flags: int
    elements: list = field(default_factory=list)  # (type, value bytes), in order
    name: str | None = None
    kernel_version: tuple | None = None
    fixed_ram: int | None = None
    fixed_flash: int | None = None
    main: tuple | None = None  # (init offset, protected size, minimum RAM)
    program: tuple | None = None  # the same, and binary end, version
    permissions: dict | None = None  # driver -> set of commands
    regions: list = field(default_factory=list)  # (offset, size)
    short_id: int | None = None
    storage: tuple | None = None  # (write id, ids to read, ids to modify)

    @property
    def enabled(self):
        return bool(self.flags & FLAG_ENABLED)

    @property
    def is_padding(self):
        return self.header_size == BASE_SIZE

    @property
    def entry(self):
        """Offset from the header's first byte."""
        return self.header_size + (self.program or self.main)[0]

    @property
    def program_offset(self):
        return self.header_size + (self.program or self.main)[1]

    @property
    def minimum_ram(self):
        return (self.program or self.main)[2]

    @property
    def binary_end(self):
        return self.program[3] if self.program else self.total_size

    @property
    def version(self):
        return self.program[4] if self.program else 0


def checksum(header):
    """Of a whole header; the checksum in it does not count."""
    header = header + bytes(-len(header) % 4)
    words = struct.unpack(f"<{len(header) // 4}I", header)
    total = 0
    for index, word in enumerate(words):
        if index != 3:
            total ^= word
    return total


def with_checksum(data):
    """`data` with the checksum its header should have, as far as there is a header."""
    if len(data) < BASE_SIZE:
        return bytes(data)
    size = struct.unpack_from("<H", data, 2)[0]
    sum_ = checksum(bytes(data[:size]))
    return bytes(data[:12]) + struct.pack("<I", sum_) + bytes(data[16:])


def _elements(data):
    at = 0
    while at < len(data):
        if at + 4 > len(data):
            raise TbfError("cut element")
        kind, length = struct.unpack_from("<HH", data, at)
        padded = (length + 3) // 4 * 4
        if at + 4 + padded > len(data):
            raise TbfError(f"element {kind} reaches past the end")
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + padded


_LENGTHS = {MAIN: 12, FIXED: 8, KERNEL: 4, PROGRAM: 20, SHORT_ID: 4}


def _commands(value):
    if len(value) < 2 or len(value) < 2 + 16 * struct.unpack_from("<H", value)[0]:
        raise TbfError("permissions cut short")
    if struct.unpack_from("<H", value)[0] > PERMISSIONS_MAX:
        raise TbfError("too many permissions")
    allowed = {}
    for index in range(struct.unpack_from("<H", value)[0]):
        driver, group, mask = struct.unpack_from("<IIQ", value, 2 + 16 * index)
        bits = {64 * group + bit for bit in range(64) if mask >> bit & 1}
        allowed.setdefault(driver, set()).update(bits)
    return allowed


def _storage(value):
    lists, at = [], 4
    for _ in range(2):
        if at + 2 > len(value):
            raise TbfError("storage permissions cut short")
        count = struct.unpack_from("<H", value, at)[0]
        if count > STORAGE_IDS_MAX or at + 2 + 4 * count > len(value):
            raise TbfError("storage permissions cut short")
        lists.append(list(struct.unpack_from(f"<{count}I", value, at + 2)))
        at += 2 + 4 * count
    return (struct.unpack_from("<I", value)[0], *lists)


def _once(present, kind):
    if present is not None:
        raise TbfError(f"element {kind} comes twice")


def _take(tbf, kind, value):
    if kind in _LENGTHS and len(value) != _LENGTHS[kind]:
        raise TbfError(f"element {kind} has {len(value)} bytes")
    if kind == MAIN:
        tbf.main = struct.unpack("<III", value)
    elif kind == PROGRAM:
        tbf.program = struct.unpack("<IIIII", value)
    elif kind == NAME:
        tbf.name = value.decode("utf-8", "replace")
    elif kind == FIXED:
        tbf.fixed_ram, tbf.fixed_flash = struct.unpack("<II", value)
    elif kind == KERNEL:
        tbf.kernel_version = struct.unpack("<HH", value)
    elif kind == PERMISSIONS:
        _once(tbf.permissions, kind)
        tbf.permissions = _commands(value)
    elif kind == STORAGE:
        _once(tbf.storage, kind)
        tbf.storage = _storage(value)
    elif kind == SHORT_ID:
        _once(tbf.short_id, kind)
        tbf.short_id = struct.unpack("<I", value)[0]
        if tbf.short_id == 0:
            raise TbfError("short id 0")
    elif kind == REGIONS:
        if len(value) % 8:
            raise TbfError("a region is cut short")
        tbf.regions += [struct.unpack_from("<II", value, at) for at in range(0, len(value), 8)]


def parse(data):
    """The application whose header begins `data`."""
    if len(data) < BASE_SIZE:
        raise TbfError("shorter than a header")
    version, header_size, total_size, flags, sum_ = struct.unpack_from("<HHIII", data)
    if version != VERSION:
        raise TbfError(f"version {version}")
    if header_size < BASE_SIZE or header_size % 4 or header_size > min(total_size, len(data)):
        raise TbfError(f"header of {header_size} bytes")
    if checksum(data[:header_size]) != sum_:
        raise TbfError("checksum")
    tbf = Tbf(header_size, total_size, flags)
    tbf.elements = list(_elements(data[BASE_SIZE:header_size]))
    if len(tbf.elements) > ELEMENTS_MAX:
        raise TbfError("too many elements")
    for kind, value in tbf.elements:
        _take(tbf, kind, value)
    if tbf.main or tbf.program:
        if not tbf.program_offset <= tbf.binary_end <= total_size:
            raise TbfError("program outside of the application")
        if tbf.entry >= tbf.binary_end:
            raise TbfError("entry point behind the program")
        for offset, size in tbf.regions:
            if size and not tbf.program_offset <= offset <= offset + size <= tbf.binary_end:
                raise TbfError("region outside of the program")
    return tbf


def footers(data):
    """The footers of a whole application: (type, credential format, data), and the rest that is
    none."""
    tbf = parse(data)
    at, found = tbf.binary_end, []
    while at + 8 <= tbf.total_size:
        kind, length, format_ = struct.unpack_from("<HHI", data, at)
        if kind != CREDENTIAL or length < 4 or at + 4 + length > tbf.total_size:
            break
        found.append((kind, format_, data[at + 8 : at + 4 + length]))
        at += 4 + (length + 3) // 4 * 4
    return found, data[at : tbf.total_size]


def credential(format_, value):
    return element(CREDENTIAL, struct.pack("<I", format_) + value)


def with_footers(data, *credentials):
    """The application with these footers instead of its own. A function is called with the bytes that a
    credential vouches for, and returns one."""
    tbf = parse(data)
    footers_ = b"".join(each(data[: tbf.binary_end]) if callable(each) else each for each in credentials)
    assert tbf.binary_end + len(footers_) <= tbf.total_size
    return (data[: tbf.binary_end] + footers_).ljust(tbf.total_size, b"\0")


def sha_256(covered):
    return credential(FORMAT_SHA_256, hashlib.sha256(covered).digest())


def permissions(*entries):
    """An element, of (driver, group, mask)."""
    return PERMISSIONS, struct.pack("<H", len(entries)) + b"".join(struct.pack("<IIQ", *each) for each in entries)


def short_id(number):
    return SHORT_ID, struct.pack("<I", number)


def element(kind, value):
    return struct.pack("<HH", kind, len(value)) + value + bytes(-len(value) % 4)


def header(elements, total_size, flags=FLAG_ENABLED, header_size=None):
    """A header with a right checksum, whatever the rest is."""
    body = b"".join(element(kind, value) for kind, value in elements)
    size = BASE_SIZE + len(body) if header_size is None else header_size
    data = struct.pack("<HHIII", VERSION, size & 0xFFFF, total_size, flags, 0) + body
    return with_checksum(data)


def padding(total_size):
    return header([], total_size, flags=0) + b"\xff" * (total_size - BASE_SIZE)


def build(
    program=b"\0" * 64,
    name="app",
    total_size=None,
    area=0x80,
    entry=0,
    minimum_ram=1024,
    flash=None,
    ram=None,
    kernel=(2, 0),
    version=0,
    flags=FLAG_ENABLED,
    extra=(),
):
    """An application whose `program` begins `area` bytes behind its start and is entered `entry`
    bytes into it. `flash` is where it is to begin, header and all."""

    def elements(header_size, total):
        offset, protected = area - header_size + entry, area - header_size
        yield MAIN, struct.pack("<III", offset, protected, minimum_ram)
        yield PROGRAM, struct.pack("<IIIII", offset, protected, minimum_ram, area + len(program), version)
        if name is not None:
            yield NAME, name.encode()
        if flash is not None or ram is not None:
            absent = 0xFFFFFFFF
            binary = absent if flash is None else flash + area
            yield FIXED, struct.pack("<II", absent if ram is None else ram, binary)
        if kernel is not None:
            yield KERNEL, struct.pack("<HH", *kernel)
        yield from extra

    total = total_size if total_size is not None else (area + len(program) + 3) // 4 * 4
    size = BASE_SIZE + sum(len(element(*each)) for each in elements(0x40 if area else 0, 0))
    assert size <= area
    data = header(list(elements(size, total)), total, flags)
    return (data + bytes(area - size) + program).ljust(total, b"\0")


INTERESTING = (0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 0x7F, 0x80, 0xFF, 0xFFFC, 0xFFFF, 0x10000)
INTERESTING_32 = INTERESTING + (0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFC, 0xFFFFFFFF)


def _damage(data, random, span):
    at = random.randrange(max(1, min(span, len(data))))
    choice = random.randrange(6)
    if choice == 0:
        data[at] ^= 1 << random.randrange(8)
    elif choice == 1:
        data[at] = random.randrange(256)
    elif choice == 2:
        data[at & ~1 : (at & ~1) + 2] = struct.pack("<H", random.choice(INTERESTING) & 0xFFFF)
    elif choice == 3:
        data[at & ~3 : (at & ~3) + 4] = struct.pack("<I", random.choice(INTERESTING_32))
    elif choice == 4:
        del data[at : at + random.choice((1, 4, 16, len(data)))]
    else:
        other = random.randrange(max(1, min(span, len(data))))
        data[at : at + 8] = data[other : other + 8]


def mutate(data, random, span=0x90, repair=0.6):
    """`data` with one to four damages in its first `span` bytes; with the probability `repair` its
    checksum is put right afterwards, so that the damage is looked at."""
    damaged = bytearray(data)
    for _ in range(random.randrange(1, 5)):
        if damaged:
            _damage(damaged, random, span)
    return with_checksum(damaged) if random.random() < repair else bytes(damaged)


def walk(flash, start=0):
    """What a loader finds in `flash` from offset `start` on: (offset, Tbf or TbfError)."""
    found, at = [], start
    while at + 8 <= len(flash):
        version, header_size, total_size = struct.unpack_from("<HHI", flash, at)
        if version != VERSION or total_size == 0 or total_size > len(flash) - at:
            break
        if header_size > total_size or header_size < BASE_SIZE:
            found.append((at, TbfError(f"header of {header_size} bytes")))
        else:
            try:
                found.append((at, parse(flash[at : at + total_size])))
            except TbfError as error:
                found.append((at, error))
        at += total_size
    return found

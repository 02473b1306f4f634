#!/usr/bin/python3
"""usage: check_includes.py [ROOT]

Refuses an #include that goes against the direction of dependencies:

    boards -> capsules, chips -> hil -> the kernel's public headers;  kernel -> arch's contract;
    userland -> nothing but itself

Each room below says what it may include. Everything else is an error, with the line and what is
allowed there.
"""

import pathlib
import re
import sys

FREESTANDING = {"stdint.h", "stdbool.h", "stddef.h", "stdnoreturn.h"}

# Of the C library, what applications may include that say APP_LIBC := yes in their app.mk: all of ISO C17 but threads and
# atomics, as an application has one thread. What POSIX adds is picolibc's business: applications that want more than
# ISO C have lib/. Only userland/libc, which is beneath the library, includes what it implements.
LIBRARY = {
    "assert.h", "complex.h", "ctype.h", "errno.h", "fenv.h", "float.h", "inttypes.h", "iso646.h", "limits.h", "locale.h",
    "math.h", "setjmp.h", "signal.h", "stdalign.h", "stdarg.h", "stdio.h", "stdlib.h", "string.h", "tgmath.h", "time.h",
    "uchar.h", "wchar.h", "wctype.h",
}  # fmt: skip
BENEATH_LIBRARY = {"fcntl.h", "picotls.h", "sys/time.h", "sys/times.h", "sys/types.h", "unistd.h"}

ROOMS = ("kernel", "arch", "hil", "chips", "capsules", "boards", "userland")
SUFFIXES = {".c", ".h", ".S"}

# Of the kernel's public headers, what a capsule may name; and what only a board or an architecture may.
CAPSULE_KERNEL_HEADERS = (
    "kernel/capsule.h",
    "kernel/clock.h",
    "kernel/credential_checker.h",
    "kernel/fault_policy.h",
    "kernel/observer.h",
    "kernel/panic_reporter.h",
    "kernel/panic_writer.h",
    "kernel/process_control.h",
    "kernel/process_slots.h",
    "kernel/resume_client.h",
    "kernel/share.h",
    "kernel/system_call_filter.h",
    "kernel/system_reset.h",
)
BOARD_HEADER = "kernel/board.h"
ARCH_HEADER = "kernel/entry.h"

INCLUDE = re.compile(r"^[ \t]*#[ \t]*(include\w*|import)\b[ \t]*([^\n]*)", re.M)
NAME = re.compile(r'<([^>]+)>|"([^"]+)"')
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.S)


class Tree:
    """A repository, and where <...> of public headers is found in it."""

    def __init__(self, root):
        self.root = pathlib.Path(root)

    def files(self):
        for room in ROOMS:
            for path in sorted((self.root / room).rglob("*")):
                if path.suffix in SUFFIXES and path.is_file():
                    yield path.relative_to(self.root)

    def includes(self, path):
        """(line number, how it is written, name or None, in quotes) for each #include."""
        text = (self.root / path).read_text(errors="replace")
        text = COMMENT.sub(lambda match: match[1] or "\n" * match[0].count("\n"), text.replace("\\\n", " \n"))
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            name = NAME.fullmatch(match[2].strip()) if match[1] == "include" else None
            yield line, match[0].strip(), name and (name[1] or name[2]), bool(name and name[2])

    def pulled_by(self, header, folder):
        """A public header and all public headers of its own kind that it pulls in."""
        found, open_ = set(), [header]
        while open_:
            each = open_.pop()
            if each in found:
                continue
            found.add(each)
            if (self.root / folder / each).is_file():
                names = [name for _, _, name, _ in self.includes(pathlib.Path(folder) / each) if name]
                open_ += [name for name in names if name.split("/")[0] == header.split("/")[0]]
        return found


class Rule:
    """What one file may include. `prefixes` and `names` are for <...>; `own` is the folder that
    "..." may name files of, None for none."""

    def __init__(self, words, prefixes=(), names=(), but=(), own=None):
        self.words = words
        self.prefixes = tuple(prefixes)
        self.names = set(names)
        self.but = set(but)
        self.own = own

    def allows(self, tree, name, is_quoted):
        if ".." in name.split("/"):
            return False
        if is_quoted:
            return self.own is not None and (tree.root / self.own / name).is_file()
        if name in FREESTANDING or name in self.names:
            return True
        return name.startswith(self.prefixes) and name not in self.but


def rule_kernel(tree, path):
    if path.parts[:2] == ("kernel", "include"):
        return Rule("a public header of the kernel may include <kernel/...>", ["kernel/"])
    return Rule(
        'kernel/ may include <kernel/...>, <arch/arch.h>, and "..." of its own folder',
        ["kernel/"],
        names=tree.pulled_by("arch/arch.h", "arch/include"),
        own=path.parent,
    )


class HostRule(Rule):
    """arch/host is a program of the machine that runs the tests: it may use that machine's library."""

    def allows(self, tree, name, is_quoted):
        return super().allows(tree, name, is_quoted) or (not is_quoted and name.split("/")[0] not in ROOMS)


def rule_arch(tree, path):
    if path.parts[:2] == ("arch", "host"):
        return HostRule(
            'arch/host/ may include <kernel/...>, <arch/...>, the host\'s library, and "..." of its own folder',
            ["kernel/", "arch/"],
            own=path.parent,
        )
    return Rule(
        'arch/ may include <kernel/...>, <arch/...>, and "..." of its own folder', ["kernel/", "arch/"], own=path.parent
    )


def rule_hil(tree, path):
    return Rule(
        f"hil/ may include <hil/...> and <kernel/...> but {BOARD_HEADER} and {ARCH_HEADER}",
        ["kernel/", "hil/"],
        but=[BOARD_HEADER, ARCH_HEADER],
    )


def rule_capsules(tree, path):
    public = set().union(*(tree.pulled_by(header, "kernel/include") for header in CAPSULE_KERNEL_HEADERS))
    headers = ", ".join(f"<{header}>" for header in CAPSULE_KERNEL_HEADERS)
    return Rule(
        f"capsules/ may include {headers}, what these include, <hil/...> and <capsules/...>",
        ["hil/", "capsules/"],
        names=public - {BOARD_HEADER, ARCH_HEADER},
    )


def rule_chips(tree, path):
    family = path.parts[1]
    return Rule(
        f"chips/{family}/ may include <kernel/...> but {BOARD_HEADER} and {ARCH_HEADER}, <hil/...>, "
        f"and <chips/{family}/...>",
        ["kernel/", "hil/", f"chips/{family}/"],
        but=[BOARD_HEADER, ARCH_HEADER],
    )


def rule_boards(tree, path):
    return Rule(
        f"boards/ may include <kernel/...> but {ARCH_HEADER}, <arch/...>, <hil/...>, <chips/...>, <capsules/...>, "
        '<boards/credentials.h>, and "..." of its own folder',
        ["kernel/", "arch/", "hil/", "chips/", "capsules/", "boards/credentials.h"],
        but=[ARCH_HEADER],
        own=path.parent,
    )


class UserlandRule(Rule):
    """userland/ has search paths of its own: any name that is found under it will do."""

    def allows(self, tree, name, is_quoted):
        if name in FREESTANDING or (name in LIBRARY and self.has_library()):
            return not is_quoted
        if name in BENEATH_LIBRARY and self.own.name == "libc":
            return not is_quoted
        userland = (tree.root / "userland").resolve()
        beside = (self.own / name).resolve()
        if is_quoted and beside.is_file():
            return beside.is_relative_to(userland)
        if name.split("/")[0] in ROOMS:
            return False
        return any(found.is_file() for found in userland.rglob(name)) if ".." not in name else False

    def has_library(self):
        settings = self.own / "app.mk"
        return self.own.name == "libc" or (settings.is_file() and "_LIBC := yes" in settings.read_text())


def rule_userland(tree, path):
    return UserlandRule("userland/ may include only what is in userland/", own=tree.root / path.parent)


RULES = {
    "kernel": rule_kernel,
    "arch": rule_arch,
    "hil": rule_hil,
    "capsules": rule_capsules,
    "chips": rule_chips,
    "boards": rule_boards,
    "userland": rule_userland,
}


def check(root):
    """One message for each #include that is not allowed, and how many were looked at."""
    tree, messages, count = Tree(root), [], 0
    for path in tree.files():
        rule = RULES[path.parts[0]](tree, path)
        for line, written, name, is_quoted in tree.includes(path):
            count += 1
            if name is None:
                messages.append(f"{path}:{line}: {written}: an #include must name its file")
            elif not rule.allows(tree, name, is_quoted):
                standard = ", ".join(f"<{header}>" for header in sorted(FREESTANDING))
                messages.append(f"{path}:{line}: {written}: {rule.words}, and {standard}")
    return messages, count


def main(arguments):
    root = arguments[0] if arguments else pathlib.Path(__file__).resolve().parents[1]
    messages, count = check(root)
    for message in messages:
        print(message, file=sys.stderr)
    if count == 0:
        sys.exit(f"check_includes: there is nothing to check in {root}")
    if messages:
        sys.exit(1)
    print(f"check_includes: {count} includes, all in the right direction")


if __name__ == "__main__":
    main(sys.argv[1:])

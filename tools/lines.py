"""How many lines of an image are trusted, and how many are checked instead. Used by size.py.

A line counts when it holds more than white space and comments. Counted are the sources of which
something is in the image, and the headers that these include; not linker scripts and makefiles.

    kernel, arch, boards    trusted: everything in kernel/ but its public headers, in arch/, in boards/
    inline code             trusted: in the public headers (kernel/include/, hil/include/), which are
                            compiled into checked code, every line of a function with a body and of a
                            macro that stands for something
    capsules, chips         checked

What else is in public headers, prototypes, types, constants, is counted apart: it can be wrong, but it
does nothing.
"""

import re

PUBLIC = ("kernel/include/", "hil/include/")
TRUSTED = ("kernel", "arch", "boards", "inline code")
CHECKED = ("capsules", "chips")
NEITHER = "declarations"
PARTS = (*TRUSTED, NEITHER, *CHECKED)

COMMENT_OR_TEXT = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|//[^\n]*|/\*.*?\*/""", re.S)
TEXT = re.compile(r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""")


def code_lines(source, is_assembly=False):
    """The lines that count."""

    def replace(match):
        return match[1] or " " + "\n" * match[0].count("\n")

    lines = COMMENT_OR_TEXT.sub(replace, source).splitlines()
    if is_assembly:
        lines = [line for line in lines if not line.lstrip().startswith("@")]
    return [line for line in lines if line.strip()]


def is_macro_with_a_body(directive):
    match = re.match(r"\s*#\s*define\s+\w+(?:\([^)]*\))?(.*)", directive)
    return match is not None and match[1].strip() != ""


def divide_directives(lines):
    """(how many lines belong to macros, the lines that are no directives)."""
    macros, rest = 0, []
    lines = iter(lines)
    for line in lines:
        if not line.lstrip().startswith("#"):
            rest.append(line)
            continue
        directive = [line]
        while directive[-1].endswith("\\"):
            directive.append(next(lines, ""))
        if is_macro_with_a_body(" ".join(each.rstrip("\\") for each in directive)):
            macros += len(directive)
    return macros, rest


def count_functions(lines):
    """How many lines belong to functions with bodies. A body is what stands in braces behind a ')'."""
    functions, depth, head, start, is_function = 0, 0, "", 0, False
    for number, line in enumerate(lines):
        for letter in TEXT.sub('""', line):
            if letter == "{":
                if depth == 0:
                    is_function = head.rstrip().endswith(")") and "=" not in head
                depth += 1
            elif letter == "}":
                depth -= 1
                if depth == 0 and is_function:
                    functions += number + 1 - start
                    head, start, is_function = "", number + 1, False
            elif depth == 0 and letter == ";":
                head, start = "", number + 1
            elif depth == 0:
                head += letter
    return functions


def count_inline(source):
    """(lines of inline code, all other lines that count) of a header."""
    lines = code_lines(source)
    macros, rest = divide_directives(lines)
    inline = macros + count_functions(rest)
    return inline, len(lines) - inline


def count_file(path, source):
    """Lines by part."""
    if path.startswith(PUBLIC):
        inline, others = count_inline(source)
        return {"inline code": inline, NEITHER: others}
    room = path.split("/")[0]
    return {room: len(code_lines(source, path.endswith(".S")))} if room in PARTS else {}


def count_files(root, paths):
    counts = dict.fromkeys(PARTS, 0)
    for path in paths:
        for part, lines in count_file(path, (root / path).read_text()).items():
            counts[part] += lines
    return counts


def trusted(counts):
    return sum(counts[part] for part in TRUSTED)


def checked(counts):
    return sum(counts[part] for part in CHECKED)

"""What a page of documentation shows, against what really comes. A block

    ```console
    $ command            (or another prompt: (gdb) ...)
    a line that must come
    ```

is what somebody types and what is said then. Lines must come in this order, between others; addresses and counts may be
others."""

import re

NUMBER = re.compile(r"0x[0-9a-f]+|\b\d+\b")


def blocks(page, kind):
    """The contents of the blocks of a kind, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(), re.M | re.S)


def exchanges(text, prompt):
    """[(what is typed behind this prompt, [lines that must come])]; what stands before the first is left out."""
    found = []
    for line in text.splitlines():
        if line.startswith(prompt):
            found.append((line.removeprefix(prompt), []))
        elif found:
            found[-1][1].append(line)
    return found


def plain(line):
    return " ".join(NUMBER.sub("N", line).split())


def pattern(line):
    """A regular expression for one line, of a terminal. Numbers count, but for addresses and in tables."""
    numbers = NUMBER.findall(line)
    are_free = len(numbers) > 2 or "0x" in line
    words = [re.escape(word) for word in line.split()]
    if are_free:
        words = [NUMBER.sub(r"(?:0x[0-9a-f]+|\\d+)", word) for word in words]
    return r"[ \t]+".join(words) + r"[ \t]*\r*\n"


def check(typed, lines, answer):
    said = iter(answer.splitlines())
    for line in lines:
        assert any(plain(line) == plain(each) for each in said), f"{typed!r}: {line!r} did not come:\n{answer}"

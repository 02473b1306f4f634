#!/usr/bin/python3
"""usage: registers.py BOARD FACTS...

Counts what chip drivers do that capsules may not, from the facts that capcheck wrote about them:
registers declared (each a line of a data sheet that no check can compare with it), places in the
source that access one, and channels of DMA.
"""

import re
import sys
from collections import Counter, defaultdict

VERBS = ("read", "write", "set", "clear")


class Facts:
    """One file's: its name, lines of each kind."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            lines = [line.split() for line in file]
        self.source = lines[0][3]
        self.lines = defaultdict(list)
        for kind, *words in lines[1:]:
            self.lines[kind].append(words)

    def registers(self):
        """(type, block.field, offset, bits, access, reset), once each."""
        for cell, place, offset, bits, *rest in self.lines["register"]:
            access, _, reset = " ".join(rest).rpartition(":")
            yield cell.removesuffix("_register"), place, int(offset, 0), int(bits), access, reset

    def channels(self):
        return [words[0] for words in self.lines["dma"]]

    def accesses(self):
        """How often the source says each verb to a register or channel."""
        names = {register[0] for register in self.registers()} | set(self.channels())
        found = Counter()
        for _, callee, *_ in self.lines["call"]:
            name, _, verb = callee.rpartition("_")
            if name in names and verb in VERBS:
                found[verb] += 1
            elif re.sub(r"_(start|take|configure|is_done|init)$", "", callee) in self.channels():
                found["DMA"] += 1
        return found


def main(board, paths):
    drivers = [Facts(path) for path in paths]
    columns = (*VERBS, "DMA")
    total = Counter()
    print(f"{board}: what chips/ needs beyond the rules of capsules")
    print("".join(f"{column:>7}" for column in columns) + "  places that access a register")
    for driver in drivers:
        found = driver.accesses()
        total += found
        print("".join(f"{found[column]:>7}" for column in columns) + f"  {driver.source}")
    print("".join(f"{total[column]:>7}" for column in columns) + "  in all")
    blocks = Counter(place.split(".")[0] for place in {r[1] for d in drivers for r in d.registers()})
    for block, count in sorted(blocks.items()):
        print(f"{count:>7}  registers declared in struct {block}")
    print(f"{sum(blocks.values()):>7}  registers declared in all")
    print(f"{len({c for d in drivers for c in d.channels()}):>7}  channels of DMA")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__.splitlines()[0])
    main(sys.argv[1], sys.argv[2:])

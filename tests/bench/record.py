"""What was measured before, in record.json, and what has become of it.

A record is a tree of numbers, section by section, and less is always better. A count that grows by more than
LIMIT_PERCENT over the recorded one is a failure, and so is one that is not recorded. One that has shrunk by as much
is told, so that the record follows: what was gained would be lost again unseen. Texts in it explain a number, and are
not compared.
"""

import json
import pathlib
from dataclasses import dataclass

FILE = pathlib.Path(__file__).resolve().parent / "record.json"
LIMIT_PERCENT = 5


@dataclass(frozen=True)
class Change:
    name: str
    recorded: float
    measured: float

    @property
    def has_grown(self):
        return self.measured * 100 > self.recorded * (100 + LIMIT_PERCENT)

    @property
    def has_shrunk(self):
        return self.measured * 100 < self.recorded * (100 - LIMIT_PERCENT)

    def __str__(self):
        if self.recorded == 0:
            return f"{self.name}: {self.measured}, was 0"
        percent = (self.measured - self.recorded) * 100 / self.recorded
        return f"{self.name}: {self.measured}, was {self.recorded} ({percent:+.1f} %)"


def load():
    return json.loads(FILE.read_text()) if FILE.exists() else {}


def save(record):
    FILE.write_text(json.dumps(record, indent=2) + "\n")


def numbers(tree, name=""):
    """All numbers of a tree by the way that leads to them: section/board/path."""
    if isinstance(tree, str):
        return {}
    if not isinstance(tree, dict):
        return {name: tree}
    found = {}
    for key, branch in tree.items():
        found |= numbers(branch, f"{name}/{key}" if name else key)
    return found


def compare(recorded, measured):
    """(failures, gains): lines. Only the sections that were measured are looked at."""
    before, now = numbers({key: recorded.get(key, {}) for key in measured}), numbers(measured)
    changes = [Change(name, before[name], now[name]) for name in now if name in before]
    failures = [f"grown: {change}" for change in changes if change.has_grown]
    failures += [f"not recorded: {name}: {now[name]}" for name in now if name not in before]
    failures += [f"recorded, but no longer measured: {name}" for name in before if name not in now]
    return failures, [f"shrunk: {change}" for change in changes if change.has_shrunk]

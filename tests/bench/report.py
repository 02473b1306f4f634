"""Tables of what was measured, for people: on the terminal, and in docs/performance.md between the marks

    <!-- paths -->
    <!-- end of paths -->
"""

import re

import board as boards
import growth
import paths
import placement
import worst

DOCUMENT = boards.ROOT / "docs" / "performance.md"


def table(head, rows):
    """Numbers on the right, texts on the left."""
    cells = [[str(cell) if cell is not None else "–" for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    is_number = [all(isinstance(row[column], (int, float)) or row[column] is None for row in rows) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in zip(row, widths, is_number, strict=True)) + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 1) + (":" if right else "-") for width, right in zip(widths, is_number, strict=True)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def paths_table(record):
    names = list(record["paths"])
    head = ["path", *names, "Tock rv32", "Tock M4", "goal"]
    rows = [
        [path.name, *(record["paths"][name][path.name] for name in names), path.tock_rv32, path.tock_m4, path.goal]
        for path in paths.PATHS
    ]
    return table(head, rows)


def above_goal(record):
    """What is still to do."""
    found = [
        f"{path.name} on {name}: {counts[path.name]}, goal {path.goal}"
        for name, counts in record["paths"].items()
        for path in paths.PATHS
        if path.goal is not None and counts[path.name] > path.goal
    ]
    return "\n".join(["Above the goal:", *(f"- {line}" for line in found)]) if found else "Every goal is reached."


def meaning_table(record):
    return table(["path", "from and to"], [[name, meaning] for name, meaning in paths.MEANING.items()])


def floor_table(record):
    names = list(record["floor"])
    floors = record["floor"]
    head = ["times the floor", *(f"{name}{column}" for name in names for column in ("", ", goal"))]
    rows = [["the floor, instructions", *(cell for name in names for cell in (floors[name], None))]]
    for path in paths.PATHS:
        if path.goal is not None:
            pairs = [(record["paths"][name][path.name], path.goal) for name in names]
            rows.append([path.name, *(round(count / floors[name], 1) for name, pair in zip(names, pairs, strict=True) for count in pair)])
    return table(head, rows)


def growth_table(series):
    def make(record):
        boards_ = record["growth"]
        few, many = (str(growth.SERIES[series][end]) for end in (0, -1))
        head = ["path", *(f"{name}, {number}" for name in boards_ for number in (few, many)), "because"]
        rows = [
            [path, *(counts[series][number][path] for counts in boards_.values() for number in (few, many)), growth.REASONS.get(path, "?")]
            for path in growth.growing(boards_, series)
        ]
        return table(head, rows)

    return make


def numbers_table(section, first):
    """The numbers of a section, one row each."""

    def make(record):
        names = list(record[section])
        keys = list(record[section][names[0]])
        return table([first, *names], [[key, *(record[section][name][key] for name in names)] for key in keys])

    return make


def placement_table(record):
    names = list(record["placement"])
    rows = [
        [f"{size} bytes, alone", *(record["placement"][name]["alone"][str(size)] for name in names)]
        for size in sorted(placement.SIZES)
    ]
    rows += [
        [f"all eight, {order}", *(record["placement"][name]["together"][order] for name in names)]
        for order in placement.NUMBERS
    ]
    return table(["bytes lost", *names], rows)


def worst_table(record):
    rows = [
        [name, board, what["instructions"], what["cause"]]
        for name in worst.NAMES
        for board, found in record["worst"].items()
        for what in [found[name]]
    ]
    return table(["longest", "board", "instructions", "what it is, and who executes most of it"], rows)


TABLES = {"paths": paths_table, "goals": above_goal, "meaning": meaning_table, "floor": floor_table,
          "processes": growth_table("processes"), "timers": growth_table("timers"),
          "placement": placement_table, "power": numbers_table("power", "waiting for timers"),
          "compute": numbers_table("compute", "computing"), "worst": worst_table}


def document_of(text, record):
    """The document with the tables of this record."""
    for name, make in TABLES.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.S)
        if len(pattern.findall(text)) != 1:
            raise ValueError(f"docs/performance.md has no place, or several, for the table {name}")
        text = pattern.sub(lambda match: f"{match[1]}\n{make(record)}\n\n{match[2]}", text)  # noqa: B023
    return text

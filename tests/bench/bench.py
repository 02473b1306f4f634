#!/usr/bin/python3
"""usage: bench.py [--record] BOARD...

Measures what Detent costs, prints it beside what was recorded, and fails when a number has grown by more than 5 %
(record.py). Also writes build/bench.json. With --record what was measured becomes the record, and docs/performance.md
follows it.

The sections of the record, each in a file of its own:

    floor    the least system call there can be (bare.py)
    paths    instructions on the paths through the kernel (paths.py)
"""

import argparse
import json
import multiprocessing
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "qemu"), str(HERE.parent / "tools")]

import bare  # noqa: E402
import board as boards  # noqa: E402
import paths  # noqa: E402
import record  # noqa: E402
import report  # noqa: E402
from execution import BenchError  # noqa: E402

OUTPUT = boards.ROOT / "build" / "bench.json"

SECTIONS = {"floor": bare.measure_floor, "paths": paths.measure}
SHOWN = ("paths", "goals", "floor")


def measure_board(name):
    """All sections of one board; or why there is no result."""
    try:
        board = boards.Board(name)
        board.make("kernel", "build/tools/image")
        board.ready = set()
        return {section: measure(board) for section, measure in SECTIONS.items()}
    except (BenchError, RuntimeError) as error:
        return str(error)


def measure(names):
    with multiprocessing.Pool(2) as pool:
        results = dict(zip(names, pool.map(measure_board, names), strict=True))
    for result in results.values():
        if isinstance(result, str):
            sys.exit(f"bench: {result}")
    return {section: {name: results[name][section] for name in names} for section in SECTIONS}


def keep(measured):
    """Makes it the record."""
    kept = record.load() | measured
    record.save(kept)
    report.DOCUMENT.write_text(report.document_of(report.DOCUMENT.read_text(), kept))
    print("bench: recorded in tests/bench/record.json and docs/performance.md")


def judge(measured):
    """Fails if something has grown, or the document does not say what the record does."""
    recorded = record.load()
    failures, gains = record.compare(recorded, measured)
    for line in gains:
        print(f"bench: {line}")
    if gains:
        print("bench: better than recorded; `make bench-record` keeps it")
    for line in failures:
        print(f"bench: {line}", file=sys.stderr)
    if failures:
        sys.exit("bench: more than 5 % above the record. If that is meant to be: `make bench-record`, and say why in the commit")
    text = report.DOCUMENT.read_text()
    if report.document_of(text, recorded) != text:
        sys.exit("bench: docs/performance.md does not say what tests/bench/record.json says; `make bench-record`")
    print("bench: nothing has grown by more than 5 %")


def main():
    parser = argparse.ArgumentParser(description="Measures what Detent costs.")
    parser.add_argument("--record", action="store_true", help="what was measured becomes the record")
    parser.add_argument("boards", nargs="+")
    options = parser.parse_args()
    measured = measure(options.boards)
    OUTPUT.write_text(json.dumps(measured, indent=2) + "\n")
    for name in SHOWN:
        print(report.TABLES[name](measured) + "\n")
    keep(measured) if options.record else judge(measured)


if __name__ == "__main__":
    main()

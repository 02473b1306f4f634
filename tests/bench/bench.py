#!/usr/bin/python3
"""usage: bench.py [--record] [--all] BOARD...

Measures what Detent costs, prints it beside what was recorded, and fails when a number has grown by more than 5 %
(record.py). Also writes build/bench.json. With --record what was measured becomes the record, and docs/performance.md
and the plots follow it.

The sections of the record, each in a file of its own:

    floor       the least system call there can be (bare.py)
    paths       instructions on the paths through the kernel (paths.py)
    placement   RAM lost to alignment (placement.py)
    power       how often the processor wakes when all wait (power.py)
    compute     what the system takes from applications that compute (compute.py)

and, as they take minutes, only with --all:

    growth      the paths with more processes, and with more timers (growth.py)
    worst       the longest stretch without interrupts, the longest system call (worst.py)
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
import compute  # noqa: E402
import growth  # noqa: E402
import paths  # noqa: E402
import placement  # noqa: E402
import plot  # noqa: E402
import power  # noqa: E402
import record  # noqa: E402
import report  # noqa: E402
import worst  # noqa: E402
from execution import BenchError  # noqa: E402

OUTPUT = boards.ROOT / "build" / "bench.json"

SECTIONS = {"floor": bare.measure_floor, "paths": paths.measure, "placement": placement.measure, "power": power.measure,
            "compute": compute.measure}
SLOW = {"growth": growth.measure, "worst": worst.measure}
SHOWN = {"paths": ("paths", "goals", "floor"), "growth": ("processes", "timers"), "placement": ("placement",), "power": ("power",),
         "compute": ("compute",), "worst": ("worst",)}


def measure_board(name, sections):
    """All sections of one board; or why there is no result."""
    try:
        board = boards.Board(name)
        board.make("kernel", "build/tools/image")
        return {section: measure(board) for section, measure in sections.items()}
    except (BenchError, RuntimeError) as error:
        return str(error)


def measure(names, sections):
    with multiprocessing.Pool(2) as pool:
        results = dict(zip(names, pool.starmap(measure_board, [(name, sections) for name in names]), strict=True))
    for result in results.values():
        if isinstance(result, str):
            sys.exit(f"bench: {result}")
    return {section: {name: results[name][section] for name in names} for section in sections}


def write_documents(kept):
    report.DOCUMENT.write_text(report.document_of(report.DOCUMENT.read_text(), kept))
    for series in growth.SERIES:
        plot.file_of(series).write_text(plot.picture(series, kept["growth"]))


def stale_documents(recorded):
    """Those that do not say what the record does."""
    text = report.DOCUMENT.read_text()
    files = [] if report.document_of(text, recorded) == text else [report.DOCUMENT]
    pictures = {plot.file_of(series): plot.picture(series, recorded["growth"]) for series in growth.SERIES}
    return files + [file for file, picture in pictures.items() if not file.exists() or file.read_text() != picture]


def keep(measured):
    """Makes it the record."""
    kept = record.load() | measured
    record.save(kept)
    write_documents(kept)
    print("bench: recorded in tests/bench/record.json; docs/performance* follow it")


def judge(measured):
    """Fails if something has grown, or the document does not say what the record does."""
    recorded = record.load()
    failures, gains = record.compare(recorded, measured)
    failures += growth.unexplained(measured.get("growth", {}))
    failures += compute.above_limit(measured.get("compute", {}))
    for line in gains:
        print(f"bench: {line}")
    if gains:
        print("bench: better than recorded; `make bench-record` keeps it")
    for line in failures:
        print(f"bench: {line}", file=sys.stderr)
    if failures:
        sys.exit("bench: worse than recorded. If that is meant to be: `make bench-record`, and say why in the commit")
    for file in stale_documents(recorded):
        sys.exit(f"bench: {file.relative_to(boards.ROOT)} does not say what tests/bench/record.json does: `make bench-plots`")
    print("bench: nothing has grown by more than 5 %")


def main():
    parser = argparse.ArgumentParser(description="Measures what Detent costs.")
    parser.add_argument("--record", action="store_true", help="what was measured becomes the record")
    parser.add_argument("--all", action="store_true", help="also what takes minutes")
    parser.add_argument("--documents", action="store_true", help="measure nothing: write docs/performance* anew")
    parser.add_argument("boards", nargs="*")
    options = parser.parse_args()
    if options.documents:
        return write_documents(record.load())
    measured = measure(options.boards, SECTIONS | SLOW if options.all else SECTIONS)
    OUTPUT.write_text(json.dumps(measured, indent=2) + "\n")
    for name in (name for section, names in SHOWN.items() if section in measured for name in names):
        print(report.TABLES[name](measured) + "\n")
    keep(measured) if options.record else judge(measured)


if __name__ == "__main__":
    main()

"""tests/bench: when a record is kept and when not, what a document says, what is counted in a trace."""

import pathlib
import sys

import pytest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / folder) for folder in ("bench", "qemu", "tools")]

import bench  # noqa: E402
import compute  # noqa: E402
import growth  # noqa: E402
import paths  # noqa: E402
import plot  # noqa: E402
import record  # noqa: E402
import report  # noqa: E402
import worst  # noqa: E402
from execution import BenchError  # noqa: E402

# --- The record ---


def judged(recorded, measured):
    failures, gains = record.compare({"paths": {"board": recorded}}, {"paths": {"board": measured}})
    return [line.split(":")[0] for line in failures], [line.split(":")[0] for line in gains]


@pytest.mark.parametrize(
    "recorded, measured, failures, gains",
    [
        (100, 100, [], []),
        (100, 105, [], []),
        (100, 106, ["grown"], []),
        (1000, 1051, ["grown"], []),
        (51, 53, [], []),
        (51, 54, ["grown"], []),
        (100, 95, [], []),
        (100, 94, [], ["shrunk"]),
        (0, 0, [], []),
        (0, 1, ["grown"], []),
        (1, 0, [], ["shrunk"]),
    ],
)
def test_five_percent(recorded, measured, failures, gains):
    assert judged({"memop": recorded}, {"memop": measured}) == (failures, gains)


def test_what_is_new_or_gone_is_a_failure():
    assert judged({"old": 1, "kept": 1}, {"new": 1, "kept": 1}) == (
        ["not recorded", "recorded, but no longer measured"],
        [],
    )


def test_sections_that_were_not_measured_are_left_alone():
    assert record.compare({"paths": {"a": 1}, "growth": {"a": 1}}, {"paths": {"a": 1}}) == ([], [])


def test_nothing_recorded():
    assert record.compare({}, {"paths": {"a": 1}}) == (["not recorded: paths/a: 1"], [])


def test_the_line_says_which_and_by_how_much():
    failures, _ = record.compare({"paths": {"rv32": {"memop": 80}}}, {"paths": {"rv32": {"memop": 100}}})
    assert failures == ["grown: paths/rv32/memop: 100, was 80 (+25.0 %)"]


# --- The document ---


def test_a_table():
    assert report.table(["path", "count"], [["memop", 8], ["allow", None]]).splitlines() == [
        "| path  | count |",
        "|-------|------:|",
        "| memop |     8 |",
        "| allow |     – |",
    ]


def test_the_document_says_what_the_record_does():
    text = report.DOCUMENT.read_text()
    recorded = record.load()
    assert report.document_of(text, recorded) == text
    recorded["paths"]["lm3s6965evb"]["memop"] += 1
    assert report.document_of(text, recorded) != text


def test_a_document_without_a_place_for_a_table_is_refused():
    with pytest.raises(ValueError, match="floor"):
        report.document_of(report.DOCUMENT.read_text().replace("<!-- floor -->", ""), record.load())


# --- Counting: a kernel at 0 to 0x1000, two applications of 0x100 bytes behind it ---

WFI = 0x500
SWITCH = paths.Path("switch", begin=(0, "trap"), end=(1, None))
CALL = paths.Path("call", begin=(0, "trap"), end=(0, "return"))
LATER = paths.Path("later", begin=(0, "trap"), end=(0, "upcall"), is_straight=False, sleeps=None)
TAIL = paths.Path("tail", begin=(0, "trap"), end=(0, "upcall"), is_straight=False, is_tail=True, sleeps=1)
BOOT = paths.Path("boot_to_app", end=(0, "_start"))


class Board:
    flash_start, apps_start, apps_end = 0, 0x1000, 0x1200


class Process:
    def __init__(self, start):
        self.flash = range(start, start + 0x100)
        self.labels = {"_start": start, "trap": start + 2, "return": start + 4, "upcall": start + 8}


def count(path, *trace):
    counter = paths.Counter(Board, [Process(0x1000), Process(0x1100)], [path], {WFI})
    for address in trace:
        counter.take(address)
    return counter.counts.get(path.name)


@pytest.mark.parametrize(
    "path, trace, expected",
    [
        (CALL, [0x1002, 0x10, 0x12, 0x1004], 2),
        (CALL, [0x30, 0x1000, 0x1002, 0x10, 0x1004, 0x40], 1),
        (CALL, [0x1002, 0x10], None),
        (SWITCH, [0x1002, 0x10, 0x12, 0x14, 0x1180], 3),
        (LATER, [0x1002, 0x10, 0x1004, 0x1006, 0x20, WFI, 0x22, 0x1008], 4),
        (TAIL, [0x1002, 0x10, WFI, 0x22, 0x24, 0x1008], 2),
        (TAIL, [0x1002, 0x10, WFI, 0x22, 0x1102, 0x24, 0x1008], 1),
        (BOOT, [0xFFFF, 0x10, 0x12, 0x1000], 2),
    ],
)
def test_what_is_counted(path, trace, expected):
    assert count(path, *trace) == expected


@pytest.mark.parametrize(
    "path, trace",
    [
        (CALL, [0x1002, 0x10, 0x1006]),
        (CALL, [0x1002, 0x10, 0x1104]),
        (CALL, [0x1002, 0x10, WFI, 0x12, 0x1004]),
        (TAIL, [0x1002, 0x10, 0x1008]),
        (CALL, [0x1002, 0x10, 0xFFFF]),
    ],
)
def test_what_is_no_result(path, trace):
    with pytest.raises(BenchError):
        count(path, *trace)


def test_the_passage_that_counts():
    second = paths.Path("call", begin=(0, "trap"), end=(0, "return"), passage=2)
    assert count(second, 0x1002, 0x10, 0x12, 0x1004, 0x1002, 0x10, 0x1004, 0x1002, 0x10, 0x12, 0x14, 0x1004) == 1


# --- Growth ---


def growth_with(path, first, last):
    def counts(number):
        return {each.name: number if each.name == path else 10 for each in growth.MEASURED}

    return {"board": {series: {"1": counts(first), "16": counts(last)} for series in growth.SERIES}}


def test_growth_without_a_reason_is_a_failure():
    assert growth.unexplained(growth_with("memop", 10, 10)) == []
    assert growth.unexplained(growth_with("exit_restart", 10, 20)) == []
    assert len(growth.unexplained(growth_with("memop", 10, 11))) == len(growth.SERIES)


# --- Computing ---

LABEL, KERNEL = 0x1008, range(0x1000)


def test_a_round_is_from_passage_to_passage():
    assert compute.one_round([0x1000, 0x10, LABEL, 0x1000, 0x10, 0x12, 0x1002, LABEL, 0x14], LABEL, KERNEL) == (3, 2)
    assert compute.one_round([LABEL, 0x10, LABEL], LABEL) == (2, 0)


def test_a_round_that_does_not_end():
    with pytest.raises(BenchError):
        compute.one_round([0x1000, LABEL, 0x1000], LABEL, KERNEL)


@pytest.mark.parametrize("alone, four, failures", [(0.499, 0.999, 0), (0.5, 0.999, 1), (0.499, 1.0, 1), (3, 4, 2)])
def test_what_may_be_lost(alone, four, failures):
    numbers = {"percent lost, one process": alone, "percent lost, four processes": four}
    assert len(compute.above_limit({"board": numbers})) == failures


def test_bench_fails_above_the_limit_whatever_was_recorded(monkeypatch):
    numbers = {"a round on the bare board": 1, "percent lost, one process": 0, "percent lost, four processes": 2}
    measured = {"compute": {"board": numbers}}
    monkeypatch.setattr(record, "load", lambda: measured)
    with pytest.raises(SystemExit, match="worse"):
        bench.judge(measured)


# --- The worst case: entries at 0x10 and 0x20, sleep at WFI, system calls at 0x200 ---

ENTRIES, CALL_AT = {0x10, 0x20}, 0x200
FUNCTIONS = worst.Functions([(0x0, "entry"), (0x200, "kernel_system_call"), (0x300, "memset")])


def stretches(*trace):
    return list(worst.stretches(trace, ENTRIES, {WFI}))


def test_a_stretch_ends_with_sleep_and_with_the_next_exception():
    assert stretches(0x2, 0x4, 0x10, 0x12, 0x20, 0x22, WFI, 0x24, 0x26, 0x10) == [
        [0x2, 0x4],
        [0x10, 0x12],
        [0x20, 0x22, WFI],
        [0x24, 0x26],
    ]


def test_the_longest():
    found = worst.longest(stretches(*[0x2] * 9, 0x10, 0x200, 0x10, 0x200, 0x300, 0x20, 0x12, 0x14, 0x16, 0x10), CALL_AT)
    assert found["boot"] == [0x2] * 9
    assert found["system call"] == [0x10, 0x200, 0x300]
    assert found["with interrupts masked"] == [0x20, 0x12, 0x14, 0x16]


def test_a_trace_without_system_call_is_no_result():
    with pytest.raises(BenchError):
        worst.longest(stretches(0x2, 0x10, 0x12, 0x10), CALL_AT)


def test_the_cause():
    assert worst.causes([0x10, 0x200, 0x300, 0x302], FUNCTIONS) == (
        "a system call: 50 % memset, 25 % entry, 25 % kernel_system_call"
    )
    assert worst.causes([0x10, 0x12], FUNCTIONS) == "deferred work: 100 % entry"
    assert worst.causes([0x10] * 200 + [0x300], FUNCTIONS) == "deferred work: 99 % entry"


def test_texts_of_a_record_are_not_compared():
    before = {"worst": {"board": {"boot": {"instructions": 10, "cause": "a"}}}}
    now = {"worst": {"board": {"boot": {"instructions": 11, "cause": "b"}}}}
    assert record.compare(before, before | {}) == ([], [])
    assert record.compare(before, now) == (["grown: worst/board/boot/instructions: 11, was 10 (+10.0 %)"], [])


def test_plots_say_what_the_record_does():
    recorded = record.load()
    for series in growth.SERIES:
        assert plot.file_of(series).read_text() == plot.picture(series, recorded["growth"])


@pytest.mark.parametrize("highest, step", [(5, 1), (9, 2), (17, 5), (6118, 1000), (8200, 2000)])
def test_steps_of_an_axis(highest, step):
    assert plot.step_of(highest) == step


def test_labels_do_not_cover_each_other():
    placed = plot.apart({name: 300 for name in "abc"} | {"d": 100})
    assert placed["d"] == 100
    assert sorted(placed[name] for name in "abc") == [300 - 2 * plot.LINE_HEIGHT, 300 - plot.LINE_HEIGHT, 300]

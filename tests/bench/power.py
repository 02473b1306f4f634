"""How often the processor wakes while all applications wait for timers: as often as they asked for, and no more.

Each application wakes at a period of its own. Counted are, over nearly a minute, the beats of all and the times that
the kernel went to sleep: between two beats once.
"""

import tempfile

import board as boards
import tbf_format
from execution import NS_PER_INSTRUCTION, BenchError, Trace, sleep_instructions

PERIODS_MS = (1009, 701, 499, 307)  # primes: no two beats come within a minute at the same moment
BEATS = 59  # of the first


def applications(board, directory):
    return [
        boards.small_application(board.program(directory, "beat", period), f"beat_{period}") for period in PERIODS_MS
    ]


def beat_addresses(board, directory, flash):
    """Of each application's instruction that is executed once in a period."""
    starts = [at + tbf.program_offset for at, tbf in tbf_format.walk(flash)]
    label = boards.symbols(board, f"{directory}/program.elf")["beat"] & ~1
    return [board.apps_start + start + label for start in starts]


def measure(board):
    sleeps = sleep_instructions(board)
    with tempfile.TemporaryDirectory() as directory:
        flash = b"".join(applications(board, directory))
        beats = beat_addresses(board, directory, flash)
        image = board.raw_image(directory, flash)
        with Trace(board, image) as trace:
            counted, slept, awake = count(trace, beats, sleeps)
    seconds = BEATS * PERIODS_MS[0] / 1000
    if any(not seconds * 1000 / period - 1 < beat < seconds * 1000 / period + 1 for beat, period in zip(counted, PERIODS_MS, strict=True)):
        raise BenchError(f"{board.name}: beats {counted} in {seconds} s")
    if slept != sum(counted):
        raise BenchError(f"{board.name}: {slept} sleeps, and the applications asked for {sum(counted)}")
    return {
        "seconds": seconds,
        "asked for": sum(counted),
        "sleeps": slept,
        "instructions awake": awake,
        "percent awake": round(awake * NS_PER_INSTRUCTION / 1e9 / seconds * 100, 4),
    }


def count(trace, beats, sleeps):
    """(beats by application, sleeps, instructions) from the first beat of the first application, BEATS of them."""
    counted, slept, awake = [0] * len(beats), 0, 0
    is_started = False
    for address in trace:
        if address == beats[0] and not is_started:
            is_started = True
            continue
        awake += is_started
        slept += is_started and address in sleeps
        if address in beats and is_started:
            counted[beats.index(address)] += 1
            if counted[0] == BEATS:
                return counted, slept, awake
    raise BenchError("the beats end")

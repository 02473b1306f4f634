"""Shows every mutant of the checkers to the cases of the tests, and tells which nobody notices.

    mutation.py [--checker NAME] [--reports] [--sample N] [--cases TEXT] [--all-lines]

A mutant is noticed when a case that passes with the checker as it is fails with the mutant on. Those
that nobody notices must be in survivors.txt with a reason, and all that are there must be mutants
that nobody notices."""

import argparse
import concurrent.futures
import fnmatch
import json
import multiprocessing
import os
import pathlib
import random
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import checkers  # noqa: E402  # pylint: disable=wrong-import-position

SURVIVORS = HERE / "survivors.txt"
SEED = 1
VERBOSE = "MUTATION_VERBOSE" in os.environ
EARLY_CASES = 12  # of those that must be accepted and refused each, for what needs a run of its own


class Entry:
    """A line of survivors.txt: a pattern for places, and the reason above it."""

    def __init__(self, number, pattern, reason):
        self.number, self.pattern, self.reason = number, pattern, reason

    def matches(self, mutant):
        pattern = self.pattern.replace("[", "[[]")
        return fnmatch.fnmatchcase(mutant.place, pattern)


def entries_of(text):
    """Reasons begin with '#', the places they are about follow; an empty line ends them."""
    entries, reason = [], ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            reason = f"{reason} {line[1:].strip()}".strip()
        elif line.strip():
            if not reason:
                raise ValueError(f"survivors.txt:{number}: no reason")
            entries.append(Entry(number, line.strip(), reason))
        else:
            reason = ""
    return entries


def killers_path(checker):
    return checkers.FOLDER / f"{checker.name}-killers.json"


def known_killers(checker):
    path = killers_path(checker)
    return json.loads(path.read_text()) if path.exists() else {}


def save_killers(checker, killers):
    """Which case noticed a mutant first: the next run begins with these."""
    path = killers_path(checker)
    new = path.with_suffix(f".{os.getpid()}")
    known = known_killers(checker) | {checker.mutants[number].place: killer for number, killer in killers.items()}
    new.write_text(json.dumps(known))
    new.rename(path)


def case_name(case):
    return case if isinstance(case, str) else case.name if isinstance(case, pathlib.Path) else f"{case[0]}-{case[2]}"  # a test and its number


class Run:
    """What became of some mutants of a checker."""

    def __init__(self, checker, numbers):
        self.checker, self.alive, self.killers = checker, set(numbers), {}
        self.lock = threading.Lock()

    def show(self, cases, chosen=None):
        """Shows each case what is alive, or what is chosen for it."""

        def show_one(case):
            with tempfile.TemporaryDirectory() as folder:
                with self.lock:
                    numbers = self.alive - self.checker.early
                    numbers = numbers & chosen.get(case_name(case), set()) if chosen is not None else numbers
                killed = self.checker.kill(case, numbers, pathlib.Path(folder)) if numbers else set()
                with self.lock:
                    self.alive -= killed
                    self.killers.update({number: case_name(case) for number in killed})
                    if killed:
                        save_killers(self.checker, self.killers)
                    if VERBOSE:
                        print(f"{case_name(case)}: {len(numbers)} shown, {len(killed)} noticed", file=sys.stderr, flush=True)

        if isinstance(self.checker, checkers.Capcheck):
            with concurrent.futures.ThreadPoolExecutor(checkers.WORKERS) as pool:
                for done in [pool.submit(show_one, case) for case in cases]:
                    done.result()
        else:
            for case in cases:
                show_one(case)

    def show_early(self, cases):
        def show_one(number):
            with tempfile.TemporaryDirectory() as folder:
                for case in cases:
                    if self.checker.kill_early(case, number, pathlib.Path(folder)):
                        with self.lock:
                            self.alive.discard(number)
                            self.killers[number] = case_name(case)
                        return

        with concurrent.futures.ThreadPoolExecutor(checkers.WORKERS) as pool:
            list(pool.map(show_one, sorted(self.alive & self.checker.early)))


def run_part(checker, numbers, cases, known):
    """Those cases first that were the first to notice in an earlier run."""
    result = Run(checker, numbers)
    chosen = {}
    for number in numbers:
        chosen.setdefault(known.get(checker.mutants[number].place), set()).add(number)
    chosen.pop(None, None)
    if chosen:
        result.show([case for case in cases if case_name(case) in chosen], chosen)
    result.show(cases)
    return result.alive, result.killers, result


def run(checker, numbers, cases=None):
    """Which mutants nobody notices."""
    cases = checker.cases() if cases is None else cases
    known = known_killers(checker)
    if isinstance(checker, checkers.Capcheck):
        alive, killers, result = run_part(checker, numbers, cases, known)
        paths = [case for case in cases if case != "C10" and case.parent == checker.samples.HERE]
        some = random.Random(SEED).sample(paths, min(EARLY_CASES, len(paths)))
        result.show_early(some + [case for case in cases if case == "C10"])
    else:
        # The tests run in this process, so a process for each worker, with its share of the mutants.
        checker.compile_cases(cases)
        ordered = sorted(numbers)
        alive, killers = set(), {}
        shares = [ordered[each :: checkers.WORKERS] for each in range(checkers.WORKERS)]
        global SHARED  # pylint: disable=global-statement
        SHARED = (checker, cases, known)
        with concurrent.futures.ProcessPoolExecutor(checkers.WORKERS, mp_context=multiprocessing.get_context("fork")) as pool:
            for part_alive, part_killers in pool.map(run_share, shares):
                alive |= part_alive
                killers.update(part_killers)
    save_killers(checker, killers)
    return alive


SHARED = None


def run_share(numbers):
    checker, cases, known = SHARED
    return run_part(checker, set(numbers), cases, known)[:2]


def chosen_mutants(checker, reports, sample, entries):
    """All; or all that leave a report out; and so many of the others, the same each time. Of these two
    none that a reason is given for."""
    if not reports and sample is None:
        return set(checker.mutants)
    open_ones = {number: mutant for number, mutant in checker.mutants.items() if not any(entry.matches(mutant) for entry in entries)}
    numbers = {number for number, mutant in open_ones.items() if mutant.is_report}
    others = sorted(set(open_ones) - numbers, key=lambda number: open_ones[number].place)
    if sample:
        numbers |= set(random.Random(SEED).sample(others, min(sample, len(others))))
    return numbers


def judge(checker, alive, entries, complete):
    """What is wrong with the survivors, in lines."""
    lines = []
    own = [entry for entry in entries if entry.pattern.startswith(f"tools/{checker.name}/")]
    for number in sorted(alive):
        mutant = checker.mutants[number]
        if not any(entry.matches(mutant) for entry in own):
            lines.append(f"{mutant}: nobody notices")
    for entry in own:
        found = [mutant for mutant in checker.mutants.values() if entry.matches(mutant)]
        if not found:
            lines.append(f"survivors.txt:{entry.number}: no such mutant: {entry.pattern}")
        if complete:
            for mutant in found:
                if mutant.number not in alive:
                    lines.append(f"survivors.txt:{entry.number}: is noticed: {mutant}")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checker", choices=checkers.CHECKERS, action="append")
    parser.add_argument("--reports", action="store_true", help="only those that leave a report out")
    parser.add_argument("--sample", type=int, help="and so many of the others")
    parser.add_argument("--cases", help="only cases with this in their names")
    options = parser.parse_args()
    is_wrong = False
    entries = entries_of(SURVIVORS.read_text())
    for name in options.checker or checkers.CHECKERS:
        checker = checkers.CHECKERS[name]()
        numbers = chosen_mutants(checker, options.reports, options.sample, entries)
        cases = [case for case in checker.cases() if options.cases is None or options.cases in case_name(case)]
        alive = run(checker, numbers, cases)
        lines = judge(checker, alive, entries, complete=numbers == set(checker.mutants) and options.cases is None)
        print("\n".join(lines))
        print(f"{name}: {len(numbers)} of {len(checker.mutants)} mutants, {len(alive)} not noticed, {len(lines)} to look at", flush=True)
        is_wrong = is_wrong or bool(lines)
    return 1 if is_wrong else 0


if __name__ == "__main__":
    sys.exit(main())

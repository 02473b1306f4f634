"""The three checkers with their mutants in them, and the cases that the tests show them.

A case is what a test asserts about one input. For capcheck: each sample of tests/bad_capsules, each
real file, and what C10 says. For the other two: each test of tests/object_check and tests/call_graph,
run in this process, with the program it calls exchanged. So a mutant that no case notices would not
have been noticed by `make test` either."""

import concurrent.futures
import importlib
import inspect
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = ROOT / "build/tests/mutation"
sys.path[:0] = [str(HERE), *(str(HERE.parent / each) for each in ("bad_capsules", "object_check", "call_graph"))]

import mutants  # noqa: E402  # pylint: disable=wrong-import-position

WORKERS = 2
# What ends the program may be left out, which the compiler must not know better.
COMPILE = ["gcc", "-std=gnu17", "-D_GNU_SOURCE", "-I", ".", "-I", "/usr/lib/llvm-19/include", "-O1", "-w", "-fno-builtin", "-Dnoreturn=unused", "-D_Noreturn="]
WRAPPED_BY_ALL = ["strcmp", "strncmp"]

# What writes reports and refuses nothing.
NOT_MUTATED = {
    "tools/capcheck/facts.c",
    "tools/call_graph/report.c",
    "tools/call_graph/authority.c",
    "tools/call_graph/names.c",
}


def build(name, sources, extra, flags, wrapped):
    """The program with all mutants of `sources` in it."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    jobs = []
    for source in sources:
        path = folder / pathlib.Path(source.path).name
        path.write_text(source.text)
        jobs.append(([*COMPILE, "-I", f"tools/{name}"], path))
    jobs += [(COMPILE, ROOT / each) for each in extra] + [([*COMPILE, f"-DWITH_SPLIT={int(name == 'capcheck')}"], HERE / "runtime.c")]

    def compile_one(job):
        command, path = job
        output = folder / (path.name + ".o")
        subprocess.run([*command, "-c", path, "-o", output], cwd=ROOT, check=True)
        return output

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        objects = list(pool.map(compile_one, jobs))
    program = folder / f"{name}-asan"  # the name that the tests expect in front of messages
    wraps = [f"-Wl,--wrap={each}" for each in WRAPPED_BY_ALL + wrapped]
    subprocess.run(["gcc", *objects, *wraps, *flags, "-o", program], cwd=ROOT, check=True)
    return program


class Checker:
    """A checker, its mutants and its cases."""

    name, extra, flags, wrapped = "", (), (), []

    def __init__(self):
        paths = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tools" / self.name).glob("*.c"))
        self.sources = mutants.sources_of([path for path in paths if path not in NOT_MUTATED], ROOT)
        self.mutants = {mutant.number: mutant for source in self.sources for mutant in source.mutants}
        # What writes reports is part of the program as it is.
        plain = [path for path in paths if path in NOT_MUTATED]
        self.program = build(self.name, self.sources, [*plain, *self.extra], self.flags, self.wrapped)
        self.early = set()  # reached before the split
        self.reached = set()

    def cases(self):
        raise NotImplementedError

    def kill(self, case, numbers, folder):
        """Which of the mutants the case notices."""
        raise NotImplementedError


# --- capcheck ---


class Said:
    """A board whose checker said something already."""

    def __init__(self, status, text):
        self.done = subprocess.CompletedProcess([], status, "", text)

    def check(self, *_, **__):
        return self.done


class Capcheck(Checker):
    name = "capcheck"
    flags = ["-L/usr/lib/llvm-19/lib", "-lclang-19"]
    wrapped = ["unlink", "command_output", "clang_parseTranslationUnit2", "clang_disposeTranslationUnit", "clang_disposeIndex"]

    def __init__(self):
        super().__init__()
        self.samples = importlib.import_module("test_capcheck")
        self.board = self.samples.Board(self.samples.BOARDS[0])

    def cases(self):
        """Those that must be accepted first: they notice most. C10 wants two compilers that disagree."""
        samples = [(self.samples.Sample(path), path) for path in self.samples.SAMPLES]
        accepted = [path for sample, path in samples if sample.outcome != "refuse"]
        real = [ROOT / path for path in self.samples.checked_sources(self.board)]
        refused = [path for sample, path in samples if sample.outcome == "refuse"]
        return [*accepted, *real, "C10", *refused]

    def holds(self, case, status, text):
        """Whether the test of the case passes."""
        try:
            if case == "C10":
                assert status == 1 and "[C10]" in text
            elif case.parent == self.samples.HERE:
                self.samples.test_sample(Said(status, text), case)
            else:
                assert (status, text) == (0, "")
        except AssertionError:
            return False
        return True

    def command(self, case, folder):
        extra, profile, path = [], "capsule", case
        if case == "C10":
            (folder / "extra.h").write_text("struct bad_extra { int x; };\n")
            extra, path = ["-include", str(folder / "extra.h")], self.samples.HERE / "ok_index.c"
        elif case.parent == self.samples.HERE:
            profile = self.samples.Sample(case).profile
        elif "chips" in case.parts:
            profile = "chip"
        return [self.program, "--profile", profile, *self.board.options, path, "--", *self.board.compiler, *extra]

    def kill(self, case, numbers, folder):
        (folder / "list").write_text("".join(f"{number}\n" for number in sorted(numbers)))
        (folder / "reach").unlink(missing_ok=True)
        paths = {"LIST": "list", "OUT": "out", "REACH": "reach", "CACHE": "cache-"}
        environment = {**os.environ, **{f"MUTATION_{word}": str(folder / name) for word, name in paths.items()}}
        done = subprocess.run(self.command(case, folder), cwd=ROOT, env=environment, capture_output=True, text=True)
        for each in folder.glob("cache-*"):
            each.unlink()
        assert done.returncode == 0, f"{case}: {done.returncode} {done.stderr}"
        self.early |= {number for number, byte in enumerate((folder / "reach").read_bytes()) if byte}
        results = self.results((folder / "out").read_bytes())
        assert self.holds(case, *results[0]), f"{case}: {results[0]}"
        del results[0]
        self.reached |= set(results)
        return {number for number, result in results.items() if not self.holds(case, *result)}

    @staticmethod
    def results(data):
        at, results = 0, {}
        while at < len(data):
            end = data.index(b"\n", at)
            number, status, length = map(int, data[at:end].split())
            results[number] = (status, data[end + 1 : end + 1 + length].decode(errors="replace"))
            at = end + 1 + length
        return results

    def kill_early(self, case, number, folder):
        """What is asked before the file is read needs a run of its own."""
        environment = {**os.environ, "MUTATION_ON": str(number)}
        done = subprocess.run(self.command(case, folder), cwd=ROOT, env=environment, capture_output=True, text=True)
        return not self.holds(case, done.returncode, done.stderr)


# --- object_check and call_graph: their tests, in this process ---


class Remembering:
    """Stands for the module subprocess in a test: a compiler is run once, and what it made is made again;
    the checker is run each time."""

    def __init__(self, program):
        self.program, self.seen, self.case = program, {}, None
        self.CompletedProcess = subprocess.CompletedProcess

    def run(self, command, **options):
        if command[0] == self.program:
            return subprocess.run(command, **options)
        folder = pathlib.Path(options.get("cwd", "."))
        texts = [(folder / word).read_text() for word in map(str, command) if word.endswith((".c", ".S")) and (folder / word).exists()]
        key = (self.case, *map(str, command), *texts)
        if key not in self.seen:
            before = self.state(folder)
            done = subprocess.run(command, **options)
            made = [path for path, state in self.state(folder).items() if before.get(path) != state]
            self.seen[key] = done, {path.name: path.read_bytes() for path in made}
        done, made = self.seen[key]
        for name, content in made.items():
            (folder / name).write_bytes(content)
        return done

    @staticmethod
    def state(folder):
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir() if path.is_file()}


class ByTests(Checker):
    module_name, more, skipped = "", (), ()

    def __init__(self):
        super().__init__()
        self.module = importlib.import_module(self.module_name)
        self.module.TOOL = self.program
        self.module.subprocess = self.subprocess = Remembering(self.program)
        self.tests = {}
        for module in (self.module, *map(importlib.import_module, self.more)):
            own = {name: test for name, test in vars(module).items() if getattr(test, "__module__", "") == module.__name__}
            self.tests.update({f"{module.__name__}.{name}": test for name, test in own.items() if name.startswith("test_") and name not in self.skipped})
        self.folders = tempfile.TemporaryDirectory()
        self.owner = os.getpid()

    def cases(self):
        """(test, values of its parameters), as pytest would run them."""
        found = []
        for name, test in self.tests.items():
            found += [(name, tuple(values.items())) for values in self.parameters(test)]
        return [(name, tuple((key, index) for index, (key, _) in enumerate(values)), number, dict(values)) for number, (name, values) in enumerate(found)]

    def parameters(self, test):
        choices = []
        for mark in getattr(test, "pytestmark", []):
            names = [each.strip() for each in mark.args[0].split(",")]
            choices.append([dict(zip(names, values if len(names) > 1 else (values,))) for values in mark.args[1]])
        named = {name for choice in choices for name in choice[0]}
        needed = set(inspect.signature(test).parameters)
        if needed & {"arch", "refused", "accepted"} and "arch" not in named:
            choices.append([{"arch": arch} for arch in self.module.ARCHES] if hasattr(self.module, "ARCHES") else [{"arch": arch} for arch in self.module.COMPILERS])
        for values in itertools.product(*choices):
            yield {key: value for each in values for key, value in each.items()}

    def run(self, case, environment):
        name, _, number, values = case
        folder = pathlib.Path(self.folders.name) / str(number)
        folder.mkdir(exist_ok=True)
        if self.owner != os.getpid():
            own = folder / str(os.getpid())
            own.mkdir(exist_ok=True)
            folder = own
        self.subprocess.case = number
        self.module.ENVIRONMENT.update(environment)
        test = self.tests[name]
        given = {**values, "tmp_path": folder}
        for fixture in ("refused", "accepted"):
            if fixture in inspect.signature(test).parameters:
                given[fixture] = getattr(self.module, fixture).__pytest_wrapped__.obj(values["arch"], folder)
        try:
            test(**{key: given[key] for key in inspect.signature(test).parameters})
        except (AssertionError, TypeError, ValueError, FileNotFoundError, subprocess.CalledProcessError):
            return False
        finally:
            for key in environment:
                self.module.ENVIRONMENT.pop(key)
        return True

    def compile_cases(self, cases):
        """Before the processes part, so that each knows what the compilers made."""
        for case in cases:
            assert self.run(case, {}), f"{case} fails without a mutant"

    def kill(self, case, numbers, folder):
        reach = folder / "reach"
        reach.unlink(missing_ok=True)
        assert self.run(case, {"MUTATION_REACH": str(reach)}), case
        if not reach.exists():
            return set()  # a test that does not run the program
        reached = {number for number, byte in enumerate(reach.read_bytes()) if byte in (1, 2)} | self.in_tables()
        self.reached |= reached
        return {number for number in sorted(numbers & reached) if not self.run(case, {"MUTATION_ON": str(number)})}

    def in_tables(self):
        return {number for source in self.sources for number, _, in_table in source.texts if in_table == "true"}


class ObjectCheck(ByTests):
    name, module_name = "object_check", "test_object_check"
    more = ("test_edges",)
    extra, flags = ("tools/tbf/command_line.c", "tools/tbf/file.c"), ["-lelf"]


class CallGraph(ByTests):
    name, module_name = "call_graph", "test_call_graph"
    more = ("test_call_graph_edges",)
    extra, flags = ("tools/tbf/command_line.c",), ["-L/usr/lib/llvm-19/lib", "-lLLVM-19", "-lelf"]
    # About files of the build, which the tool has written already.
    skipped = ("test_stale_authority_report_is_refused", "test_report_names_what_is_known_to_be_there")


CHECKERS = {each.name: each for each in (Capcheck, ObjectCheck, CallGraph)}

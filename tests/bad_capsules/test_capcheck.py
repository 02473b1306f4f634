"""The checker against its samples, on both targets.

Each sample says in its first comment what becomes of it:

    EXPECT: refuse RULE "part of the message"
    EXPECT: accept
    EXPECT: trap          accepted; stops at run time, shown in QEMU
    EXPECT: link          accepted; does not link
    PROFILE: chip         (capsule if absent)
"""

import pathlib
import re
import shlex
import subprocess

import pytest

import mutate

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CAPCHECK = ROOT / "build/tests/tools/capcheck-asan"
BOARDS = ["lm3s6965evb", "qemu_rv32_virt"]
SAMPLES = sorted(HERE.glob("*_*.c"))
TRAPPED, RETURNED = 42, 7


def make_print(board, variable):
    done = subprocess.run(
        ["make", "--quiet", f"BOARD={board}", f"print-{variable}"],
        cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Board:
    """What the build of a board knows: how it compiles, and how it calls the checker."""

    def __init__(self, name):
        self.name = name
        self.arch = make_print(name, "ARCH")
        self.compiler = shlex.split(make_print(name, "CAPCHECK_COMPILER"))
        self.options = ["--clang-target", make_print(name, "CLANG_TARGET")]
        self.traps = shlex.split(make_print(name, "TRAPS_gcc"))

    def check(self, path, profile="capsule", options=(), compiler=()):
        command = [CAPCHECK, "--profile", profile, *self.options, *options, path, "--",
                   *self.compiler, *compiler]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


BY_NAME = {}


@pytest.fixture(params=BOARDS)
def board(request):
    if request.param not in BY_NAME:
        BY_NAME[request.param] = Board(request.param)
    return BY_NAME[request.param]


class Sample:
    def __init__(self, path):
        head = path.read_text(encoding="utf-8").split("*/")[0]
        found = re.search(r'EXPECT: (\w+)(?: (\w+) "(.*)")?$', head, re.MULTILINE)
        profile = re.search(r"PROFILE: (\w+)", head)
        self.path = path
        self.outcome, self.rule, self.message = found.groups()
        self.profile = profile[1] if profile else "capsule"


def rules():
    done = subprocess.run([CAPCHECK, "--rules"], capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def sample_cases():
    """Each sample on both boards; those that are refused, which are most, on one and the other by turns: what the
    rules say of C is the same for both."""
    for number, path in enumerate(SAMPLES):
        own = BOARDS[number % 2]
        names = BOARDS if Sample(path).outcome != "refuse" else [own]
        yield from (pytest.param(name, path, id=f"{name}-{path.stem}") for name in names)


@pytest.mark.parametrize("board, path", sample_cases(), indirect=["board"])
def test_sample(board, path):
    sample = Sample(path)
    done = board.check(path, sample.profile)
    if sample.outcome == "refuse":
        errors = [line for line in done.stderr.splitlines() if "error: " in line]
        assert done.returncode == 1, done.stderr
        assert any(line.endswith(f"[{sample.rule}]") and sample.message in line
                   for line in errors), done.stderr
    else:
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def build(board, tmp_path, path):
    elf = tmp_path / "sample.elf"
    start = HERE / f"start.{board.arch}.S"
    base, text, data = (("0", "0x400", "0x20000200") if board.arch == "armv7m"
                        else ("0x80000000", "0x80000400", "0x80080000"))
    command = [*board.compiler, *board.traps, "-nostdlib", "-static", "-Wno-unused-function",
               f'-DSAMPLE="{path}"', HERE / "harness.c", start,
               f"-Wl,--section-start=.start={base}", f"-Wl,-Ttext={text}", f"-Wl,-Tbss={data}", "-Wl,-e,start",
               "-Wl,--no-warn-rwx-segments", "-Wl,--gc-sections", "-o", elf]
    return elf, subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def run(board, elf):
    machine = (["qemu-system-arm", "-machine", "lm3s6965evb", "-semihosting", "-kernel"]
               if board.arch == "armv7m"
               else ["qemu-system-riscv32", "-machine", "virt", "-bios", "none", "-kernel"])
    return subprocess.run([*machine, elf, "-nographic", "-monitor", "none", "-serial", "null"],
                          capture_output=True, text=True, timeout=20).returncode


@pytest.mark.parametrize("path", [p for p in SAMPLES if Sample(p).outcome == "trap"],
                         ids=lambda path: path.stem)
def test_trap(board, tmp_path, path):
    elf, done = build(board, tmp_path, path)
    assert done.returncode == 0, done.stderr
    assert run(board, elf) == TRAPPED


def test_trap_harness_can_tell(board, tmp_path):
    """A sample that does nothing wrong returns, so that 42 means something."""
    elf, done = build(board, tmp_path, HERE / "ok_index.c")
    assert done.returncode == 0, done.stderr
    assert run(board, elf) == RETURNED


@pytest.mark.parametrize("path", [p for p in SAMPLES if Sample(p).outcome == "link"],
                         ids=lambda path: path.stem)
def test_link(board, tmp_path, path):
    elf = tmp_path / "sample.elf"
    done = subprocess.run(
        [*board.compiler, "-nostdlib", "-static", path, "-Wl,-e,0",
         "-Wl,--no-gc-sections", "-o", elf],
        cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0
    assert "undefined reference" in done.stderr


def checked_sources(board):
    return make_print(board.name, "CHECKED_SOURCES").split()


def test_real_files(board, tmp_path):
    for path in checked_sources(board):
        profile = "chip" if path.startswith("chips/") else "capsule"
        facts = tmp_path / "facts"
        done = board.check(path, profile, ["--facts", facts])
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), path
        assert facts.read_text().startswith(f"facts 1 {profile} {path}\n")


def test_every_rule_has_a_sample():
    refused = {Sample(path).rule for path in SAMPLES}
    # C10 needs two compilers that disagree, and has a test of its own below.
    assert {number for number, _, _ in rules()} - refused == {"C10"}


def test_rules_and_their_page_agree():
    page = (ROOT / "capsules/RULES.md").read_text()
    for number, message, advice in rules():
        section = re.search(rf"^### {number}\. .*?(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)[0]
        assert f"`{message}`" in section, message
        assert "/* refused */" in section and "/* accepted */" in section, number
    assert len(re.findall(r"^### [A-Z]\d+\. ", page, re.MULTILINE)) == len(rules())


def test_capsules_of_the_page_are_accepted(board, tmp_path):
    """The whole capsules at the top of RULES.md: each file begins with its name in a comment."""
    page = (ROOT / "capsules/RULES.md").read_text()
    front = page.split("\n## C. ")[0]
    (tmp_path / "capsules").mkdir()
    names = []
    for block in re.findall(r"^```c\n(.*?)^```", front, re.MULTILINE | re.DOTALL):
        for name, text in re.findall(r"^/\* (capsules/\w+\.[ch]) \*/\n(.*?)(?=^/\* capsules/|\Z)", block, re.MULTILINE | re.DOTALL):
            (tmp_path / name).write_text(text)
            names.append(name)
    sources = [name for name in names if name.endswith(".c")]
    assert sources == ["capsules/blinker.c", "capsules/counter.c"]
    for name in sources:
        done = board.check(tmp_path / name, compiler=["-I", str(tmp_path)])
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), name


def test_there_are_enough():
    outcomes = [Sample(path).outcome for path in SAMPLES]
    assert outcomes.count("refuse") >= 120
    assert outcomes.count("accept") >= 25


def test_compilers_that_disagree(board, tmp_path):
    """C10: what the compiler reads besides the file does not escape."""
    extra = tmp_path / "extra.h"
    extra.write_text("struct bad_extra { int x; };\n")
    done = board.check(HERE / "ok_index.c", compiler=["-include", str(extra)])
    assert done.returncode == 1
    assert "[C10]" in done.stderr


def test_messages_are_in_order_and_the_same_each_time(board):
    path = HERE / "m8_one_way.c"
    first, second = board.check(path), board.check(path)
    assert first.stderr == second.stderr
    error, note = first.stderr.splitlines()
    assert re.fullmatch(r".*m8_one_way\.c:\d+:\d+: error: 'p' may be NULL here \[M8\]", error)
    assert ": note: test it first" in note


def test_command_line(board, tmp_path):
    help_text = subprocess.run([CAPCHECK, "--help"], capture_output=True, text=True)
    assert help_text.returncode == 0 and help_text.stdout.startswith("usage: capcheck")
    assert subprocess.run([CAPCHECK], capture_output=True).returncode == 2
    assert board.check(tmp_path / "missing.c").returncode != 0
    assert board.check(HERE / "ok_index.c", profile="kernel").returncode == 2


def test_a_refused_file_leaves_no_facts(board, tmp_path):
    facts = tmp_path / "facts"
    assert board.check(HERE / "t1_endless.c", options=["--facts", facts]).returncode == 1
    assert not facts.exists()


def test_facts(board, tmp_path):
    facts = tmp_path / "facts"
    assert board.check(HERE / "ok_implementer.c", options=["--facts", facts]).returncode == 0
    lines = facts.read_text().splitlines()
    assert "implement bad_alarm_operations alarm_operations own.offered" in lines
    assert "operation bad_alarm_functions set bad_set" in lines
    assert any(re.fullmatch(r"notify bad_run alarm_client_operations.fired \d+ 1 0", line)
               for line in lines)
    assert "argument 0 part own.offered" in lines
    assert any(re.fullmatch(r"call bad_set deferred_call_set \d+ 1 0", line) for line in lines)
    assert any(re.fullmatch(r"function bad_run static \d+ 1", line) for line in lines)


def test_mutants_are_refused(board):
    """A short run of mutate.py with a fixed seed: no mutant that breaks a rule passes."""
    sources = [path for path in checked_sources(board) if path.startswith("capsules/")]
    passed = mutate.run(board.check, ROOT, sources, seed=board.name, count=120)
    assert passed == []

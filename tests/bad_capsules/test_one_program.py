"""Files that are each right, and do not mean the same by a name."""

import pathlib
import subprocess
import sys

import pytest

from test_capcheck import BOARDS, ROOT, board, make_print  # noqa: F401 (a fixture)

TOOL = ROOT / "tools/capcheck/one_program.py"
VICTIM = {
    "victim.h": "#pragma once\n#include <hil/alarm.h>\nstruct shared {\n\tuint32_t x;\n};\n",
    "between.h": "#pragma once\nstruct shared;\nvoid between_take(struct shared *shared);\n",
    "between.c": '#include "between.h"\n#include "victim.h"\nvoid between_take(struct shared *shared)\n{\n\tshared->x = 1;\n}\n',
}
OTHER = {
    "other.h": "#pragma once\n#include <stdint.h>\nstruct shared {\n\tuint8_t x;\n};\n",
    "other.c": '#include "other.h"\n#include "between.h"\nstatic void other_f(struct shared *shared)\n{\n\tbetween_take(shared);\n}\n',
}


def facts_of(board, folder, texts):
    """The facts about each source; all are accepted one by one."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    paths = []
    for name in texts:
        if name.endswith(".c"):
            paths.append(folder / f"{name}.facts")
            done = board.check(folder / name, options=["--facts", paths[-1]])
            assert (done.returncode, done.stderr) == (0, "")
    return paths


def look(paths):
    return subprocess.run([sys.executable, TOOL, *paths], cwd=ROOT, capture_output=True, text=True)


def test_one_tag_two_structs(board, tmp_path):
    done = look(facts_of(board, tmp_path, VICTIM | OTHER))
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path}/other.h:3: error: struct shared is defined again at {tmp_path}/victim.h:3\n"


def test_a_struct_of_a_trusted_header(board, tmp_path):
    """An alarm of one's own making would have operations of one's own making."""
    texts = {
        "between.h": VICTIM["between.h"].replace("shared", "alarm"),
        "between.c": '#include "between.h"\n#include <hil/alarm.h>\nvoid between_take(struct alarm *alarm)\n{\n\talarm_disarm(alarm);\n}\n',
        "other.h": OTHER["other.h"].replace("shared", "alarm"),
        "other.c": OTHER["other.c"].replace("shared", "alarm"),
    }  # fmt: skip
    done = look(facts_of(board, tmp_path, texts))
    assert done.returncode == 1
    assert "other.h:3" in done.stderr and "hil/include/hil/alarm.h:" in done.stderr and "struct alarm is defined again" in done.stderr


def test_a_struct_that_a_macro_makes(board, tmp_path):
    grant = "#pragma once\n#include <kernel/capsule.h>\nstruct {0}_app {{\n\tuint8_t x[{1}];\n}};\nGRANT_DEFINE(shared, struct {0}_app, .upcalls = 1);\n"
    texts = {
        "small.h": grant.format("small", 1), "large.h": grant.format("large", 900),
        "small.c": '#include "small.h"\n', "large.c": '#include "large.h"\n',
    }  # fmt: skip
    done = look(facts_of(board, tmp_path, texts))
    assert done.returncode == 1 and "struct shared is defined again" in done.stderr


def test_one_function_two_declarations(tmp_path):
    """Chips: a folder shares its prefix. Any header of it could declare any function."""
    (tmp_path / "a").write_text(f"facts 1 chip a.c\ndeclare x_f {tmp_path}/a.h 3\n")
    (tmp_path / "b").write_text(f"facts 1 chip b.c\ndeclare x_f {tmp_path}/b.h 3\n")
    done = look([tmp_path / "a", tmp_path / "b"])
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/a.h:3: error: x_f is declared again at {tmp_path}/b.h:3\n")


def test_declarations_are_told(board, tmp_path):
    [first, *_] = facts_of(board, tmp_path, VICTIM)
    assert f"declare between_take {tmp_path}/between.h 3\n" in first.read_text()


def test_the_same_header_twice_is_one_place(board, tmp_path):
    texts = VICTIM | {"again.c": '#include "victim.h"\n#include "between.h"\nstatic void again_f(struct shared *shared)\n{\n\tbetween_take(shared);\n}\n'}
    done = look(facts_of(board, tmp_path, texts))
    assert (done.returncode, done.stderr) == (0, "")


def test_structs_of_sources_are_their_own(board, tmp_path):
    texts = {name: f"#include <stdint.h>\nstruct mine {{\n\tuint{bits}_t x;\n}};\n" for name, bits in (("a.c", 8), ("b.c", 32))}
    done = look(facts_of(board, tmp_path, texts))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", BOARDS)
def test_the_build_looks(name):
    assert "one_program.checked" in make_print(name, "ONE_PROGRAM")


def test_a_function_that_no_checked_file_defines(board, tmp_path):
    """A header without a source would offer any function of the kernel, with parameters of its own choice."""
    texts = {
        "process.h": "#pragma once\n#include <stdint.h>\nvoid process_end(uint32_t index);\n",
        "thief.c": '#include "process.h"\nstatic void thief_f(void)\n{\n\tprocess_end(1);\n}\n',
    }  # fmt: skip
    done = look(facts_of(board, tmp_path, texts))
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/process.h:3: error: no checked file defines process_end\n")
    texts["process.c"] = '#include "process.h"\nvoid process_end(uint32_t index)\n{\n\t(void)index;\n}\n'
    assert look(facts_of(board, tmp_path, texts)).returncode == 0


def test_an_operation_that_no_checked_file_defines(board, tmp_path):
    texts = {
        "process.h": "#pragma once\n#include <kernel/capsule.h>\nstruct thief;\nvoid process_end(struct thief *thief);\n",
        "thief.h": "#pragma once\n#include <kernel/capsule.h>\nstruct thief {\n\tstruct deferred_call call;\n};\n",
        "thief.c": '#include "process.h"\n#include "thief.h"\n'
                   "DEFERRED_CALL_IMPLEMENT(thief, struct thief, call, .run = process_end);\n",
    }  # fmt: skip
    done = look(facts_of(board, tmp_path, texts))
    assert done.returncode == 1 and "no checked file defines process_end" in done.stderr

"""tools/check_includes.py on made-up trees: what each room may include, and what it may not."""

import pathlib
import re
import subprocess
import sys

import pytest

CHECKER = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_includes.py"

# Enough of a repository for every rule to have something to look at.
TREE = {
    "kernel/include/kernel/capsule.h": "#include <kernel/grant.h>\n",
    "kernel/include/kernel/grant.h": "#include <kernel/span.h>\n#include <stdint.h>\n",
    "kernel/include/kernel/span.h": "",
    "kernel/include/kernel/observer.h": "",
    "kernel/include/kernel/credential_checker.h": "",
    "kernel/include/kernel/system_call_filter.h": "",
    "kernel/include/kernel/panic_writer.h": "",
    "kernel/include/kernel/clock.h": "",
    "kernel/include/kernel/fault_policy.h": "",
    "kernel/include/kernel/process_control.h": "",
    "kernel/include/kernel/resume_client.h": "",
    "kernel/include/kernel/system_reset.h": "",
    "kernel/include/kernel/board.h": "#include <kernel/span.h>\n",
    "kernel/include/kernel/entry.h": "",
    "kernel/include/kernel/interrupt.h": "",
    "kernel/process.h": "",
    "kernel/process.c": '#include "process.h"\n',
    "arch/include/arch/arch.h": "#include <arch/context.h>\n",
    "arch/rv32/include/arch/context.h": "",
    "arch/rv32/include/arch/interrupt_controller.h": "",
    "arch/rv32/rv32.h": "",
    "arch/rv32/trap.c": "",
    "arch/host/run.c": "",
    "hil/include/hil/alarm.h": "#include <kernel/span.h>\n",
    "hil/include/hil/uart.h": "",
    "capsules/text.h": "",
    "capsules/console.c": "",
    "chips/lm3s/uart.c": "",
    "chips/lm3s/uart.h": "",
    "chips/qemu_virt/clint.h": "",
    "boards/lm3s6965evb/board.c": "",
    "boards/lm3s6965evb/pins.h": "",
    "boards/credentials.h": "",
    "userland/lib/console.h": "",
    "userland/apps/hello/main.c": "",
    "userland/apps/hello/words.h": "",
    "userland/apps/printf/app.mk": "printf_LIBC := yes\n",
    "userland/apps/printf/main.c": "",
    "userland/libc/streams.c": "",
}

ALLOWED = [
    ("kernel/process.c", "<kernel/board.h>"),
    ("kernel/process.c", "<kernel/entry.h>"),
    ("kernel/process.c", "<arch/arch.h>"),
    ("kernel/process.c", "<arch/context.h>"),
    ("kernel/process.c", '"process.h"'),
    ("kernel/process.c", "<stddef.h>"),
    ("kernel/include/kernel/span.h", "<kernel/grant.h>"),
    ("kernel/include/kernel/span.h", "<stdbool.h>"),
    ("arch/include/arch/arch.h", "<kernel/span.h>"),
    ("arch/rv32/trap.c", "<kernel/entry.h>"),
    ("arch/rv32/trap.c", '"rv32.h"'),
    ("arch/host/run.c", "<setjmp.h>"),
    ("hil/include/hil/alarm.h", "<hil/uart.h>"),
    ("capsules/console.c", "<kernel/capsule.h>"),
    ("capsules/console.c", "<kernel/span.h>"),
    ("capsules/console.c", "<kernel/observer.h>"),
    ("capsules/console.c", "<kernel/credential_checker.h>"),
    ("capsules/console.c", "<kernel/system_call_filter.h>"),
    ("capsules/console.c", "<hil/uart.h>"),
    ("capsules/console.c", "<capsules/text.h>"),
    ("chips/lm3s/uart.c", "<kernel/interrupt.h>"),
    ("chips/lm3s/uart.c", "<hil/uart.h>"),
    ("chips/lm3s/uart.c", "<chips/lm3s/uart.h>"),
    ("boards/lm3s6965evb/board.c", "<kernel/board.h>"),
    ("boards/lm3s6965evb/board.c", "<arch/interrupt_controller.h>"),
    ("boards/lm3s6965evb/board.c", "<capsules/text.h>"),
    ("boards/lm3s6965evb/board.c", "<chips/lm3s/uart.h>"),
    ("boards/lm3s6965evb/board.c", '"pins.h"'),
    ("boards/lm3s6965evb/board.c", "<boards/credentials.h>"),
    ("userland/apps/hello/main.c", "<console.h>"),
    ("userland/apps/hello/main.c", '"words.h"'),
    ("userland/apps/hello/main.c", "<stdint.h>"),
    ("userland/apps/printf/main.c", "<stdio.h>"),
    ("userland/apps/printf/main.c", "<math.h>"),
    ("userland/libc/streams.c", "<stdio.h>"),
    ("userland/libc/streams.c", "<unistd.h>"),
]

REFUSED = [
    ("kernel/process.c", "<hil/uart.h>"),
    ("kernel/process.c", "<capsules/text.h>"),
    ("kernel/process.c", "<arch/interrupt_controller.h>"),
    ("kernel/process.c", '"../arch/rv32/rv32.h"'),
    ("kernel/process.c", "<string.h>"),
    ("kernel/include/kernel/span.h", "<arch/arch.h>"),
    ("kernel/include/kernel/span.h", '"process.h"'),
    ("arch/rv32/trap.c", "<hil/uart.h>"),
    ("arch/rv32/trap.c", "<chips/lm3s/uart.h>"),
    ("arch/rv32/trap.c", '"../../kernel/process.h"'),
    ("arch/rv32/trap.c", "<stdlib.h>"),
    ("arch/host/run.c", "<capsules/text.h>"),
    ("hil/include/hil/alarm.h", "<capsules/text.h>"),
    ("hil/include/hil/alarm.h", "<kernel/board.h>"),
    ("capsules/console.c", "<kernel/board.h>"),
    ("capsules/console.c", "<kernel/entry.h>"),
    ("capsules/console.c", "<kernel/interrupt.h>"),
    ("capsules/console.c", "<kernel/../kernel/board.h>"),
    ("capsules/console.c", "<arch/arch.h>"),
    ("capsules/console.c", "<chips/lm3s/uart.h>"),
    ("capsules/console.c", "<boards/lm3s6965evb/pins.h>"),
    ("capsules/console.c", '"text.h"'),
    ("capsules/console.c", "<string.h>"),
    ("chips/lm3s/uart.c", "<chips/qemu_virt/clint.h>"),
    ("chips/lm3s/uart.c", "<capsules/text.h>"),
    ("chips/lm3s/uart.c", "<kernel/board.h>"),
    ("chips/lm3s/uart.c", "<kernel/entry.h>"),
    ("boards/lm3s6965evb/board.c", "<kernel/entry.h>"),
    ("boards/lm3s6965evb/board.c", '"../../kernel/process.h"'),
    ("userland/apps/hello/main.c", "<kernel/capsule.h>"),
    ("userland/apps/hello/main.c", '"../../../kernel/process.h"'),
    ("userland/apps/hello/main.c", "<stdio.h>"),
    ("userland/apps/hello/main.c", "<arch/arch.h>"),
    ("userland/apps/printf/main.c", "<unistd.h>"),
    ("userland/apps/printf/main.c", "<threads.h>"),
    ("userland/apps/printf/main.c", '"stdio.h"'),
]


@pytest.fixture
def tree(tmp_path):
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def run(tree):
    return subprocess.run([sys.executable, CHECKER, tree], capture_output=True, text=True)


def add(tree, name, text):
    path = tree / name
    path.write_text(path.read_text() + text)
    return path.read_text().count("\n")


def test_the_tree_is_right(tree):
    done = run(tree)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\b7 includes\b", done.stdout)


@pytest.mark.parametrize("file, include", ALLOWED)
def test_allowed(tree, file, include):
    add(tree, file, f"#include {include}\n")
    done = run(tree)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("file, include", REFUSED)
def test_refused(tree, file, include):
    line = add(tree, file, f"#include {include}\n")
    done = run(tree)
    assert done.returncode == 1
    assert re.fullmatch(rf"{file}:{line}: #include {re.escape(include)}: .* may include .*\n", done.stderr)


@pytest.mark.parametrize(
    "text",
    [
        "#include HEADER\n",
        "  #  include   <chips/lm3s/uart.h>\n",
        "#include \\\n<chips/lm3s/uart.h>\n",
        "#/* x */include <chips/lm3s/uart.h>\n",
        "#include_next <kernel/capsule.h>\n",
        '#import "uart.h"\n',
    ],
)
def test_other_spellings_are_seen(tree, text):
    add(tree, "capsules/console.c", text)
    done = run(tree)
    assert done.returncode == 1
    assert "capsules/console.c:1:" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "/* #include <chips/lm3s/uart.h> */\n",
        "// #include <chips/lm3s/uart.h>\n",
        "/*\n#include <chips/lm3s/uart.h>\n*/\n",
    ],
)
def test_comments_are_not(tree, text):
    add(tree, "capsules/console.c", text)
    assert run(tree).returncode == 0


def test_assembly_is_looked_at(tree):
    (tree / "arch/rv32/entry.S").write_text("\n#include <capsules/text.h>\n")
    done = run(tree)
    assert done.returncode == 1
    assert "arch/rv32/entry.S:2:" in done.stderr


def test_nothing_to_check_is_an_error(tmp_path):
    assert run(tmp_path).returncode != 0

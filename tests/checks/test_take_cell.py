"""A cell costs nothing: incrementing through one takes no more instructions than the 11 Thumb ones that
the paper on Tock prints for the same (Levy et al., "Multiprogramming a 64 kB Computer Safely and
Efficiently", SOSP 2017)."""

import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAPER = 11
SOURCE = """
#include <kernel/take_cell.h>
#include <stdint.h>
struct app { uint32_t count; };
TAKE_CELL_DEFINE(app_cell, struct app);
struct driver { struct app_cell app; };
void increment(struct driver *self);
void increment(struct driver *self)
{
    TAKE_CELL_WITH(app_cell, app, &self->app) {
        app->count++;
    }
}
"""


def kernel_compiler():
    make = ["make", "--quiet", "BOARD=lm3s6965evb", "print-KERNEL_CC", "print-KERNEL_CFLAGS"]
    words = subprocess.run(make, cwd=ROOT, text=True, capture_output=True, check=True).stdout.split()
    return [word for word in words if word not in ("-MMD", "-MP")]


@pytest.fixture
def instructions(tmp_path):
    (tmp_path / "cell.c").write_text(SOURCE)
    subprocess.run([*kernel_compiler(), "-c", "-o", tmp_path / "cell.o", tmp_path / "cell.c"], cwd=ROOT, check=True)
    listing = subprocess.run(
        ["arm-none-eabi-objdump", "-d", "--no-show-raw-insn", tmp_path / "cell.o"], text=True, capture_output=True, check=True
    ).stdout
    return re.findall(r"^ +[0-9a-f]+:\t(\w[^\t\n]*)", listing, re.M)


def test_incrementing_through_a_cell(instructions):
    assert "bx" in instructions[-1] or "pop" in instructions[-1], instructions
    assert any(each.startswith("cb") or each.startswith("cmp") for each in instructions), "an empty cell is noticed"
    assert len(instructions) <= PAPER, instructions

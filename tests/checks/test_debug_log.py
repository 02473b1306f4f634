"""A message for the debug log is no code at all in the kernel of a board that links no log."""

import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = """
#include <hil/debug_log.h>
struct driver { struct debug_log *log; uint32_t lost; };
uint32_t driver_take(struct driver *self, uint32_t length);
uint32_t driver_take(struct driver *self, uint32_t length)
{
    if (length > 64) {
        %s
        self->lost += length - 64;
    }
    return self->lost;
}
"""
MESSAGE = 'debug_log_2(self->log, SPAN_OF_TEXT("driver: {} bytes of {x} are too many"), length, self->lost);'


def kernel_compiler(board, linked):
    make = ["make", "--quiet", f"BOARD={board}", "print-KERNEL_CC", "print-KERNEL_CFLAGS"]
    words = subprocess.run(make, cwd=ROOT, text=True, capture_output=True, check=True).stdout.split()
    assert "-DDEBUG_LOG_LINKED=1" in words, "the boards here have a log"
    kept = [word for word in words if word not in ("-MMD", "-MP", "-g", "-DDEBUG_LOG_LINKED=1")]
    return [*kept, f"-DDEBUG_LOG_LINKED={linked}"]


def machine_code(folder, board, linked, source):
    (folder / "driver.c").write_text(source)
    subprocess.run([*kernel_compiler(board, linked), "-c", "-o", folder / "driver.o", folder / "driver.c"], cwd=ROOT, check=True)
    return (folder / "driver.o").read_bytes()


@pytest.mark.parametrize("board", ["lm3s6965evb", "qemu_rv32_virt"])
def test_message_costs_nothing_without_a_log(board, tmp_path):
    silent = machine_code(tmp_path, board, 0, SOURCE % "")
    assert machine_code(tmp_path, board, 0, SOURCE % MESSAGE) == silent
    assert machine_code(tmp_path, board, 1, SOURCE % "") == silent
    assert b"are too many" in machine_code(tmp_path, board, 1, SOURCE % MESSAGE)


@pytest.mark.parametrize("board", ["lm3s6965evb", "qemu_rv32_virt"])
def test_capsules_have_no_words_without_a_log(board, tmp_path):
    """console.c says something; compiled for a board without a log it holds none of it."""
    source = (ROOT / "capsules" / "console.c").read_text()
    assert b"are lost" in machine_code(tmp_path, board, 1, source)
    assert b"are lost" not in machine_code(tmp_path, board, 0, source)

"""Typed registers and DMA channels cost what the plain words did: a value known at compile time is one
store, a field one load and what picks it out. And the barrier is the processor's, as kernel/dma.h says."""

import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
OBJDUMP = {"lm3s6965evb": "arm-none-eabi-objdump", "qemu_rv32_virt": "riscv64-unknown-elf-objdump"}
SOURCE = """
#include <chips/lm3s/uart_registers.h>
void set_up(struct lm3s_uart_registers *registers);
bool is_busy(const struct lm3s_uart_registers *registers);
void unmask(struct lm3s_uart_registers *registers);
void set_up(struct lm3s_uart_registers *registers)
{
    lm3s_uart_line_control_write(&registers->line_control,
        (struct lm3s_uart_line_control){.word_length = LM3S_UART_8_BITS, .fifos = true});
}
bool is_busy(const struct lm3s_uart_registers *registers)
{
    return lm3s_uart_flags_read(&registers->flags).busy;
}
void unmask(struct lm3s_uart_registers *registers)
{
    lm3s_uart_interrupt_mask_set(&registers->interrupt_mask,
        (struct lm3s_uart_interrupts){.receive = true, .receive_timeout = true});
}
"""
# Instructions with the return, on either board.
EXPECTED = {"set_up": 3, "is_busy": 4, "unmask": 4}


def disassemble(board, tmp_path, source):
    make = ["make", "--quiet", f"BOARD={board}", "print-CC_gcc", "print-KERNEL_CFLAGS"]
    words = subprocess.run(make, cwd=ROOT, text=True, capture_output=True, check=True).stdout.split()
    compiler = [word for word in words if word not in ("-MMD", "-MP")]
    subprocess.run([*compiler, "-c", "-o", tmp_path / "it.o", source], cwd=ROOT, check=True)
    listing = subprocess.run(
        [OBJDUMP[board], "-d", "--no-show-raw-insn", tmp_path / "it.o"], text=True, capture_output=True, check=True
    ).stdout
    functions = {}
    for line in listing.splitlines():
        if match := re.match(r"[0-9a-f]+ <(\w+)>:", line):
            functions[match[1]] = []
        elif match := re.match(r" +[0-9a-f]+:\t(\S.*)", line):
            functions[next(reversed(functions))].append(match[1].replace("\t", " "))
    return functions


@pytest.mark.parametrize("board", OBJDUMP)
def test_registers_cost_what_words_do(board, tmp_path):
    (tmp_path / "registers.c").write_text(SOURCE)
    functions = disassemble(board, tmp_path, tmp_path / "registers.c")
    assert functions.keys() == EXPECTED.keys()
    for name, most in EXPECTED.items():
        assert len(functions[name]) <= most, functions[name]


@pytest.mark.parametrize("board, barrier", [("lm3s6965evb", "dmb"), ("qemu_rv32_virt", "fence iorw,iorw|fence$")])
def test_barrier_orders_devices_too(board, barrier, tmp_path):
    functions = disassemble(board, tmp_path, "kernel/dma.c")
    assert any(re.match(barrier, each) for each in functions["dma_barrier"]), functions

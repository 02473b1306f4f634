"""The instructions that a board executes in QEMU, exactly: on a clock that counts them, each told by its address.

    with Trace(board, image) as trace:
        for address in trace: ...

An instruction takes 64 ns on this clock, as on a part with 16 MHz that needs one cycle for each; time that nobody
uses is jumped over. `ranges` limits what is told, [(first address, one behind the last)]: what lies elsewhere runs
much faster.
"""

import os
import re
import shlex
import subprocess
import threading

import board as boards

PATIENCE = 300  # seconds until QEMU is ended, whatever it does
NS_PER_INSTRUCTION = 64
CLOCK = ["-icount", "shift=6,sleep=off"]  # 2^6 ns

TOLD = re.compile(r"Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/")


class BenchError(Exception):
    pass


class Trace:
    def __init__(self, board, image, ranges=(), serial="null"):
        reading, writing = os.pipe()
        command = shlex.split(board.variables["QEMU"]) + [
            str(image), "-monitor", "none", "-serial", serial, *CLOCK,
            "-singlestep", "-d", "exec,nochain", "-D", f"/dev/fd/{writing}",
        ]  # fmt: skip
        if ranges:
            command += ["-dfilter", ",".join(f"{start:#x}..{end - 1:#x}" for start, end in ranges)]
        self.qemu = subprocess.Popen(
            command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writing)
        self.log = os.fdopen(reading)
        # QEMU on a virtual clock without anything left to do may not even hear SIGTERM.
        self.watchdog = threading.Timer(PATIENCE, self.qemu.kill)
        self.watchdog.start()

    def __iter__(self):
        """An instruction is told before it is executed, and taken back if an interrupt came first. One
        that accesses a device is begun anew by QEMU and told twice: the same address twice in a row
        is one instruction. (One that jumps to itself would be missed; nothing here has such.)"""
        last = None
        for line in self.log:
            match = TOLD.match(line)
            address = match and int(match[1], 16)
            if match and address != last:
                if last is not None:
                    yield last
                last = address
            elif line.startswith("Stopped execution"):
                last = None

    def close(self):
        self.watchdog.cancel()
        self.qemu.kill()
        self.qemu.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def sleep_instructions(board, kernel=None):
    """The addresses of all wfi in the kernel."""
    code = boards.run(board.variables["TOOL_PREFIX"] + "objdump", "-d", "--no-show-raw-insn", kernel or board.kernel)
    return {int(address, 16) for address in re.findall(r"^\s*([0-9a-f]+):\s+wfi\b", code, re.M)}

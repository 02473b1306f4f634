"""docs/existing-programs.md, typed as it stands there. What it takes as given is made here: an archive and ELF files of
programs that are linked as libtock-c links them."""

import subprocess
import sys

import board as boards
from test_guide import Follower, steps

sys.path.append(str(boards.ROOT / "tests/tools"))

import libtock_program  # noqa: E402

FIXED = (0x80110080, 0x80310000)


def libtock_files(folder):
    arm, riscv = folder / "build/cortex-m3/cortex-m3.elf", folder / "build/rv32imac/rv32imac.0x80110080.0x80310000.elf"
    for each in (arm, riscv):
        each.parent.mkdir(parents=True)
    libtock_program.link(arm, "armv7m")
    libtock_program.link(riscv, "rv32", *FIXED)
    return [arm, f"rv32imac={riscv}"]


def test_existing_programs(tmp_path):
    boards.make("tools")
    files = libtock_files(tmp_path / "libtock")
    for folder in ("sensor", "cmake"):
        (tmp_path / folder).mkdir()
    subprocess.run(["build/tools/tab", *files, "-o", tmp_path / "sensor/sensor.tab"], cwd=boards.ROOT, check=True)
    follower = Follower(boards.board("lm3s6965evb"), tmp_path)
    for name, text in steps(boards.ROOT / "docs/existing-programs.md"):
        if name:
            (tmp_path / "cmake" / name).write_text(text)
        else:
            follower.follow(text)
    follower.leave()
    follower.terminal.close()

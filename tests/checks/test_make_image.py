"""What `make image` says: of applications that it cannot place one line, before anything is built; and what the image tool
knows of the kernel."""

import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "applications, told",
    [
        ("hello no_such_thing", "No application here is called no_such_thing. There are: "),
        ("hello no/such/file.tbf", "No such file: no/such/file.tbf"),
    ],
)
def test_refused(applications, told, tmp_path):
    command = ["make", "--quiet", "BOARD=lm3s6965evb", f"BUILD={tmp_path}", f"APPS={applications}", "image"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith(told)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("board", ["lm3s6965evb", "qemu_rv32_virt"])
def test_the_boards_table_is_understood(board, tmp_path):
    """The image tool finds it in the kernel's ELF file, or would not say for how many processes there is room."""
    command = ["make", "--quiet", f"BOARD={board}", f"IMAGE={tmp_path}/image.bin", "APPS=hello", "IMAGE_FLAGS=--map", "image"]
    said = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=True).stdout
    slots = re.search(r"PROCESS_SLOTS := (\d+)", (ROOT / "boards" / board / "board.mk").read_text())[1]
    assert f"processes: 1; the board has room for {slots}\n" in said

"""What `make debug` answers to commands of gdb, each with its own answer. What the board says is not among it."""

import subprocess

import board as boards

SCRIPT = """
import gdb
import pathlib

gdb.execute("set width 0")
for number, command in enumerate({commands!r}):
    try:
        answer = gdb.execute(command, to_string=True)
        if command.strip() == "continue":
            answer = gdb.execute("frame", to_string=True)
    except gdb.error as refused:
        answer = str(refused) + chr(10)
    pathlib.Path("{folder}", f"answer{{number}}").write_text(answer)
"""


def debug(board, applications, folder, commands):
    """The answers to commands, in order, and behind them all that was shown. gdb itself says where it stopped; the answer to
    `continue` is what `frame` says then."""
    script = folder / "session.py"
    script.write_text(SCRIPT.format(commands=commands, folder=folder))
    variables = [f"BOARD={board.name}", f"APPS={' '.join(applications)}", f"IMAGE={folder}/image.bin"]
    boards.make(*variables, "image")
    done = subprocess.run(
        ["make", "--quiet", *variables, f"GDB_FLAGS=-batch -x {script}", "debug"],
        cwd=boards.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    shown = done.stdout + done.stderr
    assert done.returncode == 0, shown
    return [*((folder / f"answer{number}").read_text() for number in range(len(commands))), shown]

"""docs/guide.md, typed as it stands there, on every board: what is shown must come."""

import io
import os
import re

import board as boards
import pexpect
import shown

PATIENCE = 120
SHELL = r"guide (\d+)> "  # with the exit status of the command before
KEY = "sun (s) or rain (r)? "  # an application's prompt, answered by one key
PROMPTS = ["$ ", "tock$ ", "(gdb) ", KEY]

# What another board than the default says otherwise.
OTHERWISE = {
    "qemu_rv32_virt": [
        ("lm3s6965evb", "qemu_rv32_virt"),
        ("accessed memory it may not", "wrote memory it may not"),
        ("the kernel's flash; status 0x82", "no process's memory, nor the kernel's; status 0x7"),
    ]
}


class Follower:
    """A terminal in which somebody follows the guide."""

    def __init__(self, board, home):
        environment = {**os.environ, "HOME": str(home), "BOARD": board.name, "PS1": "guide $?> ", "TERM": "dumb", "LC_ALL": "C"}
        # Whether git trusts the repository must not change, or the kernel would get another name and be built anew.
        environment.setdefault("GIT_CONFIG_GLOBAL", os.path.expanduser("~/.gitconfig"))
        self.terminal = pexpect.spawn(
            "bash", ["--norc", "--noprofile", "--noediting"], cwd=boards.ROOT, env=environment, encoding="latin-1",
            timeout=PATIENCE, echo=False, dimensions=(40, 400),
        )  # fmt: skip
        self.otherwise = OTHERWISE.get(board.name, [])
        self.terminal.logfile_read = self.heard = io.StringIO()  # since the last command
        self.is_booted = False

    def follow(self, block):
        for line in block.splitlines():
            prompt = next((each for each in PROMPTS if line.startswith(each)), None)
            if prompt is None:
                self.expect(line)
            else:
                self.type(prompt, line.removeprefix(prompt))

    def expect(self, line):
        for usual, other in self.otherwise:
            line = line.replace(usual, other)
        self.terminal.expect(shown.pattern(line))

    def type(self, prompt, text):
        if prompt == "$ ":
            self.leave()
            self.terminal.logfile_read = self.heard = io.StringIO()
            self.is_booted = re.match(r"make (-C \S+ )?run\b", text) is not None
        elif prompt != "tock$ " or prompt not in self.heard.getvalue():
            self.terminal.expect_exact(prompt)  # that of the process console comes once, and anywhere
        self.terminal.send(text if prompt == KEY else text + "\n")

    def leave(self):
        """Back to the shell; the command before has done what it should."""
        if self.is_booted:
            self.terminal.send("\x01x")
        self.terminal.expect(SHELL)
        assert self.terminal.match[1] == "0", self.heard.getvalue()

    def write(self, name, text):
        """A file in the folder where the shell is."""
        folder = os.readlink(f"/proc/{self.terminal.pid}/cwd")
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)


def steps(page):
    """[(name of a file or "", contents)] of the blocks, in order."""
    return re.findall(r"^```(?:console|\w+ (\S+))\n(.*?)^```$", page.read_text(), re.M | re.S)


def test_guide(board, tmp_path):
    follower = Follower(board, tmp_path)
    found = steps(boards.ROOT / "docs" / "guide.md")
    assert len(found) > 10
    for name, text in found:
        if name:
            follower.write(name, text)
        else:
            follower.follow(text)
    follower.leave()
    follower.terminal.close()

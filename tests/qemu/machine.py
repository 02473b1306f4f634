"""A board that runs in QEMU, with its serial port on one socket and QEMU's monitors, for people and for programs, on
two others.

    with Machine(board, image) as machine:
        machine.expect("Hello from (\\w+)!")
        machine.send("abc")

Nothing here measures time: whoever waits, waits for a text, up to PATIENCE seconds, which only
bound how long a failure takes. A kernel panic ends every wait at once.
"""

import json
import re
import select
import shlex
import socket
import subprocess

import pexpect
from pexpect import fdpexpect

PATIENCE = 60
PANIC = "kernel panic: [^\r\n]*\r?\n"  # the whole line: half of one could be what a test waits for
HALTED = "the system is halted\r\n"
BACKSPACE = "\x7f"


class MachineError(AssertionError):
    pass


class Machine:
    def __init__(self, board, image, options=(), command=None, has_slow_port=False):
        self.board = board
        self._heard = []
        self._serial, serial = socket.socketpair()
        if has_slow_port:  # which is often full, and not for the first time after hundreds of kilobytes
            serial.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        self._monitor, monitor = socket.socketpair()
        self._control, control = socket.socketpair()
        command = command or shlex.split(board.variables["QEMU"]) + [str(image)]
        self.command = [
            *command, *options,
            "-chardev", f"socket,id=serial,fd={serial.fileno()}", "-serial", "chardev:serial",
            "-chardev", f"socket,id=monitor,fd={monitor.fileno()}", "-mon", "chardev=monitor,mode=readline",
            "-chardev", f"socket,id=control,fd={control.fileno()}", "-mon", "chardev=control,mode=control",
        ]  # fmt: skip
        self._qemu = subprocess.Popen(
            self.command,
            pass_fds=(serial.fileno(), monitor.fileno(), control.fileno()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        serial.close()
        monitor.close()
        control.close()
        self._console = fdpexpect.fdspawn(self._serial, encoding="latin-1", timeout=PATIENCE)
        self._console.logfile_read = self
        self._prompt = fdpexpect.fdspawn(self._monitor, encoding="latin-1", timeout=PATIENCE)
        self._answers = None  # of the monitor for programs, when somebody has asked it

    # What pexpect wants of a log file.
    def write(self, text):
        self._heard.append(text)

    def flush(self):
        pass

    @property
    def text(self):
        """All that came so far, with lines ended by a newline alone."""
        return "".join(self._heard).replace("\r\n", "\n")

    @property
    def lines(self):
        """All lines that are complete."""
        return self.text.split("\n")[:-1]

    def expect(self, pattern):
        """Waits for a pattern behind the last one found. Returns the match."""
        found = self._wait([pattern, PANIC])
        if found == 1:
            self._panicked([pattern])
        return self._console.match

    def hears(self, pattern, seconds):
        """Whether this comes so soon: for who asks again, never what a test passes or fails by."""
        return self._console.expect([pattern, pexpect.TIMEOUT], timeout=seconds) == 0

    def ask_until(self, text, pattern):
        """Sends this again and again until the pattern comes: who is to hear it may not listen yet, and who is to answer may
        not have got so far. Returns the match."""
        for _ in range(30):
            self.send(text)
            if self.hears(pattern, seconds=2):
                return self._console.match
        raise MachineError(f"{pattern!r} did not come, often as {text!r} was sent")

    def stop_process_console(self):
        self.send("console-stop\r")
        self.expect_text("Run console-start to reactivate.")

    def completion_code(self, name):
        """Of a process that has ended or is about to. Starts the process console first, which has been stopped."""
        self.send("console-start\r")
        self.expect_text("tock$ ")
        return int(self.ask_until(f"process {name}\r", r"Completion Code: (\d+)\r?\n")[1])

    def reach_reader(self, letter, answer):
        """An application that echoes what is typed, and had read along what the process console was told, as far as it read
        between two echoes: now it has an end of a line, and what it says to that."""
        for _ in range(30):
            self.ask_until(letter, re.escape(letter))
            self.send("\r")
            if self.hears(answer, seconds=2):
                return
        raise MachineError(f"nobody answers with {answer!r}")

    def expect_panic(self, message):
        """Waits for a panic with this message, and for its report to end. Returns the report."""
        self._wait([f"kernel panic: {message}\r\n"])
        self._wait([HALTED])
        return self._console.before.replace("\r\n", "\n")

    def _panicked(self, waiting):
        """What the kernel has to say about it belongs to the transcript."""
        panic = self._console.after.strip()
        self._console.expect([HALTED, pexpect.TIMEOUT, pexpect.EOF], timeout=10)
        raise MachineError(f"{panic} while waiting for {waiting!r}")

    def expect_text(self, text):
        return self.expect(re.escape(text))

    def expect_all(self, *patterns):
        """Waits for all of these, in whatever order they come."""
        left = list(patterns)
        while left:
            found = self._wait([*left, PANIC])
            if found == len(left):
                self._panicked(left)
            left.pop(found)

    def expect_beats(self):
        """Two beats of the application bystander, one right after the other. Between them whoever was ready has had the
        processor, as far as the scheduler lets everybody have it: who has just said that it is going to read, reads."""
        beats = [int(self.expect(r"bystander: alive (\d+)\r?\n")[1]) for _ in range(2)]
        assert beats[1] == beats[0] + 1

    def _wait(self, patterns):
        try:
            return self._console.expect(patterns)
        except pexpect.TIMEOUT:
            raise MachineError(f"{patterns[0]!r} did not come") from None
        except (pexpect.EOF, OSError):
            raise MachineError(f"QEMU ended while waiting for {patterns[0]!r}") from None

    def send(self, text):
        self._console.send(text)

    def type_line(self, text):
        """One byte after the other, each when the one before is echoed: the console keeps nothing."""
        for letter in text:
            self.send(letter)
            self.expect_text("\b \b" if letter == BACKSPACE else letter)
        self.send("\r")

    def flood(self, text):
        """Sends as fast as the machine takes it, and hears what it says meanwhile."""
        data = text.encode("latin-1")
        while data:
            readable, writable, _ = select.select([self._serial], [self._serial], [], PATIENCE)
            if readable and self._console.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=0) == 0:
                raise MachineError("QEMU ended while it was being flooded")
            if not readable and not writable:
                raise MachineError("the machine takes no more input")
            if writable:
                data = data[self._serial.send(data[:256], socket.MSG_DONTWAIT) :]

    def monitor(self, command):
        """What QEMU's monitor answers."""
        self._wait_for_monitor("\\(qemu\\) ")
        self._prompt.send(command + "\n")
        self._wait_for_monitor("\r\n(.*)\r\n(?=\\(qemu\\) )")
        return self._prompt.match[1]

    def key(self, name, is_down):
        """A key of QEMU's keyboard is pressed, or let go: "up", "ctrl"."""
        key = {"type": "key", "data": {"down": is_down, "key": {"type": "qcode", "data": name}}}
        self.execute("input-send-event", events=[key])

    def set_property(self, device, name, value):
        """Of a device that is plugged in under this id."""
        self.execute("qom-set", path=f"/machine/peripheral/{device}", property=name, value=value)

    def execute(self, command, **arguments):
        """At QEMU's monitor for programs."""
        if self._answers is None:
            self._answers = fdpexpect.fdspawn(self._control, encoding="latin-1", timeout=PATIENCE)
            self._wait_for_answer('"QMP".*?\r\n')
            self.execute("qmp_capabilities")
        self._answers.send(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._wait_for_answer(r'"(?:return|error)".*?\r\n')
        if '"error"' in self._answers.after:
            raise MachineError(f"QEMU refuses {command}: {self._answers.after.strip()}")

    def save_memory(self, address, size, path):
        """Writes physical memory to a file."""
        self._wait_for_monitor("\\(qemu\\) ")
        self._prompt.send(f'pmemsave {address:#x} {size:#x} "{path}"\n')
        self.monitor("info status")  # which is asked when that has been done

    def _wait_for_monitor(self, pattern):
        self._wait_for_monitors(self._prompt, self._monitor, pattern)

    def _wait_for_answer(self, pattern):
        self._wait_for_monitors(self._answers, self._control, pattern)

    def _wait_for_monitors(self, monitor, monitor_socket, pattern):
        """Takes in what comes by the serial port as well. Its socket holds a few hundred bytes, and QEMU's
        PL011 waits for room in it with everything else, the monitor too, standing still."""
        while monitor.expect([pattern, pexpect.TIMEOUT], timeout=0) == 1:
            ready, _, _ = select.select([self._serial, monitor_socket], [], [], PATIENCE)
            if not ready:
                raise MachineError("QEMU's monitor does not answer")
            if self._serial in ready:
                self._console.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=0)

    def read_word(self, address):
        """A word of physical memory, or a device's register."""
        answer = self.monitor(f"xp /1wx {address:#x}")
        return int(re.search(r": 0x([0-9a-f]{8})", answer)[1], 16)

    def close(self):
        """Ends QEMU; what nobody has read yet, and what it said itself, is added to the transcript."""
        if self._qemu.stdout.closed:
            return
        self._qemu.kill()
        said, _ = self._qemu.communicate()
        try:
            self._console.expect(pexpect.EOF)
        except (pexpect.TIMEOUT, OSError):
            pass
        if said:
            self._heard.append(f"\n[QEMU: {said.decode(errors='replace').strip()}]\n")
        self._serial.close()
        self._monitor.close()
        self._control.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

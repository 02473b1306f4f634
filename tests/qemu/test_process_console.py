"""The process console, as somebody at the serial port sees it: each command, the line editor, and what
happens when others use the port at the same time."""

import re

import pytest

PROMPT = "tock$ "
GREETING = r"Hello from Detent![^\r\n]*\r?\n"
COUNTED = r"prints 0x[0-9a-f]+ 0x[0-9a-f]+\r?\n"
COMMANDS = (
    "help status list stop start fault boot terminate process kernel reset panic console-start console-stop stats"
)

# Of bystander: asleep until its next beat, or until it has written.
SLEEPS = r"YieldedFor\(UpcallId { driver_num: (0, subscribe_num: 0|1, subscribe_num: 1) }\)|Running"
HEAD = " PID    ShortID    Name                Quanta  Syscalls  Restarts  Grants  State"

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
HOME, END, DELETE = "\x1b[H", "\x1b[F", "\x1b[3~"


class Console:
    """A person at the prompt. What the console says in answer comes in one piece, with the prompt at its end;
    before it, applications may have said something, between two bytes of the echo too."""

    def __init__(self, machine, *said):
        """Waits for the prompt, and for what the applications must have said."""
        self.machine = machine
        machine.expect_all(re.escape(PROMPT), *said)

    def answer(self):
        """What comes before the next prompt, as lines."""
        self.machine.expect_text(PROMPT)
        return self.machine._console.before.split("\r\n")[:-1]

    def ask(self, command):
        """The answer to a command, without its echo, where nobody else says anything."""
        self.machine.send(command + "\r")
        echo, *lines = self.answer()
        assert echo == command
        return lines

    def ask_for(self, command, first):
        """The answer that begins with this line, where others may say something before it."""
        self.machine.send(command + "\r")
        self.machine.expect_text(first)
        return (first + "\r\n".join([*self.answer(), ""])).split("\r\n")[:-1]

    def gets(self, command, *lines):
        """That the answer is just these lines."""
        self.machine.send(command + "\r")
        self.machine.expect_text("\r\n" + "".join(line + "\r\n" for line in lines) + PROMPT)

    def rows(self):
        """The table of `list`: by name, (pid, quanta, calls, restarts, used, total, state)."""
        head, *rows = self.ask_for("list", HEAD)
        assert head == HEAD
        table = {}
        for row in rows:
            match = re.fullmatch(r" (\d+) +Unique     (\S+) +(\d+) +(\d+) +(\d+) +(\d+)/ ?(\d+)   ([A-Z].*)", row)
            assert match, row
            assert row.index("Unique") == HEAD.index("ShortID")
            assert row.index(match[2]) == HEAD.index("Name")
            assert row.index(match[8], 60) == HEAD.index("State")
            table[match[2]] = (int(match[1]), *(int(match[i]) for i in range(3, 8)), match[8])
        return table

    def state(self, name):
        return self.rows()[name][-1]

    def wait_until(self, name, is_so):
        """Asks until it is so: nobody need have had the processor since anything was said."""
        for _ in range(100):
            if is_so(self.rows()[name]):
                return
        raise AssertionError(f"{name} is {self.rows()[name]}")

    def wait_for_state(self, name, state):
        self.wait_until(name, lambda row: row[-1] == state)

    def wait_for_calls(self, name, seen):
        """It makes more system calls than it had."""
        self.wait_until(name, lambda row: row[2] > seen)


@pytest.fixture
def console(board, boot_applications):
    """console("hello", ...) boots these applications and waits for the prompt, and for lines of theirs: said=..."""
    return lambda *names, said=(): Console(boot_applications(board, *names), *said)


def test_help(console):
    shell = console()
    assert shell.ask("help") == ["Welcome to the process console.", f"Valid commands are: {COMMANDS}"]
    for command in ("nonsense", "hel", "LIST", "x" * 63):
        assert shell.ask(command) == [f"Valid commands are: {COMMANDS}"]
    assert shell.ask("helpful") == shell.ask("  help me "), "what it begins with counts"
    assert shell.ask("") == []
    assert shell.ask("   ") == []


def test_list_and_status(console):
    shell = console("hello", "counter", "bystander")
    shell.wait_for_state("hello", "Terminated")
    table = shell.rows()
    assert list(table) == ["hello", "counter", "bystander"]
    assert [row[0] for row in table.values()] == [1, 2, 3]
    assert [table[name][-1] for name in ("hello", "counter")] == ["Terminated", "Running"]
    assert re.fullmatch(SLEEPS, table["bystander"][-1])
    assert table["hello"][2] == 8
    shell.wait_for_calls("counter", table["counter"][2])
    lines = shell.ask_for("status", "Total processes: ")
    assert lines[:2] == ["Total processes: 3", "Active processes: 2"]
    assert re.fullmatch(r"Timeslice expirations: \d+", lines[2]) and len(lines) == 3


def test_nobody_is_there(console):
    shell = console()
    assert shell.ask("list") == [HEAD]
    assert shell.ask("status") == ["Total processes: 0", "Active processes: 0", "Timeslice expirations: 0"]
    assert shell.ask("stop hello") == ["No process is called hello"]
    assert shell.ask("process hello") == ["No process is called hello"]


def test_names(console):
    """An argument is a whole name; a command for a process wants one."""
    shell = console("hello", said=[GREETING])
    for command in ("stop", "start", "fault", "terminate", "boot", "process"):
        assert shell.ask(command) == ["Which process?"]
        for name in ("hell", "hello2", "Hello", "a" * 50):
            assert shell.ask(f"{command} {name}") == [f"No process is called {name}"]


def test_stop_and_start_a_busy_application(console):
    shell = console("counter")
    shell.machine.expect(r"prints 0x[0-9a-f]+ 0x[0-9a-f]+\n")
    shell.gets("stop counter", "Process counter stopped")
    stopped = shell.rows()["counter"]
    assert stopped[-1] == "Stopped(Running)"
    shell.gets("stop counter", "Process counter stopped")
    assert shell.rows()["counter"] == stopped, "not one system call more"
    assert shell.ask("status")[1] == "Active processes: 0"
    shell.gets("start counter", "Process counter resumed.")
    shell.machine.expect(r"prints 0x[0-9a-f]+ 0x[0-9a-f]+\n")
    shell.wait_for_calls("counter", stopped[2])


def test_stop_and_start_a_sleeper(console):
    """Events come for it all the while; it sees them when it is resumed."""
    shell = console("bystander")
    shell.machine.expect_text("bystander: alive 2")
    shell.gets("stop bystander", "Process bystander stopped")
    assert re.fullmatch(rf"Stopped\(({SLEEPS})\)", shell.state("bystander"))
    shell.gets("start bystander", "Process bystander resumed.")
    shell.machine.expect(r"bystander: alive \d+")


def test_terminate_and_boot(console):
    shell = console("hello", "bystander")
    shell.wait_for_state("hello", "Terminated")
    shell.gets("terminate hello", "Process hello terminated")
    shell.gets("stop hello", "Process hello is Terminated")
    shell.machine.send("boot hello\r")
    shell.machine.expect_text("Hello from Detent!")
    shell.gets("terminate bystander", "Process bystander terminated")
    row = shell.rows()["bystander"]
    assert row[-1] == "Terminated"
    shell.machine.send("boot bystander\r")
    shell.machine.expect(r"bystander: alive 1\b")
    assert shell.rows()["bystander"][0] > row[0], "a new life has a new number"
    assert shell.rows()["bystander"][3] == 1
    shell.gets("boot bystander")


def test_fault(console):
    shell = console("bystander")
    shell.machine.send("fault bystander\r")
    shell.machine.expect_text("Process bystander now faulted\r\n")
    shell.machine.expect(r"process bystander \(pid 1\) faulted: somebody asked for it\r\n")
    shell.machine.expect_text("process bystander restarts\r\n")
    shell.machine.expect(r"bystander: alive 1\b")


def test_process(console):
    shell = console("counter", said=[COUNTED])
    shell.gets("stop counter", "Process counter stopped")
    lines = shell.ask_for("process counter", "App: ")
    assert lines[0] == "App: counter   -   [Stopped(Running)]"
    assert re.fullmatch(r" Events Queued: 0   Syscall Count: \d+   Dropped Upcall Count: 0", lines[1])
    assert lines[2] == " Restart Count: 0"
    assert lines[3] in (" Last Syscall: Command", " Last Syscall: Memop")
    assert lines[4] == " Completion Code: None"
    assert lines[5].startswith("  memory map, a line of RAM is ")
    assert sum("<- sp" in line for line in lines) == 1
    borders = [int(each, 16) for each in re.findall(r"^  ([0-9a-f]{8}) \+-+\+", "\n".join(lines), re.M)]
    assert shell.machine.board.number("APP_RAM_START") in borders
    assert shell.machine.board.number("APP_FLASH_START") in borders
    assert all(len(line) <= 80 for line in lines)


def test_kernel(console):
    """The map is that of the image: every border is a symbol, every size what lies between two."""
    shell = console()
    lines = shell.ask("kernel")
    assert re.fullmatch(r"Kernel version: 2\.3 \(build \S+\)", lines[0])
    text = "\n".join(lines)
    borders = [int(each, 16) for each in re.findall(r"^  ([0-9a-f]{8}) \+-+\+", text, re.M)]
    labels = dict(re.findall(r"^ +\| (\w+) +(\d+) *\|", text, re.M))
    symbols = shell.machine.board.symbols
    for label, start, end in (
        ("Stack", "_kernel_stack_start", "_kernel_stack_end"),
        ("Relocate", "_kernel_stack_end", "_data_end"),
        ("BSS", "_data_end", "_bss_end"),
        ("RoData", "_kernel_code_end", "_kernel_constants_end"),
        ("Code", "_kernel_flash_start", "_kernel_code_end"),
    ):
        assert symbols[start] in borders and symbols[end] in borders
        assert int(labels[label]) == symbols[end] - symbols[start]


def test_stats(console):
    shell = console("hello", "counter", said=[COUNTED])
    shell.wait_for_state("hello", "Terminated")
    head, *rows, times, lost = shell.ask_for("stats", " PID    Name")
    assert head == " PID    Name                 CPU %  Syscalls   Upcalls   Dropped"
    table = {}
    for row in rows:
        match = re.fullmatch(r" (\d+) +(\S+) +(\d+\.\d) +(\d+) +(\d+) +(\d+)", row)
        assert match and len(row) == len(head), row
        table[match[2]] = (float(match[3]), *(int(match[i]) for i in (4, 5, 6)))
    assert table["hello"][1:] == (8, 1, 0)
    assert table["counter"][0] > 50, "who never yields has the processor"
    match = re.fullmatch(r"(\d+)\.\d{3} s since the start, (\d+\.\d) % asleep, woken \d+ times", times)
    assert sum(share for share, *_ in table.values()) + float(match[2]) <= 100.1
    assert lost == "debug messages lost: 0"


def test_reset(console):
    shell = console("hello")
    for _ in range(2):
        shell.machine.send("reset\r")
        shell.machine.expect_text("Hello from Detent!")
        shell.answer()
        assert shell.rows()["hello"][0] == 1


def test_console_stop_and_start(console):
    shell = console("bystander")
    shell.machine.send("console-stop\r")
    shell.machine.expect_text("Disabling the process console.\r\nRun console-start to reactivate.\r\n")
    shell.machine.send("list\rterminate bystander\rpanic\r\x1b[A\t\r")
    said = ""
    for _ in range(3):
        shell.machine.expect(r"bystander: alive \d+")
        said += shell.machine._console.before
    assert not re.search(r"tock|list|console|terminate|PID", said)
    shell.machine.send("console-start\r")
    assert "console-start" not in "".join(shell.answer())
    assert re.fullmatch(SLEEPS, shell.state("bystander"))


def test_application_reads_at_the_same_time(console):
    """Both get every byte: the application what it asked for, the console its lines."""
    shell = console("echo_back", "bystander", said=["echo_back: ready"])
    shell.machine.expect_beats()
    shell.machine.send("list  78")
    shell.machine.expect_text("echo_back: list  78 ok\n")
    shell.machine.send("\r")
    shell.machine.expect_text("\r\n" + HEAD + "\r\n")
    shell.answer()
    shell.machine.send("console-stop\r")
    shell.machine.expect_text("Run console-start to reactivate.\r\n")
    until_it_answers(shell.machine)
    for _ in range(3):
        shell.machine.send("12345678")
        shell.machine.expect_text("echo_back: 12345678 ok\n")
        assert re.fullmatch(r"(bystander: alive \d+\s+)*", shell.machine._console.before.lstrip()), "nobody else echoes"


def until_it_answers(machine):
    """Types on until echo_back has had its eight bytes: how many it has of the line before is not known, because
    those that come while it answers are not for it."""
    for _ in range(8):
        before = len(machine.text)
        machine.send("1")
        for _ in range(2):
            machine.expect(r"bystander: alive \d+\n")
        if "1 ok\n" in machine.text[before:]:
            return
    raise AssertionError("it does not answer")


# --- The line editor ---


@pytest.mark.parametrize("length", [1, 62, 63, 64, 65, 200])
def test_length_of_a_line(length, console):
    shell = console()
    shell.machine.send("y" * length + "\r")
    echo, answer = shell.answer()
    assert echo == "y" * min(length, 63)
    assert answer == f"Valid commands are: {COMMANDS}"
    shell.machine.send("\b" * 70 + UP + "\r")
    assert shell.answer()[0] == "y" * min(length, 63)


def test_garbage(console):
    """Bytes that mean nothing leave no trace, whatever came before them."""
    shell = console()
    control = "".join(chr(byte) for byte in range(256) if chr(byte) not in "\t\n\r\b\x1b\x7f" and not 32 <= byte < 127)
    escapes = "\x1b[5~\x1b[1;5C\x1bq\x1b[33~\x1b[~\x1b~\x1b[200~\x1b[?25h\x1b[;;;;H\x1b\x1b[Z\x1b]0;A\x1b[9999~\x1b[1"
    for junk in (control, escapes, control + escapes + control, (control + escapes) * 5 + "\x1b[m"):
        shell.machine.send(junk + "\x1b[m" + "status\r")
        assert shell.answer()[0] == "status"


def test_line_ends(console):
    shell = console()
    for end in ("\r", "\n", "\r\n", "\n\r"):
        shell.machine.send("status" + end)
        assert shell.answer()[1:] == ["Total processes: 0", "Active processes: 0", "Timeslice expirations: 0"]
    assert shell.ask("help")[0] == "Welcome to the process console."


def test_typed_ahead(console):
    """Whatever is typed while an answer goes out waits for its turn, and nothing is lost."""
    shell = console("counter")
    commands = ["kernel", "status", "list", "process counter", "help", "stats"] * 4
    shell.machine.send("".join(command + "\r" for command in commands))
    for command in commands:
        assert shell.answer()[0] == command
    assert shell.ask("status")[0] == "Total processes: 1"


def test_tab(console):
    shell = console("writer_a", "writer_b", "hello")
    shell.machine.expect_all(r"\na19 a+(?=\r?\n)", r"\nb19 b+(?=\r?\n)")
    shell.rows()
    shell.machine.send("sta\t")
    assert shell.answer() == ["sta", "status  start  stats  "]
    shell.machine.send("tu\t\r")
    assert shell.answer()[:2] == ["status ", "Total processes: 3"]
    shell.machine.send("pro\twri\t")
    assert shell.machine.expect(r"([^\r\n]*writer_)")[1] == "process writer_"
    shell.machine.send("\t")
    assert shell.answer() == ["", "writer_a  writer_b  "]
    shell.machine.send("b\t\r")
    echo, first, *_ = shell.answer()
    assert echo == "process writer_b " and first.startswith("App: writer_b   -   [")


def as_a_tool_reads(echo):
    """What Tock's check of the process console makes of an echo: BS, blank, BS takes a character away; a run of
    BS does when something is written behind it."""
    text, backs = "", 0
    for piece in re.findall(r"\x08 \x08|\x08|[^\x08]", echo):
        if piece == "\x08":
            backs += 1
            continue
        text, backs = text[: len(text) - backs], 0
        text = text[:-1] if piece == "\x08 \x08" else text + piece
    return text


class Typist:
    """Types keys, ends the line with a mark, and tells what stood there."""

    def __init__(self, shell):
        self.shell = shell

    def line(self, keys, mark="#"):
        self.shell.machine.send(keys + END + mark)
        self.shell.machine.expect_text(mark)
        seen = as_a_tool_reads(self.shell.machine._console.before)
        self.shell.machine.send("\r")
        self.shell.answer()
        return seen


def test_tools_for_tock_can_read_the_echo(console):
    """What Tock's tools/check_process_console.py tries: a history of nine lines, and edits in all places."""
    shell = console()
    for number in range(9):
        shell.ask(f"Dummy Text{number}")

    def recall(keys, expected):
        shell.machine.send(keys + "#\b")
        shell.machine.expect_text("#\x08 \x08")
        assert as_a_tool_reads(shell.machine._console.before).endswith(expected)

    recall(UP * 4, "Dummy Text5")
    shell.machine.send("\r")
    shell.answer()
    typist = Typist(shell)
    assert typist.line("FooBarDummy") == "FooBarDummy"
    assert typist.line("FooBar" + HOME + "Dummy") == "DummyFooBar"
    assert typist.line("FooBar" + LEFT * 3 + "Dummy") == "FooDummyBar"
    assert typist.line("FooBarDummy" + HOME + "Dummy" + RIGHT * 3 + "Dummy") == "DummyFooDummyBarDummy"
    edits = "DummyFooDummyBarDummy" + HOME + DELETE * 5 + END + "\b \b" * 5 + LEFT * 8 + DELETE * 5
    assert typist.line(edits) == "FooBar"


def test_history_as_tools_for_tock_expect(console):
    shell = console()
    for end in ("\r\n", "\r", "\n"):
        for number in range(9):
            shell.machine.send(f"Dummy Text{number}{end}")
            shell.answer()
        for keys, expected in (
            (UP * 4, "Dummy Text5"),
            (UP * 4, "Dummy Text1"),
            (DOWN * 2, "Dummy Text3"),
            (UP * 10, "Dummy Text0"),
            (DOWN * 13 + UP, "Dummy Text8"),
        ):
            shell.machine.send(keys)
            shell.machine.expect_text(expected)
        shell.machine.send(end)
        assert shell.answer()[-1] == f"Valid commands are: {COMMANDS}"
        shell.machine.send("help\r")
        shell.answer()
        shell.machine.send(UP + "\b \b" * 100 + DOWN + "\b \b" * 100 + "FooBar#")
        shell.machine.expect_text("#")
        assert as_a_tool_reads(shell.machine._console.before) == "FooBar"
        shell.machine.send("\r")
        shell.answer()

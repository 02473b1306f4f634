"""make debug: symbols where the applications lie, and gdb commands that know processes, on every board."""

import re
import shutil
import subprocess

import board as boards
import pexpect
import shown
from gdb_session import debug

APPLICATIONS = ("blink", "hello", "clock", "counter", "shell", "attack_write_null")

# A breakpoint in a function that only one application has, and one in a library's, of which each has a copy.
SESSION = [
    "detent processes",
    "break print_second if seconds == 2",  # late enough for the attack to have failed for good
    "continue",
    "backtrace",
    "detent processes ",  # a blank tells it from the first
    "info registers",
    "detent backtrace shell",
    "detent in shell info registers",
    "info registers ",
    "detent process shell",
    "print &typed",
    "detent process hello",
    "detent process attack_write_null",
    "detent backtrace attack_write_null",
    "detent in shell continue",
    "detent in shell",
    "detent process nobody",
    "detent break blink no_such_function",
    "detent symbols /nowhere",
    "delete",
    "detent break blink alarm_sleep_from",
    "continue ",
    "backtrace ",
    "detent processes  ",
    "delete ",
    # Work waits for a process that is in the processor: the kernel is about to go back to it.
    "break kernel_next if kernel.running != 0 && kernel.running->queue_length != 0",
    "continue  ",
    "detent process clock",
    "delete  ",
    # A process in the middle of a system call: some of its registers are still the processor's, or on the kernel's stack.
    "detent break clock console_write",
    "continue   ",
    "set $clock = kernel.running",
    "break kernel_system_call if kernel.running == $clock",
    "continue    ",
    "backtrace  ",
    "detent backtrace clock",
    "detent in clock frame apply all -q info locals",
]


def rows(listing):
    """The lines of `detent processes` by name: state, events queued, restarts, place."""
    pattern = r"^ *\d+  (\S+) +(\S.*?) +(\d+) +(\d+)  (\S.*)$"
    return {row[0]: row[1:] for row in re.findall(pattern, listing, re.M)}


def functions(backtrace):
    """Innermost first, without those that were inlined."""
    return re.findall(r"^#\d+ +(?:0x[0-9a-f]+ in )?(\w+) \(", backtrace, re.M)


def number(text, pattern):
    return int(re.search(pattern, text)[1], 0)


def placement(folder):
    """By application: (address of the program, of its RAM)."""
    lines = (line.split() for line in (folder / "image.placement").read_text().splitlines())
    return {re.search(r"([^/]*)\.tbf", file)[1]: (int(flash, 16), int(ram, 16)) for flash, ram, file in lines}


def test_session(board, tmp_path):
    said = dict(zip([*SESSION, ""], debug(board, APPLICATIONS, tmp_path, SESSION), strict=True))
    assert "has loaded no processes yet" in said["detent processes"]
    places = placement(tmp_path)
    for name, (flash, _) in places.items():
        assert f"{flash:#010x}  build/{board.name}/apps/{name}.elf" in said[""]
    check_stop_in_clock(said, places)
    check_registers_are_lent(said)
    check_shell(board, said, places)
    check_ended(said)
    check_refusals(said)
    check_stop_in_blink(said)
    check_queue(said)
    check_system_call(said)


def check_stop_in_clock(said, places):
    assert "userland/apps/clock/main.c" in said["continue"]
    calls = functions(said["backtrace"])
    assert calls[0] == "print_second" and calls[-2:] == ["main", "_start"] and "alarm_fired" in calls
    found = rows(said["detent processes "])
    assert set(found) == set(APPLICATIONS)
    assert found["clock"][0] == "running"
    assert re.fullmatch(r"0x\w+ in print_second, userland/apps/clock/main.c:\d+", found["clock"][3])
    assert found["counter"][0] == "ready"
    assert found["shell"][0] == "yielded" and " in event_loop_until, " in found["shell"][3]
    assert found["hello"][0] == "terminated"
    at = number(said["continue"], r"timer=(0x\w+) <second>")
    ram = places["clock"][1]
    assert ram < at < ram + 0x1000


def check_registers_are_lent(said):
    assert functions(said["detent backtrace shell"])[-3:] == ["event_loop", "main", "_start"]
    assert said["detent in shell info registers"] != said["info registers"]
    time_passes = r"^.*(cycle|time|instret|counter|mip).*\n"
    before, after = (re.sub(time_passes, "", said[f"info registers{blank}"], flags=re.M) for blank in ("", " "))
    assert before == after and "pc " in before


def check_shell(board, said, places):
    text = said["detent process shell"]
    symbols = boards.symbols(board, board.build / "apps" / "shell.elf")
    moved = places["shell"][1] - symbols["_ram_start"]
    assert number(text, r"RAM +(0x\w+)\.\.") == places["shell"][1]
    assert number(text, r"program from (0x\w+)") == places["shell"][0]
    assert number(text, r"app break +(0x\w+)") == symbols["_heap_end"] + moved
    assert number(text, r"stack top +(0x\w+)") == symbols["_stack_top"] + moved
    assert re.search(r"driver 0x1 \(console\)\n +upcall 2 +0x\w+ in byte_came, userland/apps/shell/main.c:\d+, data 0x0\n", text)
    buffer = number(text, r"buffer 1 +read-write, 1 bytes at (0x\w+)")
    assert buffer == symbols["typed"] + moved == number(said["print &typed"], r"(0x\w+) <typed>")
    assert re.search(r"keeps +\{.*writing = false.*\}", text)


def check_ended(said):
    assert re.search(r"state +terminated\n.*\n? +completed +0\n", said["detent process hello"])
    text = said["detent process attack_write_null"]
    assert re.search(r"state +faulted", text) and re.search(r"lives +7 before this one", text)
    assert re.search(r"fault +(write|data access), address 0x00000000, status 0x\w+", text)
    assert functions(said["detent backtrace attack_write_null"])[-2:] == ["main", "_start"]


def check_refusals(said):
    assert said["detent in shell continue"].startswith("Only commands that look: backtrace ")
    assert said["detent in shell"] == "Usage: detent in NAME COMMAND\n"
    unknown = re.fullmatch(r"No process 'nobody'. There are: (.*).\n", said["detent process nobody"])
    assert set(unknown[1].split(", ")) == set(APPLICATIONS)
    assert said["detent break blink no_such_function"].startswith("blink has no function no_such_function, or ")
    assert said["detent symbols /nowhere"] == "/nowhere: No such file or directory; make image writes it.\n"


def check_stop_in_blink(said):
    """Others sleep by the same function."""
    assert said["detent break blink alarm_sleep_from"].count("Breakpoint") == 1
    assert functions(said["backtrace "])[:2] == ["alarm_sleep_from", "main"]
    assert rows(said["detent processes  "])["blink"][0] == "running"


def check_queue(said):
    text = said["detent process clock"]
    assert re.search(r"queued +upcall 0 of driver 0x0 \(alarm_driver\): 0x\w+, 0x\w+, 0x0\n", text)
    assert re.search(r"upcall 0 +0x\w+ in alarm_fired, userland/lib/timer.c:\d+, data 0x0\n", text)
    assert re.search(r"upcalls +\d+ delivered, 0 dropped, 1 queued\n", text)


def check_system_call(said):
    """What its variables held when it made the call is still found."""
    assert functions(said["backtrace  "])[0] == "kernel_system_call"
    calls = functions(said["detent backtrace clock"])
    assert calls[:2] == ["error_of", "write_begin"] and calls[-1] == "_start" and "print_second" in calls
    found = said["detent in clock frame apply all -q info locals"]
    beats, missed = (number(found, rf"\b{name} = (\d+)\n") for name in ("all", "missed"))
    assert re.search(rf'line = {{.*"clock: \d:\d\d:\d\d, beats {beats}, missed {missed}\\n"', found)


def test_where_elf_files_are(board, tmp_path):
    """Those of archives are found. An application that came without one, or with what is none, has no symbols; the others
    have, and all else works."""
    stranger, junk, own = (tmp_path / name for name in ("stranger.tbf", "junk.tbf", "own.tab"))
    shutil.copy(board.relocatable("counter"), stranger)
    shutil.copy(board.relocatable("blink"), junk)
    junk.with_suffix(".elf").write_text("This is text.")
    processor = {"armv7m": "cortex-m3", "rv32": "rv32imac"}[board.arch]
    program = tmp_path / f"{processor}.elf"
    shutil.copy(board.relocatable("shell").with_suffix(".elf"), program)
    subprocess.run([boards.ROOT / "build/tools/tab", program, "-o", own, "--stack", "0"], check=True)
    commands = ["break line_print_number", "break shell/main.c:byte_came", "break hello/main.c:main", "continue", "detent processes"]
    applications = [str(stranger), "build/apps/hello.tab", str(own), str(junk)]
    said = dict(zip([*commands, ""], debug(board, applications, tmp_path, commands), strict=True))
    assert f"{stranger}: no symbols: {stranger.with_suffix('.elf')}: No such file or directory" in said[""]
    assert f"{junk}: no symbols: {junk.with_suffix('.elf')}: is no ELF file" in said[""]
    assert f"  build/{board.name}/apps/hello.elf\n" in said[""] and f"  {program}\n" in said[""]
    assert "not defined" in said["break line_print_number"]
    assert "shell/main.c" in said["break shell/main.c:byte_came"]
    assert "hello/main.c" in said["continue"]
    assert rows(said["detent processes"])["hello"][0] == "running"


def test_without_a_board(board):
    """Nothing to look at yet, or no kernel."""

    def ask(*files):
        command = ["gdb-multiarch", "-q", "-nx", "-batch", *files, "-x", "tools/gdb/detent.py", "-ex", "detent processes"]
        return subprocess.run(command, cwd=boards.ROOT, capture_output=True, text=True).stderr

    assert "No board: connect to one first" in ask(board.kernel)
    assert "No kernel: give its ELF file to gdb" in ask()


def test_interrupted_from_the_keyboard(board, tmp_path):
    """Ctrl-C stops the board, and gdb goes on; the board hears what is written to its file; in the end nothing is left."""
    variables = [f"BOARD={board.name}", "APPS=hello", f"IMAGE={tmp_path}/image.bin"]
    boards.make(*variables, "image")
    terminal = pexpect.spawn(
        "make", ["--quiet", *variables, "debug"], cwd=boards.ROOT, encoding="latin-1", timeout=60
    )  # fmt: skip
    terminal.expect_exact("(gdb) ")
    terminal.sendline("continue")
    terminal.expect_exact("tock$ ")
    (tmp_path / "image.input").write_text("status\n")
    terminal.expect("Total processes: 1\r")
    terminal.sendintr()
    terminal.expect("received signal SIGINT")
    terminal.expect_exact("(gdb) ")
    terminal.sendline("detent processes")
    terminal.expect(r"\d+  hello +terminated ")
    terminal.sendline("quit")
    terminal.expect(pexpect.EOF)
    assert not (tmp_path / "image.input").exists()


def test_documented_session(tmp_path):
    """docs/debugging.md"""
    page = boards.ROOT / "docs" / "debugging.md"
    text = "".join(shown.blocks(page, "console"))
    applications = re.search(r'^\$ make debug APPS="(.*)"$', text, re.M)[1].split()
    session = shown.exchanges(text, "(gdb) ")
    said = debug(boards.board("lm3s6965evb"), applications, tmp_path, [command for command, _ in session])
    assert len(session) > 10
    for (command, lines), answer in zip(session, said):
        # Where gdb stopped it says itself; what it would be told by `frame` begins otherwise.
        lines = [re.sub(r"^Breakpoint \d+, ", "#0  ", line) for line in lines] if command == "continue" else lines
        shown.check(command, lines, answer)

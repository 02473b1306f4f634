"""The applications that show the library of userland/lib, on every board: what their READMEs say."""

import re
import zlib

import board as boards

TIMERS, STEP_MS = 20, 7  # userland/apps/clock
ICOUNT = ("-icount", "shift=6")  # a clock that counts instructions: what is late here is so without a busy machine's doing


def test_clock_keeps_many_timers(board, boot_applications):
    """Beats that have run and those that were left out are, together, as many as the time says."""
    machine = boot_applications(board, "clock", "counter", options=ICOUNT)
    for second in range(1, 4):
        found = machine.expect(r"clock: 0:00:(\d\d), beats (\d+), missed (\d+)\r?\n")
        assert int(found[1]) == second
        due = sum(second * 1000 // (STEP_MS * (i + 1)) for i in range(TIMERS))
        # They start one after the other, and the second is at most a tick of each away.
        assert abs(int(found[2]) + int(found[3]) - due) <= TIMERS
    assert "faulted" not in machine.text


def ask(machine, text, answer):
    machine.type_line(text)
    found = machine.expect(answer)
    machine.expect_text("shell> ")
    return found


def reach_prompt(machine):
    """The shell, too, was told to stop the console, as far as it read between two echoes; an Enter then may be lost."""
    machine.ask_until("\r", "shell> ")
    while machine.hears("shell> ", seconds=2):
        pass  # of an Enter that was not lost: the last one must be past before letters are typed


def test_shell(board, boot_applications):
    machine = boot_applications(board, "shell")  # alone: each letter that comes is an echo
    machine.expect_text("tock$ ")
    machine.stop_process_console()
    reach_prompt(machine)
    ask(machine, "echo Hello you", r"\nHello you\r?\n")
    ask(machine, "nonsense", r"no such command; try help")
    assert int(ask(machine, "uptime", r"up (\d+) s")[1]) < 3600
    stack = ask(machine, "memory", r"stack (\d+) of (\d+) bytes\r?\nheap 0 bytes, (\d+) more to have")
    assert 100 < int(stack[1]) < int(stack[2]) == 1024 and int(stack[3]) > 100
    ask(machine, "sleep 30", r"\nslept\r?\n")
    ask(machine, "sleep 4294967296", r"usage: sleep MILLISECONDS")
    ask(machine, "led 0", r"usage: led NUMBER on\|off")
    if board.name == "lm3s6965evb":
        led = 0x40025004
        ask(machine, "led 0 on", r"\nlit: LED 0\r?\n")
        assert machine.read_word(led) == 1
        ask(machine, "led 0 off", r"\ndark: LED 0\r?\n")
        assert machine.read_word(led) == 0
        ask(machine, "led 1 on", r"no such LED; there are 1\r?\n")
    else:
        ask(machine, "led 0 on", r"no such LED; there are 0\r?\n")
    ask(machine, "echoo\x7f fine", r"\nfine\r?\n")
    ask(machine, "echo " + "x" * 58, r"\nx{58}\r?\n")  # the longest line
    machine.type_line("restart")
    machine.expect_text("shell: help lists the commands")
    machine.expect_text("shell> ")
    machine.type_line("exit 1029")
    assert machine.completion_code("shell") == 1029
    assert "faulted" not in machine.text


def memory_reports(machine):
    report = r"memory_report: ([a-z0-9 ]+): stack (\d+) of (\d+), heap (\d+), room (\d+)\r?\n"
    return [machine.expect(report).groups() for _ in range(5)]


def test_memory_report(board, boot_applications):
    """Four more levels of at least 64 bytes are seen, and heap taken is room lost."""
    machine = boot_applications(board, "memory_report")
    steps = [(name, *map(int, numbers)) for name, *numbers in memory_reports(machine)]
    begin, four, eight, taken, back = steps
    assert [name for name, *_ in steps] == ["begin", "after 4 levels", "after 8 levels", "heap taken", "some given back"]
    assert begin[1] <= four[1] <= eight[1] - 4 * 64 < eight[2] == 1536
    assert eight[1] == taken[1] == back[1]
    assert [each[3] for each in steps] == [0, 0, 0, 384, 256]
    assert {each[3] + each[4] for each in steps[1:]} == {four[4]}, "after the first line has made the console's grant"


def test_memory_hog(board, boot_applications):
    """All that it takes stays its own; a driver that it then uses for the first time is refused; nobody notices."""
    machine = boot_applications(board, "memory_hog", "bystander")
    taken = int(machine.expect(r"memory_hog: took (\d+)\r?\n")[1])
    assert 2048 < taken < board.number("APP_RAM_SLOT")
    machine.expect(r"memory_hog: a driver more, error 9\r?\n")
    for _ in range(3):
        machine.expect(rf"memory_hog: still its own {taken}\r?\n")
    machine.expect(r"bystander: alive \d+")
    assert "faulted" not in machine.text and "CORRUPT" not in machine.text


CRASHES = {
    "overflows its stack": "stack",
    "writes to address 0": "(accessed|wrote|written)",
    "calls what is no code": "(executed|accessed|jump|instruction|state)",
    "executes what is no instruction": "instruction",
}


def test_crash_demo(board, boot_applications):
    machine = boot_applications(board, "crash_demo", "bystander")
    machine.expect(r"process crash_demo stopped\r?\n")
    ways = re.findall(r"crash_demo: now ([^\n]+)\n", machine.text)
    causes = re.findall(r"process crash_demo \(pid \d+\) faulted: ([^\n]+)\n", machine.text)
    assert len(ways) == len(causes) == boards.RESTARTS + 1
    assert machine.text.count("crash_demo: alive\n") == boards.RESTARTS + 1
    assert machine.text.count("process crash_demo restarts\n") == boards.RESTARTS
    for way, cause in zip(ways, causes, strict=True):
        assert re.search(CRASHES[way], cause), f"{way}: {cause}"
    assert "SURVIVED" not in machine.text
    beats = [int(machine.expect(r"bystander: alive (\d+)")[1]) for _ in range(2)]
    assert beats[1] == beats[0] + 1
    assert machine.text.count("faulted") == boards.RESTARTS + 1


BATCHES, ITEMS_MAX = 500, 24  # userland/apps/producer


def test_producers_and_consumer_under_load(board, boot_applications):
    """Two producers, and a process that computes beside them: every item arrives once and in order."""
    machine = boot_applications(board, "consumer", "producer", "counter", "producer")
    items = sum(1 + number * 7 % ITEMS_MAX for number in range(BATCHES))
    for _ in range(2):
        machine.expect(rf"producer: {items} items in {BATCHES} batches, all accepted\r?\n")
    machine.expect(rf"consumer: accepted {2 * items}, refused 0\r?\n")
    assert "faulted" not in machine.text


def test_producer_alone(board, boot_applications):
    boot_applications(board, "producer").expect(r"producer: no consumer, error 11\r?\n")


def test_state_logger(board, boot_applications):
    machine = boot_applications(board, "state_logger")
    for count in (32, 64):
        found = machine.expect(r"state_logger: (\d+) samples, late by (\d+) to (\d+) us, switches (\d+)\r?\n")
        assert int(found[1]) == count
        assert int(found[2]) <= int(found[3])
        assert int(found[4]) >= 31, "it slept between the samples"


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def trace_of_eighth_power():
    n = 8
    m = [[i * 3 + j * 5 + 1 for j in range(n)] for i in range(n)]
    for _ in range(3):
        m = [[sum(m[i][k] * m[k][j] for k in range(n)) % 2**32 for j in range(n)] for i in range(n)]
    return sum(m[i][i] for i in range(n)) % 2**32


def test_compute(board, boot_applications):
    machine = boot_applications(board, "compute")
    results = {
        "sieve": sum(all(n % d for d in range(2, n)) for n in range(2, 1024)),
        "matrix": trace_of_eighth_power(),
        "crc": zlib.crc32(bytes(i % 251 for i in range(4096))),
        "calls": fibonacci(18),
    }
    for name, result in results.items():
        machine.expect(rf"compute: {name} {result:#x} in \d+ us\r?\n")


def test_hello_fits_its_stack(board, boot_applications):
    """256 bytes are enough: nothing is written below them, which would be a fault."""
    machine = boot_applications(board, "hello", "bystander")
    machine.expect(r"Hello from Detent! This is an application of its own\.\r?\n")
    machine.expect(r"bystander: alive 2")
    assert "faulted" not in machine.text


def test_cplusplus(board, boot_applications):
    """Static objects are constructed before main, in order; virtual functions are those of the object's class."""
    machine = boot_applications(board, "cplusplus")
    machine.expect(r"cplusplus: constructed 12\r?\n")
    machine.expect(r"cplusplus: area 29\r?\n")


PRINTED = """-1 4000000000 beef 010 c text|left  | right|00042
-9223372036854775808 ffffffffffffffff
3.142 0.5 -1.234568e+04
snprintf 20 "longer than"
sorted -2000 -7 0 3 42 1000000
"0x1f and more" is 31, rest " and more"
"99999999999" is 2147483647, rest "", out of range
memory reused: yes
too much: refused, ENOMEM
"""


def test_printf(board, boot_applications):
    """The C library does as the standard says, on variables and a heap of its own, beside one that takes the processor."""
    machine = boot_applications(board, "printf", "counter")
    for line in PRINTED.splitlines():
        machine.expect(rf"printf: {re.escape(line)}\r?\n")
    machine.expect_text("printf: end 1")
    assert int(machine.ask_until("process printf\r", r"Completion Code: (\d+)\r?\n")[1]) == 5
    assert "faulted" not in machine.text


def test_hello_printf_fits_its_stack(board, boot_applications):
    machine = boot_applications(board, "hello_printf", "bystander")
    machine.expect(r"Hello from printf, for the 1st time\.\r?\n")
    machine.expect(r"bystander: alive 2")
    assert "faulted" not in machine.text


def begin_words(machine):
    """The first line is whatever the application caught of what the process console was told."""
    machine.expect(r"word_count: ready; Ctrl-D at a line's start ends\r?\n")
    machine.expect_text("tock$ ")
    machine.stop_process_console()
    machine.reach_reader("7", r"\r?\n")  # which is no word


def test_cplusplus_with_the_c_library(board, boot_applications):
    """stdin, stdout and stderr, malloc, and a constructor that prints; the input ends, and so does the program."""
    machine = boot_applications(board, "word_count")
    begin_words(machine)
    machine.type_line("Zebra, zebras\x7f... and ANTS")
    machine.expect(r"\r?\n")
    machine.type_line("x" * 17)
    machine.expect(r'\r?\nword_count: too long, cut to "x{16}"\r?\n')
    machine.send("\x04")
    for word in ("1 x{16}", "1 ants", "1 and", "2 zebra"):
        machine.expect(rf"word_count:  {word}\r?\n")
    total, new = machine.expect(r"word_count: (\d+) in all, (\S+)% of them new\r?\n").groups()
    assert int(total) >= 5 and abs(float(new) - 100 * (int(total) - 1) / int(total)) < 0.1
    assert machine.completion_code("word_count") == int(total)
    assert "faulted" not in machine.text


def test_failed_assertion(board, boot_applications):
    """It is said where, and the process ends as one that a signal has ended."""
    machine = boot_applications(board, "word_count")
    begin_words(machine)
    machine.type_line("assert now")
    machine.expect(r'assertion "strcmp[^\n]*not that word[^\n]*failed: file "userland/apps/word_count/main.cpp", line \d+')
    machine.expect(r"\n")
    assert machine.completion_code("word_count") == 128 + 6
    assert "faulted" not in machine.text

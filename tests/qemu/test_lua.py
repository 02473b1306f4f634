"""Lua, of Debian's source package, as it is: the stand-alone interpreter at its prompt, on every board."""

import re

import pytest

SESSION = [
    ("7 // 2, 7 % 3, 2^10, 1 << 40, 10 / 4", "3\t1\t1024.0\t1099511627776\t2.5"),
    ('("Hello"):rep(2, "-"):upper(), #"abc"', "HELLO-HELLO\t3"),
    ('("key=value"):match("(%w+)=(%w+)")', "key\tvalue"),
    ('string.format("%5.2f|%-4d|%q", math.pi, 42, "a")', ' 3.14|42  |"a"'),
    ("t = {} for i = 1, 10 do t[i] = i * i end", None),
    ("table.sort(t, function(a, b) return a > b end)", None),
    ('table.concat(t, " ")', "100 81 64 49 36 25 16 9 4 1"),
    ("function counter() local n = 0 return function() n = n + 1 return n end end", None),
    ("c, d = counter(), counter()", None),
    ("c(), c(), d()", "1\t2\t1"),
    ("for n in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do print(n) end", "1\n2\n3"),
    ("setmetatable({}, {__add = function(a, b) return b * 2 end}) + 21", "42"),
    ('pcall(error, "oops")', "false\toops"),
    ("nothing()", "stdin:1: attempt to call a nil value (global 'nothing')"),
    ("1 +* 2", "stdin:1: unexpected symbol near '1'"),
    ('io.open("file")', "nil\tfile: No such file or directory\t2"),
    ('io.open("file", "w")', "nil\tfile: Read-only file system\t30"),
    ("pcall(os.time)", "false\ttime result cannot be represented in this installation"),
    ("os.clock() > 0", "true"),
]

# Each of these wants more than there is, of memory or of stack, and gets an error of Lua's.
GREEDY = [
    ('("x"):rep(100000)', "not enough memory"),
    ("t = {} for i = 1, 1000000 do t[i] = i end", "not enough memory"),
    ("function f() return 1 + f() end f()", "(not enough memory|stdin:1: stack overflow)"),
    ('load(("("):rep(100))', "nil\tC stack overflow"),
    ('function g(s) return (s:gsub(".", g)) end g("x")', "(not enough memory|stdin:1: C stack overflow)"),
]
AFTERWARDS = "t, f, g = nil collectgarbage() print(collectgarbage('count') < 20)"


@pytest.fixture
def boot_lua(boot, tmp_path):
    """It does not fit a slot: the image tool finds it its place."""

    def start(board, *others):
        return boot(board, board.image(tmp_path, [board.relocatable(name) for name in ("lua", *others)]))

    return start


def stop_process_console(machine):
    """What the interpreter caught of it is ended by an error."""
    machine.stop_process_console()
    machine.reach_reader("=", "\r?\n> ")


def ask(machine, line, answer=None):
    """`answer` is a regular expression for how the answer begins; None: there is none."""
    machine.type_line(line)
    machine.expect(r"\r?\n" if answer is None else rf"\r?\n{answer}[^>]*\n")
    machine.expect_text("> ")


def end_and_start_console(machine):
    machine.type_line('print("bye") os.exit(3)')
    machine.expect(r"\nbye\r?\n")
    assert machine.completion_code("lua") == 3


def test_session(board, boot_lua):
    machine = boot_lua(board)
    machine.expect(r"Lua 5\.4\.\d+  Copyright")
    machine.expect_text("tock$ ")
    stop_process_console(machine)
    for line, answer in SESSION:
        ask(machine, line, answer and re.escape(answer).replace("\\\n", r"\r?\n"))
    machine.type_line("function double(n)")
    machine.expect_text(">> ")
    machine.type_line("return 2 * n end")
    machine.expect_text("> ")
    ask(machine, "double(2\x7f21)", "42")
    machine.type_line('io.write("Well? ") print("read " .. io.read() .. "!")')
    machine.expect(r"\r?\nWell\? ")
    machine.type_line("what I type")
    machine.expect(r"\r?\nread what I type!\r?\n> ")
    end_and_start_console(machine)
    assert "faulted" not in machine.text


def test_greed_is_an_error_and_nobody_elses_trouble(board, boot_lua):
    machine = boot_lua(board, "bystander")
    machine.expect_beats()
    machine.send("stop bystander\r")
    machine.expect_text("Process bystander stopped")
    stop_process_console(machine)
    for line, answer in GREEDY:
        ask(machine, line, answer)
        ask(machine, AFTERWARDS, "true")
    end_and_start_console(machine)
    machine.send("start bystander\r")
    machine.expect_beats()
    assert "faulted" not in machine.text and "CORRUPT" not in machine.text

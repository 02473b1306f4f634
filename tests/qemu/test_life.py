"""What is done to processes from outside, and what becomes of them when they fault."""

import re

FAULT_RULE = "static const struct fault_rule fault_rule = {.restarts = 7, .after = FAULT_ACTION_STOP};"
FAULT_INIT = "fault_rules_init(&fault_rules, &fault_rule);"
FOR_EVER = "static const struct fault_rule fault_rule = {.restarts = FAULT_RULE_FOR_EVER, .after = FAULT_ACTION_STOP};"

# Of kernel/include/kernel/error.h.
NONE, ALREADY, INVAL = 0, 3, 6

# What tests/qemu/meddler.c does in turn, and what must come of it.
MEDDLING = [
    ("stop", NONE), ("stop", ALREADY), ("boot", INVAL), ("resume", NONE), ("resume", ALREADY),
    ("terminate", NONE), ("terminate", ALREADY), ("stop", INVAL), ("boot", NONE), ("stop", NONE),
    ("terminate", NONE), ("boot", NONE), ("fault", NONE),
]  # fmt: skip


def meddled(board):
    """A board with the meddler."""
    writer = re.search(r"\.panic_writer = (&\w+\.panic_writer)", (board.source).read_text())[1]
    return board.variant(
        "meddler",
        [
            ("#include <kernel/board.h>", "#include <kernel/board.h>\n#include <tests/qemu/meddler.h>"),
            (FAULT_RULE, FOR_EVER + "\nstatic struct meddler meddler;\nstatic struct virtual_alarm meddler_alarm;"),
            (
                FAULT_INIT,
                FAULT_INIT + "\nvirtual_alarm_init(&meddler_alarm, &alarm_mux);\n"
                f"meddler_init(&meddler, &meddler_alarm.alarm, {writer}, &inspect_capability, &control_capability);",
            ),
        ],
        ["tests/qemu/meddler.c"],
    )


def test_stop_resume_terminate_boot_fault(board, boot_applications):
    """Done to a process that computes, at any of its instructions. It goes on with the registers it had, or
    as a new life; the one beside it notices nothing."""
    machine = boot_applications(board, "bystander", "steadfast", kernel=meddled(board))
    for _ in range(3):
        for what, error in MEDDLING:
            assert machine.expect(r"meddler: (\w+) (\d\d)\r?\n").groups() == (what, f"{error:02}")
        machine.expect(r"process steadfast \(pid \d+\) faulted: somebody asked for it")
        machine.expect(r"process steadfast restarts\r?\n")
    machine.expect(r"bystander: alive \d+")
    lives = [int(each, 16) for each in re.findall(r"App 0x([0-9a-f]+) prints 0x60\n", machine.text)]
    assert lives == sorted(set(lives)) and len(lives) >= 6
    assert "prints 0x61" in machine.text
    assert "prints 0x62" not in machine.text
    assert "CORRUPT" not in machine.text


def rule(name, **fields):
    words = "".join(f", .{field} = {value}" for field, value in fields.items())
    return f'static const struct fault_rule {name}_rule = {{.name = SPAN_OF_TEXT("attack_{name}"){words}}};'


def with_policies(board):
    """A board with a policy of each kind: stop with a report for all, and others by name."""
    rules = [
        rule("jump_null", after="FAULT_ACTION_STOP", is_silent="true"),
        rule("yield_3", restarts="4", after="FAULT_ACTION_STOP", is_silent="true"),
        rule("read_kernel_ram", restarts="2", after="FAULT_ACTION_PANIC"),
        rule("write_null", after="FAULT_ACTION_PANIC", is_silent="true"),
    ]
    names = ("jump_null", "yield_3", "read_kernel_ram", "write_null")
    adds = "".join(f"\nfault_rules_add(&fault_rules, &{name}_rule);" for name in names)
    stop = "static const struct fault_rule fault_rule = {.after = FAULT_ACTION_STOP};"
    return board.variant("policies", [(FAULT_RULE, "\n".join([stop, *rules])), (FAULT_INIT, FAULT_INIT + adds)])


def test_each_application_has_its_policy(board, boot_applications):
    names = ("attack_system_call_8", "attack_jump_null", "attack_yield_3")
    machine = boot_applications(board, *names, "bystander", kernel=with_policies(board))
    machine.expect_all(
        r"process attack_system_call_8 stopped\r?\n",
        r"attack jump_null: begin\r?\n",
        *[r"attack yield_3: begin\r?\n"] * 5,
    )
    for _ in range(2):
        machine.expect(r"bystander: alive \d+")
    assert machine.text.count("attack jump_null: begin") == 1
    assert machine.text.count("attack yield_3: begin") == 5
    assert machine.text.count("process attack_system_call_8") == 2  # the report's first and last line
    assert "process attack_jump_null" not in machine.text
    assert "process attack_yield_3" not in machine.text


def test_policy_panics_after_restarts(board, boot_applications):
    machine = boot_applications(board, "attack_read_kernel_ram", kernel=with_policies(board))
    for end in ("restarts", "restarts", "halts the system"):
        machine.expect(r"process attack_read_kernel_ram \(pid \d+\) faulted")
        machine.expect(rf"process attack_read_kernel_ram {end}\r?\n")
    report = machine.expect_panic("a process had a fault")
    assert report.startswith("Process attack_read_kernel_ram had a fault\n  program counter ")


def test_policy_panics_in_silence(board, boot_applications):
    """Then the report of the panic is the only one: whose fault, why, and the registers."""
    machine = boot_applications(board, "bystander", "attack_write_null", kernel=with_policies(board))
    report = machine.expect_panic("a process had a fault")
    assert "faulted:" not in machine.text
    assert report.startswith("Process attack_write_null had a fault\n")
    assert report.count("had a fault") == report.count("[Faulted]") == report.count("  cause: ") == 1
    assert "App: attack_write_null   -   [Faulted]\n" in report
    assert re.search(r"\n  cause: (wrote|accessed) memory it may not\n  address 0x00000000: a null pointer\? ", report)
    assert re.search(r"\n  (r0|pc)   [0-9a-f]{8} ", report)


def test_policy_restarts_for_ever(board, boot, tmp_path):
    kernel = board.variant("restarts", [(FAULT_RULE, FOR_EVER)])
    application = board.application("attack_yield_3", 6)
    machine = boot(board, board.image(tmp_path, [application], kernel=kernel))
    for _ in range(12):
        machine.expect(r"process attack_yield_3 restarts\r?\n")

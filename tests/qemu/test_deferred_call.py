"""A capsule whose deferred call sets itself again for ever takes its share of the processor and no more:
processes run, those that sleep are woken by interrupts, and time slices end."""

import board as boards


def restless_kernel(board):
    """A kernel of the board that has such a capsule."""
    build = f"build/tests/restless/{board.name}"
    source = f"tests/qemu/boards/restless_{board.name}.c"
    boards.make(f"BOARD={board.name}", f"BUILD={build}", f"BOARD_SOURCES={source}", "kernel")
    return boards.ROOT / build / "kernel.elf"


def test_deferred_call_for_ever_starves_nobody(board, boot, tmp_path):
    names = ("hello", "blink", "counter", "writer_a", "writer_b", "saboteur")
    applications = [board.application(name, slot) for slot, name in enumerate(names)]
    machine = boot(board, board.image(tmp_path, applications, kernel=restless_kernel(board)))
    machine.expect_all(r"Hello from Detent!", r"process saboteur stopped", r"\na19 a+", r"\nb19 b+")


def test_deferred_call_keeps_the_processor_awake(board, boot, tmp_path):
    """There is no process, and nothing that would interrupt a sleep."""
    machine = boot(board, board.image(tmp_path, [], kernel=restless_kernel(board)))
    machine.expect_text("restless ran 1000 times")


def test_deferred_call_for_ever_and_everybody_asleep(board, boot, tmp_path):
    """The only process sleeps until the timer's interrupt, again and again."""
    image = board.image(tmp_path, [board.application("bystander", 0)], kernel=restless_kernel(board))
    machine = boot(board, image)
    for _ in range(3):
        machine.expect(r"bystander: alive \d+")

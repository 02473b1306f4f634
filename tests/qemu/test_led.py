"""The LED of the LM3S6965 board, seen at the pin."""

import board as boards

GPIO_F_LED = 0x40025000 + (1 << 0) * 4  # the view of GPIO F's data register that shows pin 0 alone
READS = 100000


def levels(machine, changes):
    """The levels seen one after the other until there were so many changes."""
    seen = [machine.read_word(GPIO_F_LED)]
    for _ in range(READS):
        level = machine.read_word(GPIO_F_LED)
        if level != seen[-1]:
            seen.append(level)
        if len(seen) > changes:
            break
    return seen


def test_blink_toggles_the_pin(boot_applications):
    machine = boot_applications(boards.board("lm3s6965evb"), "blink")
    machine.expect(r"blink: 10\b")
    seen = levels(machine, 6)
    assert len(seen) == 7 and set(seen) == {0, 1}
    machine.expect(r"blink: 20\b")


def test_nobody_else_toggles_it(boot_applications):
    """That what the test above sees is blink's doing."""
    machine = boot_applications(boards.board("lm3s6965evb"), "bystander")
    machine.expect(r"bystander: alive 2\b")
    for _ in range(20):
        assert machine.read_word(GPIO_F_LED) == 0
    machine.expect(r"bystander: alive 5\b")


def test_board_without_led(boot_applications):
    machine = boot_applications(boards.board("qemu_rv32_virt"), "blink")
    machine.expect_text("blink: this board has no LED")
    machine.expect(r"blink: 10\b")

"""The buttons of the LM3S6965 board, pressed at QEMU's keyboard, and the application `buttons`."""

import board as boards

KEYS = ("up", "down", "left", "right", "ctrl")  # of buttons 0 to 4: boards/lm3s6965evb/board.c, QEMU's hw/arm/stellaris.c
GPIO_E, GPIO_F = 0x40024000, 0x40025000
GPIO_F_LED = GPIO_F + (1 << 0) * 4  # the view of the data register that shows pin 0 alone
INTERRUPT_MASK = 0x410
LINES_FREE = {GPIO_E: 0x0F, GPIO_F: 0x02}  # while no button is pressed, as the board's pull-ups have it


def let_go(machine):
    """QEMU holds the lines low from the start: each button must be let go once to be seen as not pressed."""
    for key in KEYS:
        machine.key(key, True)
        machine.key(key, False)


def lit(machine):
    return machine.read_word(GPIO_F_LED) != 0


def watched(machine):
    return tuple(machine.read_word(port + INTERRUPT_MASK) for port in (GPIO_E, GPIO_F))


def test_buttons_light_the_led(boot_applications):
    """Each is told once pressed and once let go, and the LED is lit while any is held."""
    machine = boot_applications(boards.board("lm3s6965evb"), "buttons")
    machine.expect_text("buttons: 5 here, LEDs: 1; press one")
    let_go(machine)
    for port, lines in LINES_FREE.items():
        assert machine.read_word(port + lines * 4) == lines
    for button, key in enumerate(KEYS):
        machine.key(key, True)
        machine.expect(rf"buttons: {button} pressed\r?\n")
        assert lit(machine)
        machine.key(key, False)
        machine.expect(rf"buttons: {button} let go\r?\n")
        assert not lit(machine)
    machine.key("left", True)
    machine.expect_text("buttons: 2 pressed")
    machine.key("ctrl", True)
    machine.expect_text("buttons: 4 pressed")
    machine.key("left", False)
    machine.expect_text("buttons: 2 let go")
    assert lit(machine), "another one is held"
    machine.key("ctrl", False)
    machine.expect_text("buttons: 4 let go")
    assert not lit(machine)
    assert machine.text.count("pressed\n") == len(KEYS) + 2


def test_every_process_that_asked_is_told(boot_applications):
    """When they have ended, nobody is, and at the next change the pin is no longer watched."""
    machine = boot_applications(boards.board("lm3s6965evb"), "buttons", "buttons", "bystander")
    for _ in range(2):
        machine.expect_text("; press one")
    let_go(machine)
    for is_down, what in ((True, "pressed"), (False, "let go")):
        machine.key("up", is_down)
        for _ in range(2):
            machine.expect(rf"buttons: 0 {what}\r?\n")
    assert watched(machine) == (0x0F, 0x02)
    machine.expect_beats()
    machine.send("terminate buttons\r")
    for _ in range(2):
        machine.expect_text("Process buttons terminated")
    machine.key("down", True)
    machine.key("ctrl", True)
    machine.expect_beats()
    assert watched(machine) == (0x0D, 0x00)
    machine.send("boot buttons\r")
    for _ in range(2):
        machine.expect_text("; press one")
    machine.key("down", False)
    machine.key("down", True)
    for _ in range(2):
        machine.expect_text("buttons: 1 pressed")
    assert watched(machine) == (0x0F, 0x02)


def test_board_without_buttons(boot_applications):
    machine = boot_applications(boards.board("qemu_rv32_virt"), "buttons", "bystander")
    machine.expect_text("buttons: this board has no buttons")
    machine.expect_beats()
    machine.send("process buttons\r")
    machine.expect(r"Completion Code: 11\r?\n")

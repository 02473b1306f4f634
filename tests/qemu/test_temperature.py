"""The temperature sensor of lm3s6965evb, which QEMU plugs into I2C0, and the application `sensor_logger`."""

import math
import re
import shlex

import board as boards
import pytest

NUMBER = r"(-?\d+\.\d\d)"
SUMMARY = rf"sensor_logger: samples (\d+) to (\d+): least {NUMBER}, mean {NUMBER}, most {NUMBER} C\r?\n"
LISTED = r"((?:sensor_logger: from \d+:[-. \d]+\r?\n)+)sensor_logger: (\d+) samples, (\d+) lost\r?\n"
SENSOR = "tmp105,id=sensor,bus=i2c,address=0x48"


@pytest.fixture
def lm3s():
    return boards.board("lm3s6965evb")


def without_sensor(board, image):
    words = shlex.split(board.variables["QEMU"])
    at = words.index(SENSOR)
    return [*words[: at - 1], *words[at + 1 :], str(image)]


def hundredths(text):
    return round(float(text) * 100)


def shown(thousandths):
    """Of what QEMU is told, the 12 bits that the sensor has, to the nearest hundredth; halves away from 0."""
    sixteenths = int(thousandths * 256 / 1000) // 16
    return int(math.copysign(abs(sixteenths) * 100 / 16 + 0.5, sixteenths))


def listed(machine):
    """Sample by number, as the list shows them."""
    found = machine.ask_until("l", LISTED)
    values = {}
    for row in re.finditer(r"from (\d+):([-. \d]+)", found[1]):
        for i, value in enumerate(row[2].split()):
            values[int(row[1]) + i] = hundredths(value)
    assert max(values) == int(found[2]) and len(values) == min(32, int(found[2]))
    assert found[3] == "0", "lost"
    return values


def reach(machine, value):
    """Waits for a sample that has this value, and returns all that the list has then."""
    values = listed(machine)
    end = max(values) + 20
    while values[max(values)] != value:
        assert max(values) < end, f"{value} is never measured"
        values = listed(machine)
    return values


def judge(summary, values):
    """Least, mean and most are those of the samples in the list. Whether they differ."""
    window = [values[number] for number in range(int(summary[1]), int(summary[2]) + 1) if number in values]
    if len(window) < 10:
        return False
    assert [hundredths(summary[i]) for i in (3, 5)] == [min(window), max(window)]
    assert abs(hundredths(summary[4]) - sum(window) / 10) <= 0.5
    return min(window) != max(window)


def test_sensor_logger(lm3s, boot_applications):
    """What the sensor is set to is what the log says: fractions, below zero, from end to end of its range."""
    machine = boot_applications(lm3s, "sensor_logger")
    machine.expect(r"sensor_logger: 0\.00 C; ten samples a second, l lists the last 32\r?\n")
    machine.expect_text("tock$ ")
    machine.stop_process_console()
    machine.expect(SUMMARY)
    examples = {21500: 2150, -12345: -1238, 62: 0, 63: 6, -63: -6, 85300: 8525, -55000: -5500, 127999: 12794, -128000: -12800}
    values = {}
    for thousandths, value in examples.items():
        assert shown(thousandths) == value
        machine.set_property("sensor", "temperature", thousandths)
        values |= reach(machine, value)
    machine.expect(SUMMARY)
    values |= reach(machine, -12800)
    judged = [judge(summary, values) for summary in re.finditer(SUMMARY, machine.text)]
    assert any(judged)


def test_several_processes_ask_at_once(lm3s, boot_applications):
    """Each is answered, once for each question."""
    machine = boot_applications(lm3s, "sensor_logger", "sensor_logger", "sensor_logger", "bystander")
    machine.set_property("sensor", "temperature", -40000)
    lines = [machine.expect(SUMMARY) for _ in range(9)]
    assert sorted(int(line[2]) for line in lines) == [10, 10, 10, 20, 20, 20, 30, 30, 30]
    assert [line[3] for line in lines[6:]] == [line[5] for line in lines[6:]] == ["-40.00"] * 3
    machine.expect_beats()


def test_board_whose_sensor_is_missing(lm3s, boot, tmp_path):
    """The application is told with each measurement, says so once, and goes on; so does everybody else."""
    image = lm3s.image(tmp_path, [lm3s.application(name, slot) for slot, name in enumerate(("sensor_logger", "bystander"))])
    machine = boot(lm3s, image, command=without_sensor(lm3s, image))
    machine.expect(r"sensor_logger: ten samples a second, l lists the last 32\r?\n")
    machine.expect(r"sensor_logger: the sensor does not answer \(NOACK\)\r?\n")
    machine.expect_text("tock$ ")
    machine.stop_process_console()
    lost = [int(machine.ask_until("l", r"sensor_logger: 0 samples, (\d+) lost\r?\n")[1])]
    while lost[-1] < lost[0] + 3:
        lost.append(int(machine.ask_until("l", r"sensor_logger: 0 samples, (\d+) lost\r?\n")[1]))
    machine.expect_beats()
    assert machine.text.count("does not answer") == 1
    assert " C" not in machine.text


def loosely_plugged(board):
    """The board with a sensor that is there while the button `up` is not held."""
    init = "lm75_init(&lm75, &i2c0.i2c_master,"
    return board.variant(
        "loose_plug",
        [
            ("#include <kernel/board.h>", "#include <kernel/board.h>\n#include <tests/qemu/loose_plug.h>"),
            ("static struct lm75 lm75;", "static struct lm75 lm75;\nstatic struct loose_plug plug;"),
            (
                init,
                "loose_plug_init(&plug, &i2c0.i2c_master, &button_up.gpio_input);\n"
                "lm75_init(&lm75, &plug.i2c_master,",
            ),
        ],
        ["tests/qemu/loose_plug.c"],
    )


def test_sensor_is_plugged_in_and_out(lm3s, boot_applications):
    """While the system runs: each time it is set up anew, for QEMU's has 9 bits without that."""
    machine = boot_applications(lm3s, "sensor_logger", kernel=loosely_plugged(lm3s))
    machine.set_property("sensor", "temperature", 20437)
    machine.expect(r"sensor_logger: ten samples a second, l lists the last 32\r?\n")
    for _ in range(2):
        machine.expect(r"sensor_logger: the sensor does not answer \(NOACK\)\r?\n")
        machine.key("up", True)
        machine.key("up", False)  # QEMU holds the pin low until then
        machine.expect(r"sensor_logger: the sensor answers again\r?\n")
        summary = machine.expect(SUMMARY)
        assert {hundredths(summary[i]) for i in (3, 4, 5)} == {shown(20437)} == {2038}, summary[0]
        machine.key("up", True)


def test_board_without_a_driver(boot_applications):
    machine = boot_applications(boards.board("qemu_rv32_virt"), "sensor_logger", "bystander")
    machine.expect(r"sensor_logger: this board has no temperature sensor\r?\n")
    machine.expect_beats()
    machine.send("process sensor_logger\r")
    machine.expect(r"Completion Code: 11\r?\n")

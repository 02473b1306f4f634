"""Programs linked as libtock-c links them, packed by tbf and put into one archive for both boards: position
independent for ARM, for several fixed addresses on RISC-V. elf2tab makes archives like that."""

import board as boards
import libtock_program
import pytest

FIXED = ((0x80100080, 0x80211000), (0x80108080, 0x80214000))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    boards.make("tools")
    folder = tmp_path_factory.mktemp("libtock")
    links = [("cortex-m3", "armv7m", ()), *(("rv32imac", "rv32", addresses) for addresses in FIXED)]
    arguments = []
    for number, (processor, arch, addresses) in enumerate(links):
        path = libtock_program.link(folder / f"{number}.elf", arch, *addresses)
        boards.run("build/tools/tbf", path, "-o", path.with_suffix(".tbf"), "--name", "libtock")
        arguments.append(f"{processor}={path.with_suffix('.tbf')}")
    boards.run("build/tools/tab", *arguments, "-o", folder / "libtock.tab")
    return folder / "libtock.tab"


@pytest.mark.parametrize("before", [False, True], ids=["alone", "behind_another"])
def test_runs_from_an_archive(before, archive, board, boot, tmp_path):
    """Behind another it lies elsewhere: on ARM wherever there is room, on RISC-V at the second address."""
    other = [f"{board.relocatable('hello')}@{board.apps_start:#x}"] if before else []
    machine = boot(board, board.image(tmp_path, [*other, archive]))
    machine.expect_all(libtock_program.SAYS, *([r"Hello from Detent!"] if before else []))

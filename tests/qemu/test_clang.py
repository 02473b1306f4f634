"""Kernels compiled with clang do what those compiled with gcc do: a fault, a restart, a wait, a write."""

import board as boards


def test_kernel_compiled_with_clang(board, boot, tmp_path):
    build = f"build/clang/{board.name}"
    boards.make(f"BOARD={board.name}", "COMPILER=clang", f"BUILD={build}", "kernel")
    applications = [board.application("bystander", 0), board.application("attack_write_kernel_ram", 6)]
    machine = boot(board, board.image(tmp_path, applications, kernel=boards.ROOT / build / "kernel.elf"))
    for end in ("restarts",) * boards.RESTARTS + ("stopped",):
        machine.expect(r"process attack_write_kernel_ram \(pid \d+\) faulted: [a-z]")
        machine.expect(f"process attack_write_kernel_ram {end}\r?\n")
    for _ in range(3):
        machine.expect(r"bystander: alive \d+")
    assert "CORRUPT" not in machine.text

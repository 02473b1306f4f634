"""The headers of the applications' library are good for C++ as they are: they compile, and what they declare is C's."""

import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = sorted([*ROOT.glob("userland/lib/*.h"), *ROOT.glob("userland/libc/*.h")])
COMPILERS = {
    "armv7m": "arm-none-eabi-g++ -mcpu=cortex-m3 -mthumb",
    "rv32": "riscv64-unknown-elf-g++ -march=rv32imac_zicsr -mabi=ilp32",
}


@pytest.mark.parametrize("arch", COMPILERS)
def test_they_compile_as_cplusplus(arch):
    source = "".join(f"#include <{header.name}>\n" for header in HEADERS)
    command = f"{COMPILERS[arch]} -std=gnu++17 -ffreestanding -Wall -Wextra -Werror -Wno-register -fsyntax-only -x c++ -"
    folders = [f"-Iuserland/lib/{arch}", "-Iuserland/lib", "-Iuserland/libc"]
    subprocess.run([*command.split(), *folders], cwd=ROOT, input=source, text=True, check=True)


def test_what_they_declare_is_c():
    for header in HEADERS:
        if header.name == "linkage.h":
            continue
        text = header.read_text()
        before, begun, rest = text.partition("\nLINKAGE_C_BEGIN\n")
        assert begun and rest.endswith("\nLINKAGE_C_END\n"), f"{header}: declares between LINKAGE_C_BEGIN and LINKAGE_C_END"
        assert all(line.startswith("#") or line == "" for line in before.splitlines()), f"{header}: declares before LINKAGE_C_BEGIN"

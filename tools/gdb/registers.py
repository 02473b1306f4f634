"""The registers of a process, wherever they are: in the processor while it runs, in struct context when it does not, and
partly in each while the kernel works for it. arch/*/entry.S says which."""

import contextlib

import gdb
import kernel_state
from kernel_state import Unreadable


def _in_kernel_c():
    """The frame in which the kernel's assembly has called C; None: no C of the kernel's is being run. Its registers are
    those that C preserves, which are the process's."""
    frame = gdb.newest_frame()
    while frame is not None and frame.function() is not None:
        frame = frame.older()
    return frame


def _preserved(names):
    frame = _in_kernel_c()
    if frame is None:
        raise Unreadable("The kernel's stack cannot be followed from here; go on a little (stepi) and try again.")
    return {name: int(frame.read_register(name)) for name in names}


class Armv7m:
    """r4 to r11 are in the processor, or saved when another context came; all else lies on the process's stack."""

    LIVE = "armv7m_live"
    SAVED = [f"r{number}" for number in range(4, 12)]
    FRAME = ["r0", "r1", "r2", "r3", "r12", "lr", "pc", "xpsr"]
    SUPERVISOR_CALL = 11  # exceptions up to this one told the kernel the stack pointer

    def __init__(self, context, is_live):
        self.registers = self._saved(context)
        if is_live:
            self.registers.update(_preserved(self.SAVED))
            self.registers["sp"] = self._live_stack(context)
        self._add_frame()

    def _saved(self, context):
        registers = {name: int(context["callee_saved"][index]) for index, name in enumerate(self.SAVED)}
        registers["sp"] = int(context["stack_pointer"])
        return registers

    def _live_stack(self, context):
        exception = int(gdb.parse_and_eval("$xpsr")) & 0x1FF
        if exception <= self.SUPERVISOR_CALL:
            return int(context["stack_pointer"])
        if "psp" in [each.name for each in gdb.newest_frame().architecture().registers()]:
            return int(gdb.parse_and_eval("(unsigned)$psp"))
        raise Unreadable(
            "Interrupted, registers still in the processor. This QEMU does not show its stack pointer (PSP) in an "
            "interrupt: stop in the process, or where the kernel has another running."
        )

    def _add_frame(self):
        stack = self.registers["sp"]
        pointer = gdb.lookup_type("struct context_frame").pointer()
        try:
            words = gdb.selected_inferior().read_memory(stack, pointer.target().sizeof).tobytes()
        except gdb.MemoryError:
            raise Unreadable(f"Its stack pointer, {stack:#010x}, points at no memory.") from None
        for index, name in enumerate(self.FRAME):
            self.registers[name] = int.from_bytes(words[4 * index : 4 * index + 4], "little")
        padded = self.registers.pop("xpsr") & kernel_state.constant("STATUS_PADDED")
        self.registers["sp"] += pointer.target().sizeof + (4 if padded else 0)


class Rv32:
    """C's own registers are saved on every way in; the others when another context comes."""

    LIVE = "rv32_live"
    NAMES = ["ra", "sp", "gp", "tp", "t0", "t1", "t2", "fp", "s1", *(f"a{i}" for i in range(8))]
    NAMES += [*(f"s{i}" for i in range(2, 12)), *(f"t{i}" for i in range(3, 7))]
    SAVED_ON_THE_WAY_IN = {"ra", "sp", "t0", *(f"a{i}" for i in range(6))}

    def __init__(self, context, is_live):
        self.registers = {name: int(context["registers"][index]) for index, name in enumerate(self.NAMES)}
        self.registers["pc"] = int(context["program_counter"])
        if is_live:
            self.registers["pc"] = int(gdb.parse_and_eval("(unsigned)$mepc"))
            self.registers.update(_preserved([name for name in self.NAMES if name not in self.SAVED_ON_THE_WAY_IN]))


def is_in_processor(process):
    """Whether it is the process's own code that the processor is at."""
    counter = int(gdb.newest_frame().pc())
    return process.is_running and process.number("flash_start") <= counter < process.number("flash_end")


def program_counter(process):
    if is_in_processor(process):
        return int(gdb.newest_frame().pc())
    return read_registers(process)["pc"]


def read_registers(process):
    architecture = Armv7m if gdb.newest_frame().architecture().name().startswith("arm") else Rv32
    context = process.struct["context"]
    is_live = kernel_state.kernel_variable(architecture.LIVE) == context.address
    return architecture(context, is_live).registers


@contextlib.contextmanager
def lent(process):
    """While this lasts gdb sees the processor as it will be when the process goes on. Nothing may run meanwhile."""
    if is_in_processor(process):
        gdb.newest_frame().select()
        yield
        return
    registers = read_registers(process)
    gdb.newest_frame().select()
    own = {name: int(gdb.parse_and_eval(f"(unsigned)${name}")) for name in registers}
    try:
        _write(registers)
        yield
    finally:
        gdb.newest_frame().select()
        _write(own)


def _write(registers):
    for name, value in registers.items():
        gdb.execute(f"set var ${name} = {value:#x}", to_string=True)

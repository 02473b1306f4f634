"""Commands for gdb that know the kernel's processes. `make debug` loads this; elsewhere: source tools/gdb/detent.py

    help detent
"""

import pathlib
import sys

import gdb

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import registers  # noqa: E402
import symbols  # noqa: E402
from kernel_state import Unreadable, driver_of_grant  # noqa: E402
from process import all_processes, describe_code, find_process  # noqa: E402


class Detent(gdb.Command):
    """Processes of the Detent kernel. Nothing here lets the board run or changes its memory."""

    def __init__(self):
        super().__init__("detent", gdb.COMMAND_DATA, prefix=True)


class DetentCommand(gdb.Command):
    usage = None  # what must follow its name; None: nothing

    def __init__(self, name):
        super().__init__(f"detent {name}", gdb.COMMAND_DATA)
        self.name = name

    def invoke(self, argument, from_tty):
        words = argument.split(None, len(self.usage.split()) - 1) if self.usage else argument.split()
        if len(words) != len((self.usage or "").split()):
            raise gdb.GdbError(f"Usage: detent {self.name} {self.usage or ''}".rstrip())
        try:
            self.run(*words)
        except gdb.MemoryError as problem:
            raise Unreadable(f"{problem}. Is this the ELF file of the kernel in the image?") from None


class Processes(DetentCommand):
    """List the processes: state, events that wait, restarts, and where each is."""

    def run(self):
        print(f"{'pid':>3}  {'name':18} {'state':20} {'queued':>6} {'restarts':>8}  at")
        for each in all_processes():
            print(
                f"{each.pid:3}  {each.name:18} {each.state:20} {each.number('queue_length'):6} "
                f"{each.number('restarts'):8}  {where(each)}"
            )


def where(process):
    try:
        return describe_code(registers.program_counter(process))
    except Unreadable as unknown:
        return str(unknown).split(".")[0]


def row(label, text):
    print(f"  {label:12} {text}")


class ShowProcess(DetentCommand):
    """Show one process: what it waits for, its memory, queued upcalls, subscriptions and shared buffers."""

    usage = "NAME"

    def run(self, name):
        process = find_process(name)
        print(f"{process.name}, process {process.pid} in slot {process.slot}")
        self.show_state(process)
        self.show_memory(process)
        self.show_queue(process)
        for grant in process.grants():
            self.show_grant(grant)

    def show_state(self, process):
        row("state", process.state)
        for label, text in (("waits for", process.waits_for), ("fault", process.fault)):
            if text:
                row(label, text)
        if process.state.startswith("terminated") and not process.fault:
            row("completed", process.number("completion_code"))
        row("at", where(process))
        row("last call", f"{process.last_call}; {process.number('system_calls')} system calls")
        row("upcalls", "{} delivered, {} dropped, {} queued".format(
            *(process.number(field) for field in ("upcalls_delivered", "upcalls_dropped", "queue_length"))
        ))  # fmt: skip
        row("lives", f"{process.number('restarts')} before this one")

    def show_memory(self, process):
        def address(field):
            return f"{process.number(field):#010x}"

        row("flash", f"{address('flash_start')}..{address('flash_end')}, program from {address('flash_app')}")
        row("RAM", f"{address('ram_start')}..{address('ram_end')}, {self.size(process, 'ram_start', 'ram_end')} bytes")
        if process.number("stack_top"):
            row("  stack top", address("stack_top"))
        if process.number("heap_start"):
            row("  heap", f"from {address('heap_start')}")
        row("  app break", f"{address('app_break')}, {self.size(process, 'ram_start', 'app_break')} bytes are its own")
        row("  kernel's", f"from {address('kernel_break')}, {self.size(process, 'kernel_break', 'ram_end')} bytes")

    def size(self, process, start, end):
        return process.number(end) - process.number(start)

    def show_queue(self, process):
        for event in process.queue():
            driver = driver_of_grant(process.kernel, int(event["grant"]))
            values = ", ".join(f"{int(event['arguments'][index]):#x}" for index in range(3))
            row("queued", f"upcall {int(event['number'])} of {driver.name if driver else 'no driver'}: {values}")

    def show_grant(self, grant):
        print(f"  {grant.driver.name}")
        for number, function, data in grant.subscriptions():
            row(f"  upcall {number}", f"{describe_code(function & ~1)}, data {data:#x}")
        for kind, number, address, length in grant.buffers():
            row(f"  buffer {number}", f"{kind}, {length} bytes at {address:#010x}")
        state = grant.state()
        if state is not None:
            row("  keeps", state.format_string(max_elements=16))


READ_ONLY = "backtrace bt where frame info list print p x output printf display disassemble ptype".split()


class InProcess(DetentCommand):
    """Run a command of gdb with the registers of a process: detent in blink info locals
    For another frame than the innermost: detent in blink frame apply 2 info locals"""

    usage = "NAME COMMAND"

    def run(self, name, command):
        if command.split()[0].split("/")[0] not in READ_ONLY:
            raise gdb.GdbError(f"Only commands that look: {' '.join(READ_ONLY)}.")
        with registers.lent(find_process(name)):
            gdb.execute(command)


class Backtrace(DetentCommand):
    """Show the calls that a process is in, whether it runs or not."""

    usage = "NAME"

    def run(self, name):
        with registers.lent(find_process(name)):
            gdb.execute("backtrace")


class Break(DetentCommand):
    """Stop in a function of one application: detent break hello console_write
    Each application has a copy of the library of its own; gdb's break stops in all of them."""

    usage = "NAME FUNCTION"

    def run(self, name, function):
        process = find_process(name)
        places = [place.pc for place in self.decode(function)]
        own = [place for place in places if process.number("flash_start") <= place < process.number("flash_end")]
        if not own:
            raise gdb.GdbError(f"{process.name} has no function {function}, or the compiler made all calls inline.")
        for place in own:
            gdb.Breakpoint(f"*{place:#x}")

    def decode(self, function):
        try:
            return gdb.decode_line(function)[1]
        except gdb.error:
            return []


class Symbols(DetentCommand):
    """Load the symbols of all applications in an image, from the file that the image tool wrote with --placement."""

    usage = "FILE"

    def run(self, placement):
        processor = "cortex-m3" if gdb.selected_inferior().architecture().name().startswith("arm") else "rv32imac"
        board = pathlib.Path(gdb.current_progspace().filename or "").parent.name  # that of its kernel
        for flash, ram, file in symbols.read_placement(placement):
            path = symbols.elf_of(file, processor, board)
            try:
                symbols.add_symbols(path, flash, ram)
                print(f"{flash:#010x}  {path}")
            except Unreadable as reason:
                print(f"{flash:#010x}  {file}: no symbols: {path}: {reason}")


Detent()
Processes("processes")
ShowProcess("process")
InProcess("in")
Backtrace("backtrace")
Break("break")
Symbols("symbols")

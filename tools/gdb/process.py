"""A process as the kernel keeps it: kernel/process.h."""

import gdb
import kernel_state
from kernel_state import Unreadable


def describe_code(address):
    """0x00010312 in main, userland/apps/hello/main.c:5, as much as is known. The function is the one that others were
    inlined into, the place where the code was written."""
    function, block = None, gdb.block_for_pc(address)
    while block is not None:
        function, block = block.function or function, block.superblock
    if function is not None:
        place = gdb.find_pc_line(address)
        return f"{address:#010x} in {function.name}, {place.symtab.filename}:{place.line}"
    found = gdb.execute(f"info symbol {address:#x}", to_string=True)
    return f"{address:#010x}" + ("" if found.startswith("No symbol") else f" in {found.split(' in section')[0]}")


class Process:
    def __init__(self, kernel, pointer):
        self.kernel = kernel
        self.pointer = pointer
        self.struct = pointer.dereference()

    def number(self, field):
        return int(self.struct[field])

    @property
    def pid(self):
        return int(self.struct["id"]["private_value"]) >> 8

    @property
    def slot(self):
        return int(self.struct["id"]["private_value"]) & 0xFF

    @property
    def name(self):
        """From the element of the application's header; the program's start where there is none."""
        start = self.number("flash_start")
        header = gdb.selected_inferior().read_memory(start, self.number("flash_app") - start).tobytes()
        at = 16  # elements follow the base header: type, length, value, each a multiple of 4
        while at + 4 <= len(header):
            kind, length = (int.from_bytes(header[at + i : at + i + 2], "little") for i in (0, 2))
            if kind == 3:
                return header[at + 4 : at + 4 + length].decode(errors="replace")
            at += 4 + (length + 3) // 4 * 4
        return f"{self.number('flash_app'):#x}"

    @property
    def is_running(self):
        return self.kernel["running"] == self.pointer

    @property
    def state(self):
        state = kernel_state.enumerator("process_state", self.struct["state"], "PROCESS_")
        if state == "running" and not self.is_running:
            state = "ready"
        return state + (", stopped" if self.struct["is_stopped"] else "")

    @property
    def waits_for(self):
        if self.number("state") != kernel_state.constant("PROCESS_YIELDED_FOR"):
            return ""
        driver = kernel_state.driver_of_grant(self.kernel, self.number("waits_grant"))
        name = driver.name if driver else "no driver"
        return f"upcall {self.number('waits_number')} of {name}"

    @property
    def fault(self):
        cause = kernel_state.enumerator("fault_cause", self.struct["fault_cause"], "FAULT_")
        if cause == "none":
            return ""
        at = f", address {self.number('fault_address'):#010x}" if self.number("fault_has_address") else ""
        return f"{cause}{at}, status {self.number('fault_status'):#x}"

    @property
    def last_call(self):
        if self.number("last_system_call") == kernel_state.constant("PROCESS_NO_SYSTEM_CALL"):
            return "none yet"
        return kernel_state.enumerator("system_call_class", self.struct["last_system_call"], "CLASS_")

    def queue(self):
        """The events that wait, the next one first."""
        kind = gdb.lookup_type("struct upcall").pointer()
        end = int(self.pointer) + self.struct.type.sizeof  # process_at()
        place = self.number("queue_first")
        while place != 0:
            at = end - place * kernel_state.constant("PLACE_UNIT")
            event = gdb.Value(at).cast(kind).dereference()
            yield event
            place = int(event["next"])

    def grants(self):
        for driver in kernel_state.drivers(self.kernel):
            if driver.grant != 0:
                grant = Grant(self, driver)
                if grant.distance != 0:
                    yield grant


class Grant:
    """What a driver keeps for a process: kernel/grant.c says where."""

    def __init__(self, process, driver):
        self.process, self.driver = process, driver
        self.layout = driver.grant["private_layout"]
        entry = int(process.struct["grants"][int(driver.grant["private_index"])])
        self.distance = entry & ~kernel_state.constant("GRANT_OPEN")

    def _below(self, units):
        return int(self.process.pointer) - (self.distance + units) * kernel_state.constant("GRANT_UNIT")

    def state(self):
        """The driver's own struct, as far as its type is known."""
        kind = self.driver.state_type()
        return kind and gdb.Value(self._below(0)).cast(kind.pointer()).dereference()

    def _slots(self, first, count, kind):
        pointer = gdb.lookup_type(f"struct {kind}").pointer()
        for number in range(count):
            yield number, gdb.Value(self._below(first + number + 1)).cast(pointer)

    def subscriptions(self):
        for number, slot in self._slots(0, int(self.layout["upcalls"]), "subscription"):
            if slot["function"] != 0:
                yield number, int(slot["function"]), int(slot["data"])

    def buffers(self):
        """(what kind, number, address, length) of each that is shared."""
        first = int(self.layout["upcalls"])
        for kind in ("read_only", "read_write", "user_readable"):
            count = int(self.layout[kind])
            for number, slot in self._slots(first, count, "allowed"):
                if slot["address"] != 0 or slot["length"] != 0:
                    yield kind.replace("_", "-"), number, int(slot["address"]), int(slot["length"])
            first += count


def all_processes():
    kernel = kernel_state.read_kernel()
    return [Process(kernel, kernel["board"]["processes"][slot]) for slot in range(int(kernel["process_count"]))]


def find_process(name):
    """By name or number."""
    processes = all_processes()
    found = [each for each in processes if name in (each.name, str(each.pid))]
    if not found:
        raise Unreadable(f"No process {name!r}. There are: {', '.join(each.name for each in processes)}.")
    if len(found) > 1:
        raise Unreadable(f"Several are called {name}: give a number, {' or '.join(str(each.pid) for each in found)}.")
    return found[0]

"""The kernel's variables as its debug information describes them. No address, offset or number is known here."""

import gdb


class Unreadable(gdb.GdbError):
    """What the user is told when there is nothing to show."""


def _kernel_objfile():
    found = [each for each in gdb.objfiles() if each.lookup_global_symbol("kernel_start")]
    if not found:
        raise Unreadable("No kernel: give its ELF file to gdb, as make debug does.")
    return found[0]


def kernel_variable(name):
    symbol = _kernel_objfile().lookup_global_symbol(name)
    if symbol is None:
        raise Unreadable(f"The kernel's ELF file does not describe {name}: it was compiled without -g.")
    return symbol.value()


def constant(name):
    """Of an enumeration of the kernel's."""
    return int(gdb.parse_and_eval(name))


def enumerator(enumeration, value, prefix):
    """The name of a value in an enum, in lower case and without its prefix."""
    for field in gdb.lookup_type(f"enum {enumeration}").fields():
        if field.enumval == int(value) and field.name.startswith(prefix):
            return field.name.removeprefix(prefix).lower().replace("_", " ")
    return f"{enumeration} {int(value)}?"


def read_kernel():
    """struct kernel of a kernel that has loaded its processes."""
    kernel = kernel_variable("kernel")
    if not gdb.selected_inferior().threads():
        raise Unreadable("No board: connect to one first, as make debug does.")
    if kernel["board"] == 0 or kernel["process_count"] == 0:
        raise Unreadable("The kernel has loaded no processes yet; let it run first (continue).")
    if kernel["process_count"] > kernel["board"]["process_slots"]:
        raise Unreadable("The kernel's memory makes no sense: is this the ELF file of the kernel in the image?")
    return kernel


class Driver:
    def __init__(self, number, pointer):
        self.number = number
        self.address = int(pointer)
        self.grant = pointer["private_grant"]

    @property
    def name(self):
        """driver 0x1 (console): its number, and the variable that it is."""
        variable = gdb.execute(f"info symbol {self.address:#x}", to_string=True)
        known = not variable.startswith("No symbol")
        return f"driver {self.number:#x}" + (f" ({variable.split()[0]})" if known else "")

    def has_grant(self, index):
        return self.grant != 0 and int(self.grant["private_index"]) == index

    def state_type(self):
        """The struct that the driver keeps for each process; None: not known. GRANT_DEFINE(NAME, TYPE) makes a struct
        NAME, which the grant lies in, and a struct NAME_entry, which points at TYPE."""
        variable = gdb.execute(f"info symbol {self.address:#x}", to_string=True).split()[0]
        try:
            for field in gdb.parse_and_eval(f"'{variable}'").type.strip_typedefs().fields():
                if self.address + field.bitpos // 8 == int(self.grant):
                    return gdb.lookup_type(f"{field.type}_entry")["state"].type.target()
        except gdb.error:
            pass
        return None


def drivers(kernel):
    for group in range(int(kernel["board"]["driver_group_count"])):
        entry = kernel["board"]["driver_groups"][group]
        for index in range(int(entry["count"])):
            if entry["drivers"][index] != 0:
                yield Driver(group << 16 | index, entry["drivers"][index])


def driver_of_grant(kernel, index):
    return next((each for each in drivers(kernel) if each.has_grant(index)), None)

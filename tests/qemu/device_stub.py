"""What QEMU's stub for gdb is used for here without gdb: stop the machine, look at its memory and devices as its
processor sees them, change them, let it go on.

    machine = boot(board, image, options=GdbStub.options(path))
    stub = GdbStub(path)          the machine stands still from here on
    stub.write_physical(0x02000000, 1)
    stub.resume()

The packets are those of gdb's remote serial protocol."""

import socket

PROGRAM_COUNTER_ARM = 15


def _hex(word):
    return word.to_bytes(4, "little").hex()


class GdbStub:
    @staticmethod
    def options(path):
        return ["-gdb", f"unix:{path},server=on,wait=off"]

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(60)
        self._socket.connect(str(path))
        self._file = self._socket.makefile("rb")
        self._ask("qXfer:features:read:target.xml:0,8")  # or it will not speak of single registers

    def _send(self, text):
        self._socket.sendall(f"${text}#{sum(text.encode()) % 256:02x}".encode())

    def _answer(self):
        """The next packet; whatever stands before it only says that one of ours has come."""
        while (byte := self._file.read(1)) != b"$":
            if byte == b"":
                raise EOFError("QEMU's stub for gdb has gone")
        text = b""
        while (byte := self._file.read(1)) != b"#":
            text += byte
        self._file.read(2)
        self._socket.sendall(b"+")
        return text.decode()

    def _ask(self, text):
        self._send(text)
        while (answer := self._answer()).startswith("T"):  # that the machine has stopped
            pass
        return answer

    def read_word(self, address):
        """As the processor reads it at this moment; some registers need privilege."""
        answer = self._ask(f"m{address:x},4")
        assert not answer.startswith("E"), f"{address:#x}: {answer}"
        return int.from_bytes(bytes.fromhex(answer), "little")

    def write_physical(self, address, value):
        """Into memory or a device on the bus."""
        assert self._ask("Qqemu.PhyMemMode:1") == "OK"
        answer = self._ask(f"M{address:x},4:{_hex(value)}")
        assert answer == "OK", f"{address:#x}: {answer}"
        assert self._ask("Qqemu.PhyMemMode:0") == "OK"

    def run_to(self, address):
        assert self._ask(f"Z1,{address:x},2") == "OK"
        self._send("c")
        while not self._answer().startswith("T"):
            pass
        assert self._ask(f"z1,{address:x},2") == "OK"

    def execute(self, address, registers):
        """The one instruction there, with these values in registers, by number; then all is as it was."""
        registers = {**registers, PROGRAM_COUNTER_ARM: address}
        before = {number: self._ask(f"p{number:x}") for number in registers}
        for number, value in registers.items():
            assert self._ask(f"P{number:x}={_hex(value)}") == "OK"
        self._send("s")
        while not self._answer().startswith("T"):
            pass
        for number, value in before.items():
            assert self._ask(f"P{number:x}={value}") == "OK"

    def resume(self):
        self._send("c")

    def stop(self):
        self._socket.sendall(b"\x03")
        while not self._answer().startswith("T"):
            pass

    def close(self):
        self._file.close()
        self._socket.close()

"""What QEMU's stub for gdb is used for here without gdb: stop the machine, look at its memory and devices as its
processor sees them, change them, let it go on.

    machine = boot(board, image, options=GdbStub.options(path))
    stub = GdbStub(path)          the machine stands still from here on
    stub.write_physical(0x02000000, 1)
    stub.resume()

The packets are those of gdb's remote serial protocol (GDB manual, "Remote Protocol"): $PACKET#CHECKSUM, each answered by
+ and then by a packet."""

import socket
import time

PROGRAM_COUNTER_ARM = 15
PIECE = 512  # bytes in one packet


def _hex(word):
    return word.to_bytes(4, "little").hex()


class GdbStub:
    @staticmethod
    def options(path):
        return ["-gdb", f"unix:{path},server=on,wait=off"]

    def __init__(self, path, patience=60):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(patience)
        self._connect(path, patience)
        self._file = self._socket.makefile("rb")
        self._ask("qXfer:features:read:target.xml:0,8")  # or it will not speak of single registers

    def _connect(self, path, patience):
        for _ in range(patience * 20):
            try:
                self._socket.connect(str(path))
                return
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.05)
        raise TimeoutError(f"QEMU does not listen at {path}")

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

    def _order(self, text, what):
        answer = self._ask(text)
        assert answer == "OK", f"{what}: {answer}"

    def read_word(self, address):
        """As the processor reads it at this moment; some registers need privilege."""
        answer = self._ask(f"m{address:x},4")
        assert not answer.startswith("E"), f"{address:#x}: {answer}"
        return int.from_bytes(bytes.fromhex(answer), "little")

    def write_word(self, address, word):
        self._order(f"M{address:x},4:{_hex(word)}", f"{address:#x} cannot be written")

    def fill(self, address, size, byte):
        for start in range(address, address + size, PIECE):
            length = min(PIECE, address + size - start)
            self._order(f"M{start:x},{length:x}:{f'{byte:02x}' * length}", f"{start:#x} cannot be filled")

    def write_physical(self, address, value):
        """Into memory or a device on the bus."""
        self._order("Qqemu.PhyMemMode:1", "physical addresses")
        self.write_word(address, value)
        self._order("Qqemu.PhyMemMode:0", "physical addresses")

    def run_to(self, address):
        """Lets the machine run until it is about to run the instruction there."""
        self._order(f"Z1,{address:x},2", "breakpoint")
        self._send("c")
        self._wait_for_stop()
        self._order(f"z1,{address:x},2", "breakpoint")

    def execute(self, address, registers):
        """The one instruction there, with these values in registers, by number; then all is as it was."""
        registers = {**registers, PROGRAM_COUNTER_ARM: address}
        before = {number: self._ask(f"p{number:x}") for number in registers}
        for number, value in registers.items():
            self._order(f"P{number:x}={_hex(value)}", f"register {number}")
        self._send("s")
        self._wait_for_stop()
        for number, value in before.items():
            self._order(f"P{number:x}={value}", f"register {number}")

    def _wait_for_stop(self):
        while not self._answer().startswith("T"):
            pass

    def resume(self):
        self._send("c")

    def stop(self):
        self._socket.sendall(b"\x03")
        self._wait_for_stop()

    def go_on(self):
        """Lets the machine run, without anybody watching."""
        self._order("D", "detach")
        self.close()

    def close(self):
        self._file.close()
        self._socket.close()

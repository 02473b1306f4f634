"""Enough of gdb's remote protocol to fill memory and to let the machine go.

(GDB manual, "Remote Protocol": $PACKET#CHECKSUM, each answered by + and then by a packet.)"""

import socket
import time

PIECE = 512  # bytes in one packet


class GdbStub:
    def __init__(self, path, patience=60):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(patience)
        for _ in range(patience * 20):
            try:
                self._socket.connect(str(path))
                return
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.05)
        raise TimeoutError(f"QEMU does not listen at {path}")

    def _send(self, packet):
        self._socket.sendall(b"$%b#%02x" % (packet, sum(packet) % 256))

    def _answer(self):
        text = b""
        while not (b"#" in text and len(text) >= text.index(b"#") + 3):
            piece = self._socket.recv(4096)
            if not piece:
                raise ConnectionError("QEMU hung up")
            text += piece
        self._socket.sendall(b"+")
        return text[text.index(b"$") + 1 : text.index(b"#")]

    def fill(self, address, size, byte):
        for start in range(address, address + size, PIECE):
            length = min(PIECE, address + size - start)
            self._send(b"M%x,%x:%b" % (start, length, b"%02x" % byte * length))
            answer = self._answer()
            if answer != b"OK":
                raise ValueError(f"memory at {start:#x} cannot be filled: {answer}")

    def go_on(self):
        """Lets the machine run, without anybody watching."""
        self._send(b"D")
        self._answer()
        self._socket.close()

    def run_to(self, address):
        """Lets the machine run until it is about to run the instruction there."""
        for packet in (b"Z0,%x,2" % address, b"c", b"z0,%x,2" % address):
            self._send(packet)
            self._answer()

    def write_word(self, address, word):
        self._send(b"M%x,4:%b" % (address, word.to_bytes(4, "little").hex().encode()))
        if self._answer() != b"OK":
            raise ValueError(f"memory at {address:#x} cannot be written")

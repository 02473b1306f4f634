"""usage: sha256_test.py PROGRAM

PROGRAM prints lines of a message and its digest, in hexadecimal; hashlib has the last word on them."""

import hashlib
import subprocess
import sys

lines = subprocess.run([sys.argv[1], "print"], check=True, capture_output=True, text=True).stdout.splitlines()
lengths = set()
for line in lines:
    message, digest = (bytes.fromhex(word) for word in line.split(" "))
    if hashlib.sha256(message).digest() != digest:
        sys.exit(f"sha256: {len(message)} bytes give {digest.hex()}, which hashlib says is wrong")
    lengths.add(len(message))
if len(lengths) < 300:
    sys.exit("sha256: too few messages were printed")
print(f"sha256: {len(lines)} digests are those of hashlib")

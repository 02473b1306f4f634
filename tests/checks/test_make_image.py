"""What `make image` says of applications that it cannot place: one line, before anything is built."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "applications, told",
    [
        ("hello no_such_thing", "No application here is called no_such_thing. There are: "),
        ("hello no/such/file.tbf", "No such file: no/such/file.tbf"),
    ],
)
def test_refused(applications, told, tmp_path):
    command = ["make", "--quiet", "BOARD=lm3s6965evb", f"BUILD={tmp_path}", f"APPS={applications}", "image"]
    # As a user would: not with what the make that runs the tests was told (--keep-going).
    surroundings = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, text=True, capture_output=True)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith(told)
    assert list(tmp_path.iterdir()) == []

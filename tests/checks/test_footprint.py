"""tools/footprint.py on made-up figures: what is over, missing or gone is told."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

import footprint  # noqa: E402

PAGE = """
| module | flash | RAM | flash | RAM | with it comes |
|---|---|---|---|---|---|
| `timer.c` | 700 | 20 | 900 | 20 | clock |
| `hello` | 300 | 256 | 400 | 256 | |
"""
FITS = {"timer.c": [700, 20, 899, 20], "hello": [300, 256, 400, 256]}


def test_what_fits_passes():
    assert footprint.compare(FITS, footprint.budget(PAGE)) == []


@pytest.mark.parametrize("place", range(4))
def test_over(place):
    figures = {name: list(numbers) for name, numbers in FITS.items()}
    figures["timer.c"][place] = 901
    assert len(footprint.compare(figures, footprint.budget(PAGE))) == 1


def test_limits_whatever_the_page_says():
    page = PAGE.replace("| `hello` | 300 | 256 | 400 | 256 |", "| `hello` | 1025 | 513 | 400 | 256 |")
    figures = FITS | {"hello": [1025, 513, 400, 256]}
    assert footprint.compare(figures, footprint.budget(page)) == [
        "hello takes 1025 bytes, and may take 1024",
        "hello takes 513 bytes, and may take 512",
    ]


def test_new_and_gone():
    figures = {"new.c": [1, 0, 1, 0], "hello": FITS["hello"]}
    assert footprint.compare(figures, footprint.budget(PAGE)) == ["new.c has no line", "timer.c is not in userland/lib"]


def test_write_then_fits():
    figures = {"timer.c": [1, 2, 3, 4], "hello": [5, 6, 7, 8]}
    page = footprint.write(PAGE, figures)
    assert footprint.budget(page) == figures
    assert page.count("| clock |") == 1
